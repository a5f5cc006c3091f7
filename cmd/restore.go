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
	"strings"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
	"github.com/spf13/cobra"
)

const restoreHelp = `Replaces the museum's database with a backup. FROM is one of:

  a backup file     such as /mnt/backup/museum-20261128T031500Z-1a2b3c4d.db
  a folder          the newest backup in it
  a bucket          s3://bucket/backups?endpoint=https://host&region=name, the newest backup in it
  a replica         its address (see "mathmuseums replicate --help"), or "replica" for the configured one

--at restores the museum as it was at a time (UTC), such as 2026-11-28T09:30: to the second from a replica, which goes
back seven days, or the newest backup up to that time from a folder. A date alone, such as 2026-11-28, means the end
of that day (UTC).

The backup is first copied next to the database and checked: it must be complete, match its manifest, be undamaged,
and not come from a newer version of the program. Only then does it replace the database, in one step. The previous
database is kept beside it under a name with the time, and the last line of the output is the command to go back to
it. If any check fails, nothing is changed.

The museum must be stopped first: stop "mathmuseums serve", or close the museum in the web server that runs it
through CGI or FastCGI. While any program has the database open, the command refuses to run.

The backup lacks everything written after it. Devices that students have used since then still hold that work and
send it again when they are next used. Accounts deleted since then exist again, and sessions ended since then are
valid again.

--into writes the backup to another database file and leaves the museum alone.

--no-manifest accepts a file without a manifest, such as a previous database that was kept. It is checked as well, but
only a manifest shows whether something was changed or is missing: a flipped bit in a text leaves a valid database.

A backup dated in the future never counts as the newest, because the clock was or is wrong. Name its file to use it.

Exit codes: 0 done, 1 failed and nothing was changed, 2 wrong usage.`

func newRestoreCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "restore FROM",
		Short: "Restore the museum from a backup or replica",
		Long:  restoreHelp,
		Example: `  mathmuseums restore /mnt/backup
  mathmuseums restore replica --at 2026-11-28T09:30
  mathmuseums restore /mnt/backup/museum-20261128T031500Z-1a2b3c4d.db --into /tmp/look/museum.db`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), errors.New("restore needs one argument: a backup file, a " +
					"folder of backups, or a replica")}
			}
			return nil
		},
	}
	into := cmd.Flags().String("into", "", "`file` to write the backup to (default: the museum's database)")
	at := cmd.Flags().String("at", "", "`time` (UTC) to go back to, such as 2026-11-28T09:30")
	noManifest := cmd.Flags().Bool("no-manifest", false, "accept a file without a manifest")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		opts := backup.RestoreOptions{Into: c.databasePath(), Schema: program.Schema, WithoutManifest: *noManifest,
			Now: time.Now()}
		if *into != "" {
			if opts.Into, err = filepath.Abs(*into); err != nil {
				return err
			}
			if info, err := os.Stat(opts.Into); err == nil && info.IsDir() {
				return &usageError{cmd.CommandPath(), fmt.Errorf("--into: %s is a folder; name a file, such as %s",
					*into, filepath.Join(*into, "museum.db"))}
			}
		}
		if opts.At, err = parseTime(*at); err != nil {
			return &usageError{cmd.CommandPath(), err}
		}
		if _, err := time.Parse(time.DateOnly, *at); err == nil {
			fmt.Fprintf(cmd.ErrOrStderr(), "--at %s means the end of that day in UTC, %s.\n", *at, formatTime(opts.At))
		}
		return restore(cmd, c, args[0], opts)
	}
	return cmd
}

func restore(cmd *cobra.Command, c *Config, from string, opts backup.RestoreOptions) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := c.locate(ctx, cmd.ErrOrStderr(), from, &opts); err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	bar := newProgressBar(cmd.ErrOrStderr(), "Copying the backup", "Checking it ...")
	opts.Progress = bar.show
	done, err := backup.Restore(ctx, opts)
	bar.clear()
	if err != nil {
		return errors.Join(restoreError(opts, err), findOlderSound(ctx, opts, err))
	}
	fmt.Fprintln(cmd.OutOrStdout(), restoredText(c, opts, done))
	return nil
}

// timeFormats are the formats that --at accepts. Without a time zone, times are in UTC.
var timeFormats = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05",
	"2006-01-02 15:04"}

// parseTime parses the value of --at; "" is the zero time.
func parseTime(text string) (time.Time, error) {
	for _, form := range timeFormats {
		if moment, err := time.Parse(form, text); err == nil {
			return moment, nil
		}
	}
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second), nil
	}
	return time.Time{}, fmt.Errorf("--at: %q is not a time; write it like 2026-11-28T09:30 (UTC) or "+
		"2026-11-28T10:30:00+01:00", text)
}

// locate sets the source in opts: a backup in a folder or bucket, or a replica.
func (c *Config) locate(ctx context.Context, out io.Writer, from string, opts *backup.RestoreOptions) (err error) {
	switch {
	case from == "replica" && c.Replica == "":
		return fmt.Errorf("no replica is set (%sREPLICA); give its address instead of \"replica\"", prefix)
	case from == "replica":
		from = c.Replica
	case !replica.IsURL(from):
		place, newest, err := findBackup(ctx, from, opts.At, opts.Now)
		opts.From, opts.Name = place, newest.Name
		if err == nil && len(newest.Future) > 0 {
			fmt.Fprintln(out, futureBackupsText(place, newest.Future))
		}
		return err
	}
	if backup.IsBucket(from) && from != c.Replica {
		place, newest, found, err := backup.FindInBucket(ctx, from, c.BucketKeys, opts.At, opts.Now)
		if err == nil && len(newest.Future) > 0 {
			fmt.Fprintln(out, futureBackupsText(place, newest.Future))
		}
		if found || err != nil {
			opts.From, opts.Name = place, newest.Name
			return err
		}
	}
	opts.Replica, opts.Keys, opts.Name = from, c.BucketKeys, "the replica "+replica.RedactURL(from)
	return replica.CheckURL(from)
}

