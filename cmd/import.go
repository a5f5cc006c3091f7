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

// importOptions are the argument and flags of the command.
type importOptions struct {
	file   string // "-" for standard input
	user   string // mail address
	dryRun bool
	skip   bool
}

func newImportCommand(program Program) *cobra.Command {
	opts := importOptions{}
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Import museums from a file",
		Long: `Imports museums from a file, or from standard input with -. The type of the file is recognized by its
content:

  an export            from "mathmuseums export" (format json). Importing it into an empty museum restores everything,
                       and a new export is identical byte for byte. --user selects one museum.
  a zip file           from "mathmuseums export --format zip": the museums with photos and history, but without roles.
                       --user selects one museum. It may have been unpacked and packed again if its folders and file
                       names are the same. Nothing is unpacked to disk.
  a download           the zip file that students get with "Download my museum". A student may have edited it, so --user
                       is required; it decides whose museum it is, whatever the file says.
  a .mathmuseums file  one museum, saved by the earlier app in the browser or by "mathmuseums export --format museum".
                       It does not say whose it is, so --user is required. A missing account is created.
  a Django dump        from "manage.py dumpdata" of the earlier app, as JSON or JSON Lines, with or without natural
                       keys: users, tiles and preferences. Codes, sessions and passwords are ignored. Accounts whose addresses
                       differ only in case are merged, and reported. --user selects one museum. Only PostgreSQL can read
                       the earlier app's backups (backup_*.sql): load one there, then use dumpdata.

Tables from "mathmuseums export --format csv" cannot be imported, because they do not contain the graphs.

An import never loses existing work:

  - Existing accounts keep their names and rights; only their museums change.
  - New tiles are imported with their history.
  - If a tile exists here and in the file, the one changed later becomes current. The other is kept in its history, and
    if notes or graph differ, the student sees both and chooses. The file's history of such a tile is not imported.
  - Current tiles are never removed, and removed tiles come back only if the file has a different version of them.
  - The preferences that were changed later are kept.

So importing a file twice changes nothing. New accounts get the roles in the file; new superusers are reported.
Passwords are never imported; people who had one sign in with a code.

The import is done completely or not at all. Errors in the file are listed by line, in a zip file by file name and
line; then nothing is imported, unless --skip-bad skips the bad entries. A truncated export or zip file is an error.
--dry-run tries everything without changing anything. The museum may be running: people can keep working, but their
changes stay on their devices until the import is done (about a second per 1,000 students). If it takes longer than 5
seconds, nobody can sign in meanwhile. If the data folder is on a network drive, the museum cannot be read either: stop
it first.

To move a museum to another computer, import before anyone signs in there: then accounts keep their ids, by which
devices recognize them.

Exit codes: 0 done (with --dry-run: it would succeed), 1 failed or the file has errors, 2 wrong usage.`,
		Example: `  mathmuseums import school.jsonl --dry-run
  mathmuseums import school.jsonl
  mathmuseums import class.zip
  mathmuseums import math-museum-2026-11-28.zip --user ann@example.com
  mathmuseums import "My Math Museum.mathmuseums" --user ann@example.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), errors.New("import needs one file, or - for standard input")}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&opts.user, "user", "", "mail `address` of the museum's owner, or of the one museum to import")
	cmd.Flags().BoolVar(&opts.dryRun, "dry-run", false, "report what would change without changing anything")
	cmd.Flags().BoolVar(&opts.skip, "skip-bad", false, "skip entries with errors and import the rest")
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
	report, err := museum.Import(ctx, source.Records,
		store.ImportOptions{DryRun: opts.dryRun, SkipBad: opts.skip, Subject: source.Kind})
	imported = err == nil
	if err := printImport(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr(), name, opts, report, err); err != nil || opts.dryRun {
		return err
	}
	has, err := museum.HasSuperuser(ctx)
	if err == nil && !has {
		fmt.Fprintf(cmd.OutOrStdout(), "This museum has no superuser yet. Add one with: %s\n",
			c.command("createsuperuser"))
	}
	return err
}

// importTarget returns the configuration of the museum to import into, and a function that cleans up. If there is no
// museum yet, a dry run uses a temporary one, and a failed import removes the files that it created.
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
			return // another process has opened the new museum
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

// openImport opens the file to import. Input that cannot be read twice, such as standard input, is copied to a
// temporary file, which is deleted at once where the system allows that.
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
			return nil, "", errors.Join(fmt.Errorf("%s is a folder; import its files one by one, a .mathmuseums "+
				"file with --user "+
				"and the address in its name", path), file.Close())
		case info.Mode().IsRegular():
			return file, name, nil
		}
		defer file.Close()
		in = file
	}
	if file, err = os.CreateTemp("", "mathmuseums-import-*"); err != nil {
		return nil, "", err
	}
	if err := os.Remove(file.Name()); err != nil { // some systems do not remove open files
		defer os.Remove(file.Name())
	}
	if _, err = io.Copy(file, in); err != nil {
		return nil, "", errors.Join(fmt.Errorf("%s cannot be read: %w", name, reason(err)), file.Close())
	}
	return file, name, nil
}

// printImport prints what was done, or would be done, and returns the command's error.
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
		return fmt.Errorf("nothing was imported, because of the errors above (%d) in %s. Correct them, or skip "+
			"those entries with --skip-bad",
			report.BadRows, name)
	case errors.Is(err, store.ErrBusy):
		return fmt.Errorf("nothing was imported: %w", errBusy)
	case errors.Is(err, store.ErrFull):
		return errors.New("nothing was imported: the disk is full. An import needs about three times the size of " +
			"its file")
	case err != nil:
		return fmt.Errorf("nothing was imported: %w", interrupted(ctx, err))
	}
	begin := "Imported"
	if opts.dryRun {
		begin = "Nothing was changed. The import would bring"
	}
	if !report.Changed() {
		fmt.Fprintf(out, "Everything in %s is here already; nothing was imported.\n", name)
		return nil
	}
	fmt.Fprintf(out, "%s: %s.\n", begin, describeImport(report))
	if report.Superusers > 0 {
		fmt.Fprintf(out, "New superusers: %d.\n", report.Superusers)
	}
	return nil
}

// describeImport lists what an import brings, with counts.
func describeImport(report store.ImportReport) string {
	var words []string
	for _, part := range []struct {
		n     int
		words string
	}{
		{report.Users, "accounts"}, {report.Preferences, "preferences"}, {report.Tiles, "tiles"}, {report.Versions,
			"versions"},
		{report.Photos, "photos"}, {report.Replaced, "tiles updated to a newer version"},
		{report.Kept, "older versions added to a tile's history"}, {report.Same, "unchanged"}, {report.BadRows,
			"skipped with errors"},
	} {
		if part.n > 0 {
			words = append(words, fmt.Sprintf("%s %d", part.words, part.n))
		}
	}
	return strings.Join(words, ", ")
}
