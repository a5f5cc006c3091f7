package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
)

const restoreHelp = `Puts a backup in the place of the museum's database. FROM is the file of a backup, or a folder of backups: then the newest
one is taken.

The backup is copied beside the database and checked first: it must be whole, as its manifest says, sound, and not of a newer
version of the program. Then it gets the database's name at once. The database that was there stays beside it under a
name with the time, and the last line says how to go back to it. Where anything is wrong, nothing is changed.

The museum must be closed: stop "serve", and close it behind a web server that runs it by CGI or FastCGI. As long as any
program has the database open, nothing is done.

What was written after the backup is not in it. Devices on which students have worked since still have it, and send it again
when they are used. Whoever has deleted an account since is back, and sessions that have been ended since are open again.

With --into the backup becomes a database elsewhere, and the museum is left as it is.

A file without a manifest, such as a database that was set aside, is taken with --no-manifest. It is checked all the same,
but nobody can tell whether anything is missing.

Exit codes: 0 done, 1 failed and nothing was changed, 2 wrong usage.`

func newRestoreCommand(Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "restore FROM",
		Short: "Put a backup back",
		Long:  restoreHelp,
		Example: `  mathmuseums restore /mnt/backup
  mathmuseums restore /mnt/backup/museum-20261128T031500Z-1a2b3c4d.db --into /tmp/look/museum.db`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), errors.New("restore wants one backup, or a folder of backups")}
			}
			return nil
		},
	}
	into := cmd.Flags().String("into", "", "`file` that the backup becomes (default: the museum's database)")
	noManifest := cmd.Flags().Bool("no-manifest", false, "take a file that has no manifest beside it")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := configured(cmd)
		if err != nil {
			return err
		}
		order := backup.RestoreOptions{Into: c.databasePath(), WithoutManifest: *noManifest, Now: time.Now()}
		if *into != "" {
			if order.Into, err = filepath.Abs(*into); err != nil {
				return err
			}
		}
		return restore(cmd, c, args[0], order)
	}
	return cmd
}

func restore(cmd *cobra.Command, c *Config, from string, order backup.RestoreOptions) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if order.From, order.Name, err = findBackup(ctx, from); err != nil {
		return fmt.Errorf("nothing was put back: %w", err)
	}
	bar := newBar(cmd.ErrOrStderr(), "Copying the backup")
	order.Progress = bar.show
	done, err := backup.Restore(ctx, order)
	bar.clear()
	if err != nil {
		return restoreError(order, err)
	}
	fmt.Fprintln(cmd.OutOrStdout(), restoredLine(c, order, done))
	return nil
}

// findBackup gives folder and name of a backup, the newest one where only a folder is given.
func findBackup(ctx context.Context, from string) (backup.Folder, string, error) {
	info, err := os.Stat(from)
	if err != nil {
		return backup.Folder{}, "", fmt.Errorf("%s cannot be read: %w", from, reason(err))
	}
	if !info.IsDir() {
		return backup.Folder{Path: filepath.Dir(from)}, filepath.Base(from), nil
	}
	folder := backup.Folder{Path: from}
	name, err := backup.Newest(ctx, folder)
	return folder, name, err
}

// restoreError says in plain words why nothing was put back.
func restoreError(order backup.RestoreOptions, err error) error {
	switch {
	case errors.Is(err, store.ErrInUse):
		return fmt.Errorf("nothing was put back: a program has %s open. Close the museum first, and behind a web server that one, "+
			"or write the backup elsewhere with --into", order.Into)
	case errors.Is(err, store.ErrNewer):
		return fmt.Errorf("nothing was put back: %s was made by a newer version of Math Museums. Use that version", order.Name)
	case errors.Is(err, store.ErrNotMuseum):
		return fmt.Errorf("nothing was put back: %s is not the database of a museum", order.Name)
	case errors.Is(err, store.ErrDamaged), errors.Is(err, backup.ErrManifest):
		return fmt.Errorf("nothing was put back: %w. Use another backup", err)
	case isFull(err):
		return fmt.Errorf("nothing was put back: there is no room for it in %s. Make room there", filepath.Dir(order.Into))
	case errors.Is(err, fs.ErrNotExist) && !order.WithoutManifest:
		return fmt.Errorf("nothing was put back: %w. If you know what the file is, --no-manifest takes it as it is", err)
	}
	return fmt.Errorf("nothing was put back: %w", err)
}

// restoredLine says what was done and how to go back.
func restoredLine(c *Config, order backup.RestoreOptions, done backup.Restored) string {
	words := []string{fmt.Sprintf("%s is now %s", order.Into, order.Name)}
	if !done.Manifest.TakenAt.IsZero() {
		words[0] += ", the museum of " + atMoment(done.Manifest.TakenAt)
	}
	words[0] += fmt.Sprintf(", with %d people and %d tiles.", done.Contents.Rows["users"], done.Contents.Rows["tiles"])
	if done.Aside == "" {
		return words[0]
	}
	back := fmt.Sprintf("restore --no-manifest %q", done.Aside)
	if order.Into != c.databasePath() {
		back += fmt.Sprintf(" --into %q", order.Into)
	}
	return strings.Join(append(words, "To go back to what was there: "+c.command(back)), " ")
}
