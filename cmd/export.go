package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
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

// exportFormats maps each format to the function that writes it.
var exportFormats = map[string]func(ctx context.Context, museum *store.Store, userID int64, out io.Writer) error{
	"json": fromSnapshot(transfer.WriteLines),
	"csv":  fromSnapshot(transfer.WriteCSV),
	"zip":  transfer.WriteArchives,
	"museum": func(ctx context.Context, museum *store.Store, userID int64, out io.Writer) error {
		return fromSnapshot(func(out io.Writer, snapshot *store.Snapshot, userID int64) error {
			for user, err := range snapshot.Users(userID) {
				if err == nil {
					err = transfer.WriteMuseum(out, snapshot, user, museum.Now())
				}
				if err != nil {
					return err
				}
			}
			return nil
		})(ctx, museum, userID, out)
	},
}

// fromSnapshot returns a writer that sees the whole museum as it is at one moment.
func fromSnapshot(write func(io.Writer, *store.Snapshot, int64) error) func(context.Context, *store.Store, int64, io.Writer) error {
	return func(ctx context.Context, museum *store.Store, userID int64, out io.Writer) error {
		return museum.Read(ctx, func(snapshot *store.Snapshot) error { return write(out, snapshot, userID) })
	}
}

func formatNames() string { return strings.Join(slices.Sorted(maps.Keys(exportFormats)), ", ") }

// exportOptions are the flags of the command.
type exportOptions struct {
	user   string // mail address
	all    bool
	format string
	out    string // file; "" for standard output
}

func newExportCommand(program Program) *cobra.Command {
	opts := exportOptions{}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write museums to a file",
		Long: `Writes all museums, or with --user one student's museum, to standard output or a file. The museum may
be running; the export shows everything as it was when it began.

Formats:

  json     everything that people made, for "mathmuseums import": one JSON object per line. First comes
           {"kind":"math-museums","format":1}, then the photos ("photo", bytes in base64), then for each person a "user"
           line, a "preferences" line, and for each tile a "tile" line followed by its history as "version" lines. The
           fields are those of the API. A version that equals the current tile refers to it by "id" and "version"
           instead of repeating the content. The last line is {"kind":"end"}. The order is fixed, so exports are identical byte
           for byte until something changes.
           Passwords, sessions, codes and the audit log are not included; copy the data folder to keep those.
  csv      a table for spreadsheets with one row per person: address, name, times in UTC, how many tiles were begun and
           completed; a column for each family (empty, "begun" or "completed"), and one for each family's notes. It is
           UTF-8 with a byte order mark for Excel. Texts that a spreadsheet would take for a formula get a leading
           apostrophe, and notes are cut at 32,000 bytes, marked with [...].
  museum   one museum in its current state, without history, as a .mathmuseums file like those that the earlier app in
           the browser saved. Without --user, --out names a folder, which gets a file for each person who has tiles.
  zip      a folder for each person with the notes as text, the photos as files, and museum.json with everything, as in
           a student's own download. For viewing, and for "mathmuseums import". Roles and passwords are not included.
           Changes made during the export may or may not be included.

The formats json, zip and museum can be imported again; csv cannot.

With --out, the file is complete or not written at all: it replaces an existing file only at the very end. Only its
owner can read it. It contains students' work, so protect it accordingly.

Each export is recorded in the audit log.

Exit codes: 0 done, 1 failed, 2 wrong usage.`,
		Example: `  mathmuseums export --out school.jsonl
  mathmuseums export --format csv --out class.csv
  mathmuseums export --user ann@example.com > ann.jsonl
  mathmuseums export --format museum --out museums/
  mathmuseums export --format zip --out class.zip`,
		Args: noArgs,
	}
	cmd.Flags().StringVar(&opts.user, "user", "", "export only the museum of this mail `address`")
	cmd.Flags().BoolVar(&opts.all, "all", false, "export all museums (the default)")
	cmd.Flags().StringVar(&opts.format, "format", "json", "one of "+formatNames())
	cmd.Flags().StringVar(&opts.out, "out", "", "`file` to write to instead of standard output; a folder for all museums in the format museum")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return export(cmd, program, opts) }
	return cmd
}

func export(cmd *cobra.Command, program Program, opts exportOptions) error {
	if opts.all && opts.user != "" {
		return &usageError{cmd.CommandPath(), errors.New("--all and --user exclude each other")}
	}
	write, known := exportFormats[opts.format]
	if !known {
		return &usageError{cmd.CommandPath(),
			fmt.Errorf("unknown format %q; use one of %s", opts.format, formatNames())}
	}
	asFolder := opts.format == "museum" && opts.user == ""
	if asFolder && opts.out == "" {
		return &usageError{cmd.CommandPath(), errors.New("the format museum writes a file for each person: name " +
			"a folder with --out, or one person with --user")}
	}
	c, err := commandConfig(cmd)
	if err != nil {
		return err
	}
	if !c.hasDatabase() {
		return noMuseumError(c)
	}
	museum, err := openCurrentStore(cmd.Context(), program, c)
	if err != nil {
		return err
	}
	defer museum.Close()
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	event := app.AuditEvent{Action: app.ActionExport, Subject: "everybody"}
	if opts.user != "" {
		address, err := parseAddress(cmd, opts.user)
		if err != nil {
			return err
		}
		user, err := museum.FindUser(ctx, address)
		if err != nil {
			return err
		}
		event = app.AuditEvent{Action: app.ActionExport, SubjectID: user.ID}
	}
	if err := museum.Record(ctx, event); err != nil {
		return err
	}
	if asFolder {
		return writeFolder(ctx, cmd.OutOrStdout(), museum, opts.out)
	}
	return writeOut(ctx, cmd.OutOrStdout(), opts.out,
		func(out io.Writer) error { return write(ctx, museum, event.SubjectID, out) })
}

// writeFolder writes a file for each person into a folder.
func writeFolder(ctx context.Context, out io.Writer, museum *store.Store, folder string) error {
	files := 0
	err := museum.Read(ctx, func(snapshot *store.Snapshot) (err error) {
		files, err = transfer.WriteMuseums(folder, snapshot, museum.Now())
		return err
	})
	fmt.Fprintf(out, "Files written to %s: %d\n", folder, files)
	if err != nil {
		return fmt.Errorf("the remaining files were not written: %w", interrupted(ctx, err))
	}
	return nil
}

// writeOut writes to the file path, or to standard output if path is "".
func writeOut(ctx context.Context, standard io.Writer, path string, write func(io.Writer) error) error {
	if path == "" {
		if err := write(standard); err != nil {
			return fmt.Errorf("the export failed: %w", interrupted(ctx, err))
		}
		return nil
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name a file in it, such as %s", path, filepath.Join(path, "museums.jsonl"))
	}
	if err := transfer.WriteFile(path, write); err != nil {
		return fmt.Errorf("%s was not written: %w. An existing file is unchanged", path, reason(interrupted(ctx, err)))
	}
	return nil
}

// interrupted returns err, or a plain error if the operator interrupted the command.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.New("it was interrupted")
	}
	return err
}
