package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
)

const drillHelp = `Tests whether the museum can be restored, and shows how much work would be lost if its disk
failed now.

The replica and the newest backup, if there are any, are restored into a temporary folder, checked for damage, and
compared with the museum, which may be running. A copy of a different museum is an error. The museum is not changed,
and nothing is left behind; if a drill is killed, the next one deletes its copy. The temporary folder needs as much
space as the museum; set TMPDIR to use another one.

Lost edits are the students' changes to tiles and settings. With --most, the command fails if restoring the better of
the two copies would lose more than that many seconds of work.

Exit codes: 0 it can be restored, 1 it cannot or too much would be lost, 2 wrong usage.`

func newDrillCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "drill",
		Short: "Test whether the museum can be restored",
		Long:  drillHelp,
		Example: `  mathmuseums drill
  mathmuseums drill --most 60 --replica s3://bucket/museum?region=eu-central-1`,
		Args: noArgs,
	}
	addReplicaFlag(cmd)
	cmd.Flags().String(backupToFlag, "", "`folder` or bucket with the backups (default: backups in the data folder)")
	most := cmd.Flags().Int("most", 0, "fail if more than this many `seconds` of work would be lost (default: no limit)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		return drill(cmd, program, c, time.Duration(*most)*time.Second)
	}
	return cmd
}

func drill(cmd *cobra.Command, program Program, c *Config, most time.Duration) error {
	if !c.hasDatabase() {
		return noMuseumError(c)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	museum, err := openCurrentStore(ctx, program, c)
	if err != nil {
		return err
	}
	defer museum.Close()
	copies, err := c.restoreSources(ctx, cmd.ErrOrStderr(), museum)
	if err != nil {
		return err
	}
	var failed []error
	least := time.Duration(-1) // how far the most recent copy is behind
	for _, source := range copies {
		done, err := backup.RunDrill(ctx, backup.DrillOptions{Museum: museum, Restore: source.restore})
		if errors.Is(err, store.ErrLocked) {
			return fmt.Errorf("another drill of this museum is running, so this one was skipped: %w", err)
		}
		if isFull(err) {
			return fmt.Errorf("there is not enough space in %s: the copy needs as much as the museum. "+
				"Set TMPDIR to another folder", os.TempDir())
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("the museum cannot be restored from %s: %w", source.name, err))
			continue
		}
		fmt.Fprintf(cmd.OutOrStdout(), "The museum can be restored from %s in %.1f s: the copy is sound, with %d "+
			"people and %d tiles; %s.\n",
			source.name, done.Took.Seconds(), done.Copy.Rows["users"], done.Copy.Rows["tiles"], done.Lost())
		if least < 0 || done.Behind < least {
			least = done.Behind
		}
	}
	if most > 0 && least > most {
		failed = append(failed, fmt.Errorf("the last %s of work would be lost; --most allows %s",
			least.Round(time.Second), most))
	}
	return errors.Join(failed...)
}

// futureBackupsText names the backups that were ignored because they are dated in the future.
func futureBackupsText(place backup.Place, names []string) string {
	return fmt.Sprintf("Ignored in %s because they are dated in the future: %s. Check the clock; if it is right, "+
		"delete or rename them.",
		place.Where(""), backup.JoinNames(names))
}

// restoreSource is a copy that the museum can be restored from.
type restoreSource struct {
	name    string // for messages, such as "the backup /mnt/backup/museum-....db"
	restore func(ctx context.Context, into string) error
}

// restoreSources returns the replica and the newest backup, as far as they exist.
func (c *Config) restoreSources(ctx context.Context, out io.Writer, museum *store.Store) (copies []restoreSource,
	err error) {
	if c.Replica != "" {
		copies = append(copies, restoreSource{"the replica " + replica.RedactURL(c.Replica),
			func(ctx context.Context, into string) error {
				_, err := replica.Restore(ctx, c.Replica, c.BucketKeys, time.Time{}, into, museum.Schema())
				return err
			}})
	}
	place, err := c.backupPlace()
	if err != nil {
		return nil, err
	}
	newest, err := backup.NewestOf(ctx, place, museum.Secret(), time.Now())
	if err != nil {
		return nil, fmt.Errorf("the backups in %s cannot be read: %w", place.Where(""), err)
	}
	if len(newest.Future) > 0 {
		fmt.Fprintln(out, futureBackupsText(place, newest.Future))
	}
	if name := newest.Name; name != "" {
		copies = append(copies, restoreSource{"the backup " + place.Where(name),
			func(ctx context.Context, into string) error {
				_, err := backup.Restore(ctx, backup.RestoreOptions{From: place, Name: name, Into: into,
					Schema: museum.Schema(), Now: time.Now()})
				return err
			}})
	}
	if len(copies) == 0 {
		return nil, fmt.Errorf("there is nothing to restore the museum from: no replica is set (%sREPLICA), and "+
			"there is no backup in %s",
			prefix, place.Where(""))
	}
	return copies, nil
}
