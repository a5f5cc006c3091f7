package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
	"github.com/spf13/cobra"
)

// importOptions is what an import was asked for.
type importOptions struct {
	file   string // "-": standard input
	user   string // mail address
	dryRun bool
	skip   bool
}

func newImportCommand(program Program) *cobra.Command {
	opts := importOptions{}
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take in museums from a file",
		Long: `Takes in museums from a file, or with - from standard input. What kind of file it is, is told by its content:

  an export            as "mathmuseums export" writes it (format json). Imported into an empty museum it gives back
                       everything, and another export is the same to the byte. With --user only that one's museum is taken.
  a zip file           as "mathmuseums export --format zip" writes it: the museums with their photos and histories, but
                       without anybody's right to run the museum. With --user only that one's museum is taken. It may
                       have been unpacked and packed again, as long as the folders and names are the same. Nothing is
                       unpacked on the disk.
  a download           the zip file that a student gets with "Download my museum". A student may have changed it, so it needs
                       --user, which says whose museum it is, whatever the file says.
  a .mathmuseums file  one museum, as the earlier app in the browser saved it, or "mathmuseums export --format museum". It
                       does not say whose it is: say so with --user. The account is made if there is none.
  a Django dump        as "manage.py dumpdata" of the earlier app writes it, as JSON or JSON Lines, with or without natural keys:
                       users, tiles and preferences. Codes, sessions and passwords are passed over. Accounts whose addresses
                       differ in capitals only become one, which is said. With --user only that one's museum is taken.
                       The earlier app's backups (backup_*.sql) only PostgreSQL can read: load one there, then use dumpdata.

The tables that "mathmuseums export --format csv" writes cannot be imported: the graphs are not in them.

Nothing that is here is lost:

  - Of an account that is here nothing is changed but its museum: no name, and no rights.
  - A tile that is not here comes with its history.
  - Of a tile that is here as well, the one that was changed later hangs. The other is kept in its history, and where notes
    or graph differ the student is shown both and chooses. The file's history of such a tile is not taken.
  - What hangs here is not taken down, and what was taken down here comes back only if the file has another version of it.
  - Of preferences those changed later stand.

So a file that is imported again changes nothing. New accounts get the rights that they have in the file: where some may
run the museum, that is said. Nobody gets a password; those who had one sign in with a code.

It is done as a whole or not at all. What is not right in the file is listed by its line, or in a zip file by the name of
the file in it and the line there, and then nothing is imported, unless --skip-bad says to take the rest. An export or a zip
file that was cut off is not right. With --dry-run everything is tried and nothing is changed. The museum may be open: who
works in it goes on, but what is written stays on the student's device until the import is done (about a second for 1,000
students). Nobody can sign in meanwhile, if that is longer than 5 seconds. Where the data folder is on a network drive, the
museum cannot be read meanwhile either: close it first.

To move a museum to another computer, import before anybody signs in there: accounts then keep their numbers, by which
devices know them.

Exit codes: 0 done (with --dry-run: it could be done), 1 failed or something in the file is not right, 2 wrong usage.`,
		Example: `  mathmuseums import school.jsonl --dry-run
  mathmuseums import school.jsonl
  mathmuseums import class.zip
  mathmuseums import math-museum-2026-11-28.zip --user ann@example.com
  mathmuseums import "My Math Museum.mathmuseums" --user ann@example.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), errors.New("import wants one file, or - for standard input")}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&opts.user, "user", "", "mail `address` of the one whose museum it is, or is to be taken alone")
	cmd.Flags().BoolVar(&opts.dryRun, "dry-run", false, "say what would change, and change nothing")
	cmd.Flags().BoolVar(&opts.skip, "skip-bad", false, "take the rest where something in the file is not right")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		opts.file = args[0]
		return importFile(cmd, program, opts)
	}
	return cmd
}

func importFile(cmd *cobra.Command, program Program, opts importOptions) error {
	var owner app.Address
	if opts.user != "" {
		var err error
		if owner, err = parseAddress(cmd, opts.user); err != nil {
			return err
		}
	}
	c, err := commandConfig(cmd)
	if err != nil {
		return err
	}
	file, name, err := openImport(cmd, opts.file)
	if err != nil {
		return err
	}
	defer file.Close()
	source, err := transfer.Open(file, owner)
	if err != nil {
		return fmt.Errorf("%s cannot be imported: %w", name, err)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	target, cleanUp, err := importTarget(c, opts)
	if err != nil {
		return err
	}
	imported := false
	defer func() { cleanUp(imported) }() // runs after the database is closed
	museum, err := openCurrentStore(ctx, program, target)
	if err != nil {
		return err
	}
	defer museum.Close()
	report, err := museum.Import(ctx, source.Records, store.ImportOptions{DryRun: opts.dryRun, SkipBad: opts.skip, Subject: source.Kind})
	imported = err == nil
	if err := printImport(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr(), name, opts, report, err); err != nil || opts.dryRun {
		return err
	}
	has, err := museum.HasSuperuser(ctx)
	if err == nil && !has {
		fmt.Fprintf(cmd.OutOrStdout(), "Nobody may run this museum yet: make an account that may, with %s\n", c.command("createsuperuser"))
	}
	return err
}

// importTarget returns the configuration of the museum that an import writes to, and what clears up after it. Where there is no museum
// yet, a dry run gets a temporary one, and an import that fails leaves nothing behind that was not there before.
func importTarget(c *Config, opts importOptions) (target *Config, cleanUp func(imported bool), err error) {
	switch {
	case c.hasDatabase():
		return c, func(bool) {}, nil
	case opts.dryRun:
		temporary := *c
		temporary.DataDir, err = os.MkdirTemp("", "mathmuseums-dry-run-*")
		return &temporary, func(bool) { _ = os.RemoveAll(temporary.DataDir) }, err
	}
	before, err := os.ReadDir(c.DataDir)
	isNew := errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return nil, nil, folderError(c, err)
	}
	return c, func(imported bool) {
		if imported {
			return
		}
		lock, err := store.LockAlone(c.databasePath())
		if err != nil {
			return // somebody has opened the new museum meanwhile
		}
		defer func() {
			_ = lock.Release()
			if isNew {
				_ = os.Remove(c.DataDir)
			}
		}()
		after, _ := os.ReadDir(c.DataDir)
		for _, entry := range after {
			isOld := slices.ContainsFunc(before, func(old os.DirEntry) bool { return old.Name() == entry.Name() })
			if !isOld && entry.Type().IsRegular() {
				_ = os.Remove(filepath.Join(c.DataDir, entry.Name()))
			}
		}
	}, nil
}

// openImport opens the file. What cannot be read twice, such as standard input, goes through a file of its own that has no
// name.
func openImport(cmd *cobra.Command, path string) (file *os.File, name string, err error) {
	in, name := cmd.InOrStdin(), "standard input"
	if path != "-" {
		file, err = os.Open(path)
		var info os.FileInfo
		if err == nil {
			info, err = file.Stat()
		}
		name = filepath.Base(path)
		switch {
		case err != nil:
			return nil, "", fmt.Errorf("%s cannot be read: %w", path, reason(err))
		case info.IsDir():
			return nil, "", errors.Join(fmt.Errorf("%s is a folder; import each file in it by itself, a .mathmuseums file with --user and the address that it is named by", path), file.Close())
		case info.Mode().IsRegular():
			return file, name, nil
		}
		defer file.Close()
		in = file
	}
	if file, err = os.CreateTemp("", "mathmuseums-import-*"); err != nil {
		return nil, "", err
	}
	if err := os.Remove(file.Name()); err != nil { // some systems remove no open file
		defer os.Remove(file.Name())
	}
	if _, err = io.Copy(file, in); err != nil {
		return nil, "", errors.Join(fmt.Errorf("%s cannot be read: %w", name, reason(err)), file.Close())
	}
	return file, name, nil
}

// printImport says what was done, or would be.
func printImport(ctx context.Context, out, complaints io.Writer, name string, opts importOptions, report store.ImportReport, err error) error {
	for _, note := range report.Notes {
		fmt.Fprintf(complaints, "%s: %s\n", name, note)
	}
	for _, row := range report.Bad {
		fmt.Fprintf(complaints, "%s, %v\n", name, &row)
	}
	if more := report.BadRows - len(report.Bad); more > 0 {
		fmt.Fprintf(complaints, "and %d more.\n", more)
	}
	switch {
	case errors.Is(err, store.ErrBadRows):
		return fmt.Errorf("what is named above (%d) is not right in %s, so nothing was imported. Mend it, or take the rest with --skip-bad", report.BadRows, name)
	case errors.Is(err, store.ErrBusy):
		return fmt.Errorf("nothing was imported: %w", errBusy)
	case errors.Is(err, store.ErrFull):
		return errors.New("nothing was imported: the disk is full. An import needs about three times as much room as its file")
	case err != nil:
		return fmt.Errorf("nothing was imported: %w", interrupted(ctx, err))
	}
	begin := "Imported"
	if opts.dryRun {
		begin = "Nothing was changed. There is to import"
	}
	if !report.Changed() {
		fmt.Fprintf(out, "%s is here already: there is nothing to import.\n", name)
		return nil
	}
	fmt.Fprintf(out, "%s: %s.\n", begin, describeImport(report))
	if report.Superusers > 0 {
		fmt.Fprintf(out, "New accounts that may run the museum: %d.\n", report.Superusers)
	}
	return nil
}

// describeImport lists what an import brings.
func describeImport(report store.ImportReport) string {
	var words []string
	for _, part := range []struct {
		n     int
		words string
	}{
		{report.Users, "accounts"}, {report.Preferences, "preferences"}, {report.Tiles, "tiles"}, {report.Versions, "versions of them"},
		{report.Photos, "photos"}, {report.Replaced, "newer than what was here, and taken"}, {report.Kept, "older than what is here, and put into its history"},
		{report.Same, "here already"}, {report.BadRows, "left out as not right"},
	} {
		if part.n > 0 {
			words = append(words, fmt.Sprintf("%s %d", part.words, part.n))
		}
	}
	return strings.Join(words, ", ")
}
