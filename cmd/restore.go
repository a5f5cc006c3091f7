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

const restoreHelp = `Puts a backup in the place of the museum's database. FROM is the file of a backup, or a folder of backups: then the newest
one is taken. It can be in a bucket, s3://bucket/backups?endpoint=https://host&region=name, or the address of a replica, see
"mathmuseums replicate --help"; "replica" stands for the one that is set.

With --at it is the museum as it was at a moment, such as 2026-11-28T09:30 (UTC): to the second from a replica, which goes back
seven days, and the newest backup until then from a folder. A date alone, such as 2026-11-28, is the end of that day (UTC).

The backup is copied beside the database and checked first: it must be whole, as its manifest says, sound, and not of a newer
version of the program. Then it gets the database's name at once. The database that was there stays beside it under a
name with the time, and the last line says how to go back to it. Where anything is wrong, nothing is changed.

The museum must be closed: stop "serve", and close it behind a web server that runs it by CGI or FastCGI. As long as any
program has the database open, nothing is done.

What was written after the backup is not in it. Devices on which students have worked since still have it, and send it again
when they are used. Whoever has deleted an account since is back, and sessions that have been ended since are open again.

With --into the backup becomes a database elsewhere, and the museum is left as it is.

A file without a manifest, such as a database that was set aside, is taken with --no-manifest. It is checked all the same,
but only a manifest can tell whether anything in it was changed or is missing: a flipped bit in a text is still a sound database.

A backup that is dated in the future is not taken for the newest: a clock was wrong then, or is now. Name the file if you mean it.

Exit codes: 0 done, 1 failed and nothing was changed, 2 wrong usage.`

func newRestoreCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "restore FROM",
		Short: "Put a backup back",
		Long:  restoreHelp,
		Example: `  mathmuseums restore /mnt/backup
  mathmuseums restore replica --at 2026-11-28T09:30
  mathmuseums restore /mnt/backup/museum-20261128T031500Z-1a2b3c4d.db --into /tmp/look/museum.db`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), errors.New("restore wants one backup, a folder of backups, or a replica")}
			}
			return nil
		},
	}
	into := cmd.Flags().String("into", "", "`file` that the backup becomes (default: the museum's database)")
	at := cmd.Flags().String("at", "", "`moment` (UTC) to go back to, such as 2026-11-28T09:30")
	noManifest := cmd.Flags().Bool("no-manifest", false, "take a file that has no manifest beside it")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		opts := backup.RestoreOptions{Into: c.databasePath(), Schema: program.Schema, WithoutManifest: *noManifest, Now: time.Now()}
		if *into != "" {
			if opts.Into, err = filepath.Abs(*into); err != nil {
				return err
			}
			if info, err := os.Stat(opts.Into); err == nil && info.IsDir() {
				return &usageError{cmd.CommandPath(), fmt.Errorf("--into: %s is a folder; write the file that the backup is to become, such as %s",
					*into, filepath.Join(*into, "museum.db"))}
			}
		}
		if opts.At, err = parseTime(*at); err != nil {
			return &usageError{cmd.CommandPath(), err}
		}
		if _, err := time.Parse(time.DateOnly, *at); err == nil {
			fmt.Fprintf(cmd.ErrOrStderr(), "--at %s is taken as the end of that day by UTC, %s.\n", *at, formatTime(opts.At))
		}
		return restore(cmd, c, args[0], opts)
	}
	return cmd
}

func restore(cmd *cobra.Command, c *Config, from string, opts backup.RestoreOptions) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := c.locate(ctx, cmd.ErrOrStderr(), from, &opts); err != nil {
		return fmt.Errorf("nothing was put back: %w", err)
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

// timeFormats are how --at can be written. Without a zone it is UTC.
var timeFormats = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}

// parseTime reads --at; "" is the zero time.
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
	return time.Time{}, fmt.Errorf("--at: %q is no moment; write it like 2026-11-28T09:30 (UTC) or 2026-11-28T10:30:00+01:00", text)
}

// find puts into an order where that comes from which is to be put back.
func (c *Config) locate(ctx context.Context, out io.Writer, from string, opts *backup.RestoreOptions) (err error) {
	switch {
	case from == "replica" && c.Replica == "":
		return fmt.Errorf("where the replica is, is not set (%sREPLICA); write its address in place of the word", prefix)
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

// findBackup gives folder and name of a backup, the newest one until a moment where only a folder is given.
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

// refusePostgres says of a backup of the earlier Django app that it is none of ours, and what to do with it.
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

// restoreError says in plain words why nothing was put back.
func restoreError(opts backup.RestoreOptions, err error) error {
	switch {
	case errors.Is(err, store.ErrInUse):
		return fmt.Errorf("nothing was put back: a program has %s open. Close the museum first, and behind a web server that one, "+
			"or write the backup elsewhere with --into", opts.Into)
	case errors.Is(err, store.ErrNewer):
		return fmt.Errorf("nothing was put back: %s was made by a newer version of Math Museums. Use that version", opts.Name)
	case errors.Is(err, store.ErrNotMuseum):
		return fmt.Errorf("nothing was put back: %s is not the database of a museum", opts.Name)
	case errors.Is(err, store.ErrSchema):
		return fmt.Errorf("nothing was put back: %w. Another version of Math Museums has made it; use that version, or another backup", err)
	case errors.Is(err, store.ErrDamaged), errors.Is(err, backup.ErrManifest):
		return fmt.Errorf("nothing was put back: %w. Use another backup", err)
	case isFull(err):
		return fmt.Errorf("nothing was put back: there is no room for it in %s. Make room there", filepath.Dir(opts.Into))
	case errors.Is(err, fs.ErrNotExist) && !opts.WithoutManifest && opts.Replica == "":
		return fmt.Errorf("nothing was put back: %w. If you know what the file is, --no-manifest takes it as it is", err)
	}
	return fmt.Errorf("nothing was put back: %w", err)
}

// findOlderSound looks for the newest older backup that could be put back in place of one that cannot, and names it.
func findOlderSound(ctx context.Context, opts backup.RestoreOptions, failure error) error {
	const most = 5 // each is read whole
	if opts.Replica != "" || !(errors.Is(failure, store.ErrDamaged) || errors.Is(failure, backup.ErrManifest) || errors.Is(failure, store.ErrSchema)) {
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
			return fmt.Errorf("the newest one before it that is sound: %s", opts.From.Where(opts.Name))
		}
	}
	return nil
}

// restoredText says what was done and how to go back.
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
		words = append(words, "It has no manifest: it is sound as a database, but nothing can tell whether a byte in it was changed, or whether it is as new as you think. Look at it before it is used.")
	}
	if done.Aside == "" {
		return strings.Join(words, " ")
	}
	back := "restore --no-manifest " + quotePath(done.Aside)
	if opts.Into != c.databasePath() {
		back += " --into " + quotePath(opts.Into)
	}
	return strings.Join(append(words, "To go back to what was there: "+c.command(back)), " ")
}