// findBackup returns the folder and name of a backup: the file from, or the newest backup up to at in the folder
// from.
func findBackup(ctx context.Context, from string, at, now time.Time) (backup.Folder, backup.Found, error) {
	info, err := os.Stat(from)
	if err != nil {
		return backup.Folder{}, backup.Found{}, fmt.Errorf("%s cannot be read: %w", from, reason(err))
	}
	if !info.IsDir() {
		if err := refusePostgres(from); err != nil {
			return backup.Folder{}, backup.Found{}, err
		}
		return backup.Folder{Path: filepath.Dir(from)}, backup.Found{Name: filepath.Base(from)}, nil
	}
	folder := backup.Folder{Path: from}
	newest, err := backup.Newest(ctx, folder, at, now)
	return folder, newest, err
}

// refusePostgres returns an error for a PostgreSQL dump of the earlier Django app, with what to do instead.
func refusePostgres(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", path, reason(err))
	}
	defer file.Close()
	start := make([]byte, 64)
	n, _ := io.ReadFull(file, start)
	if err := transfer.RefusePostgres(start[:n]); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return nil
}

// restoreError returns the reason why nothing was restored, in words for the operator.
func restoreError(opts backup.RestoreOptions, err error) error {
	switch {
	case errors.Is(err, store.ErrInUse):
		return fmt.Errorf("nothing was restored: %s is open in another program. Stop the museum first, or the "+
			"web server that runs it, "+
			"or write the backup to another file with --into", opts.Into)
	case errors.Is(err, store.ErrNewer):
		return fmt.Errorf("nothing was restored: %s was made by a newer version of Math Museums. Use that version",
			opts.Name)
	case errors.Is(err, store.ErrNotMuseum):
		return fmt.Errorf("nothing was restored: %s is not the database of a museum", opts.Name)
	case errors.Is(err, store.ErrSchema):
		return fmt.Errorf("nothing was restored: %w. It was made by another version of Math Museums; use that "+
			"version, or another backup", err)
	case errors.Is(err, store.ErrDamaged), errors.Is(err, backup.ErrManifest):
		return fmt.Errorf("nothing was restored: %w. Use another backup", err)
	case isFull(err):
		return fmt.Errorf("nothing was restored: the disk with %s is full. Free some space there",
			filepath.Dir(opts.Into))
	case errors.Is(err, fs.ErrNotExist) && !opts.WithoutManifest && opts.Replica == "":
		return fmt.Errorf("nothing was restored: %w. If you are sure about the file, use --no-manifest", err)
	}
	return fmt.Errorf("nothing was restored: %w", err)
}

// findOlderSound looks for the newest older backup that can be restored in place of a bad one, and returns an error
// that names it, or nil.
func findOlderSound(ctx context.Context, opts backup.RestoreOptions, failure error) error {
	const most = 5 // each is read in full
	isBad := errors.Is(failure, store.ErrDamaged) || errors.Is(failure, backup.ErrManifest) || errors.Is(failure,
		store.ErrSchema)
	if opts.Replica != "" || !isBad {
		return nil
	}
	folder, err := os.MkdirTemp(filepath.Dir(opts.Into), ".restore-")
	if err != nil {
		return nil
	}
	defer os.RemoveAll(folder)
	opts.Into, opts.Progress, opts.WithoutManifest = filepath.Join(folder, "museum.db"), nil, false
	for range most {
		if opts.Name, err = backup.Before(ctx, opts.From, opts.Name); err != nil || opts.Name == "" {
			return nil
		}
		if _, err := backup.Restore(ctx, opts); err == nil {
			return fmt.Errorf("the newest older backup that is sound: %s", opts.From.Where(opts.Name))
		}
	}
	return nil
}

// restoredText describes what was restored, and how to undo it.
func restoredText(c *Config, opts backup.RestoreOptions, done backup.Restored) string {
	words := []string{fmt.Sprintf("%s is now %s", opts.Into, opts.Name)}
	if !done.Manifest.TakenAt.IsZero() {
		words[0] += ", the museum of " + formatTime(done.Manifest.TakenAt)
	}
	if !opts.At.IsZero() && opts.Replica != "" {
		words[0] += ", the museum of " + formatTime(opts.At)
	}
	unknown := done.Manifest.Format == "" && opts.Replica == ""
	words[0] += fmt.Sprintf(", with %d people and %d tiles.", done.Contents.Rows["users"], done.Contents.Rows["tiles"])
	if unknown {
		words = append(words, "It has no manifest: the database is sound, but there is no way to verify that it is "+
			"unchanged or as recent as you expect. Look at it before you use it.")
	}
	if done.Aside == "" {
		return strings.Join(words, " ")
	}
	back := "restore --no-manifest " + quotePath(done.Aside)
	if opts.Into != c.databasePath() {
		back += " --into " + quotePath(opts.Into)
	}
	return strings.Join(append(words, "To undo this: "+c.command(back)), " ")
}
