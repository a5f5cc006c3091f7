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

// exportFormats are what an export can be written as.
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

// fromSnapshot has a format written as everything is at one moment.
func fromSnapshot(write func(io.Writer, *store.Snapshot, int64) error) func(context.Context, *store.Store, int64, io.Writer) error {
	return func(ctx context.Context, museum *store.Store, userID int64, out io.Writer) error {
		return museum.Read(ctx, func(snapshot *store.Snapshot) error { return write(out, snapshot, userID) })
	}
}

func formatNames() string { return strings.Join(slices.Sorted(maps.Keys(exportFormats)), ", ") }

// exportOptions is what an export was asked for.
type exportOptions struct {
	user   string // mail address
	all    bool
	format string
	out    string // file, "" for standard output
}

func newExportCommand(program Program) *cobra.Command {
	opts := exportOptions{}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write museums into a file",
		Long: `Writes the museums of all, or with --user that of one student, to standard output or into a file. The museum may be open
meanwhile: the file has everything as it was when it began.

Formats:

  json     everything that people made, for "mathmuseums import": one JSON object a line. First comes
           {"kind":"math-museums","format":1}, then the photos ("photo", bytes in base64), then for each person a line
           "user", a line "preferences", and for each tile a line "tile" and its history as lines "version". The fields are
           those of the API. A version that is the tile as it is now has the tile's "id" and "version" in place of the
           content. The last line is {"kind":"end"}. The order is always the same, and so are the bytes until somebody
           changes something.
           Passwords, sessions, codes and the audit log are not in it: those are kept by copies of the data folder.
  csv      a table for spreadsheets, a row for each person: address, name, times in UTC, how many tiles are begun and
           completed; a column for each family, which is empty, "begun" or "completed"; a column for each family's notes. It is
           UTF-8 with a mark by which Excel knows that. A text that a spreadsheet would take for a formula has an
           apostrophe before it, and notes end with [...] after 32,000 bytes.
  museum   one museum as it hangs, without its history, as a .mathmuseums file, the kind that the earlier app in the browser
           saved. With --user it is written like the others; else --out names a folder, which gets a file for each person
           who has tiles.
  zip      a folder for each person, with the notes as text, the photos as files, and museum.json with everything, as in
           the download that each may take home: for looking at, and for "mathmuseums import". Rights and passwords are
           not in it. What is changed meanwhile may be in it or not.

A museum comes back from json, zip and museum, not from csv.

With --out the file is written whole or not at all: one of that name is replaced at the very end. Only its owner can read it.
It holds what students wrote: keep it as you keep their work.

Each export is noted in the audit log.

Exit codes: 0 done, 1 failed, 2 wrong usage.`,
		Example: `  mathmuseums export --out school.jsonl
  mathmuseums export --format csv --out class.csv
  mathmuseums export --user ann@example.com > ann.jsonl
  mathmuseums export --format museum --out museums/
  mathmuseums export --format zip --out class.zip`,
		Args: noArgs,
	}
	cmd.Flags().StringVar(&opts.user, "user", "", "mail `address` of the one whose museum is written")
	cmd.Flags().BoolVar(&opts.all, "all", false, "write all museums, as without --user")
	cmd.Flags().StringVar(&opts.format, "format", "json", "one of "+formatNames())
	cmd.Flags().StringVar(&opts.out, "out", "", "`file` to write into, instead of standard output; for all as museum: a folder")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return export(cmd, program, opts) }
	return cmd
}

func export(cmd *cobra.Command, program Program, opts exportOptions) error {
	if opts.all && opts.user != "" {
		return &usageError{cmd.CommandPath(), errors.New("--all and --user are two different things; leave one out")}
	}
	write, known := exportFormats[opts.format]
	if !known {
		return &usageError{cmd.CommandPath(), fmt.Errorf("there is no format %q; there are %s", opts.format, formatNames())}
	}
	asFolder := opts.format == "museum" && opts.user == ""
	if asFolder && opts.out == "" {
		return &usageError{cmd.CommandPath(), errors.New("a file for each person needs a folder: name it with --out, or one person with --user")}
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
	return writeOut(ctx, cmd.OutOrStdout(), opts.out, func(out io.Writer) error { return write(ctx, museum, event.SubjectID, out) })
}

// writeFolder writes a file for each person.
func writeFolder(ctx context.Context, out io.Writer, museum *store.Store, folder string) error {
	files := 0
	err := museum.Read(ctx, func(snapshot *store.Snapshot) (err error) {
		files, err = transfer.WriteMuseums(folder, snapshot, museum.Now())
		return err
	})
	fmt.Fprintf(out, "Files written to %s: %d\n", folder, files)
	if err != nil {
		return fmt.Errorf("the others were not written: %w", interrupted(ctx, err))
	}
	return nil
}

// writeOut writes to a file, or to standard output if path is "".
func writeOut(ctx context.Context, standard io.Writer, path string, write func(io.Writer) error) error {
	if path == "" {
		if err := write(standard); err != nil {
			return fmt.Errorf("the export broke off: %w", interrupted(ctx, err))
		}
		return nil
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name a file in it, such as %s", path, filepath.Join(path, "museums.jsonl"))
	}
	if err := transfer.WriteFile(path, write); err != nil {
		return fmt.Errorf("%s was not written: %w. What was there before is as it was", path, reason(interrupted(ctx, err)))
	}
	return nil
}

// interrupted gives an error that says so where somebody stopped the program.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.New("it was stopped")
	}
	return err
}
