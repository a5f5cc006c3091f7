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

const drillHelp = `Tries out whether the museum could be restored, and says how much would be lost if its disk broke now.

The replica and the newest backup, as far as there are, are restored into a temporary folder and checked as SQLite checks a
database, and what they hold is held against the museum, which may be open. A copy of another museum is an error. Nothing of the museum is changed and nothing is
left behind; a drill that is killed leaves the copy, which the next one clears away. The temporary folder needs as much room as the
museum; TMPDIR names another.

Edits are the changes of tiles and settings by students. With --most it is an error if more seconds of work would be lost
with the better of both.

Exit codes: 0 it can be restored, 1 it cannot or too much would be lost, 2 wrong usage.`

func newDrillCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "drill",
		Short: "Try out whether the museum could be restored",
		Long:  drillHelp,
		Example: `  mathmuseums drill
  mathmuseums drill --most 60 --replica s3://bucket/museum?region=eu-central-1`,
		Args: noArgs,
	}
	addReplicaFlag(cmd)
	cmd.Flags().String(backupToFlag, "", "`folder` or bucket with the backups (default: backups in the data folder)")
	most := cmd.Flags().Int("most", 0, "how many `seconds` of work may be lost at most (default: any)")
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
	least := time.Duration(-1) // what would be lost with the best of them
	for _, source := range copies {
		done, err := backup.RunDrill(ctx, backup.DrillOptions{Museum: museum, Restore: source.restore})
		if errors.Is(err, store.ErrLocked) {
			return fmt.Errorf("another drill of this museum is under way; this one was left out: %w", err)
		}
		if isFull(err) {
			return fmt.Errorf("there is no room in %s to try it out: the copy needs as much as the museum. Name another folder in TMPDIR", os.TempDir())
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("the museum cannot be restored from %s: %w", source.name, err))
			continue
		}
		fmt.Fprintf(cmd.OutOrStdout(), "From %s the museum can be restored, in %.1f s: it is sound, with %d people and %d tiles; %s.\n",
			source.name, done.Took.Seconds(), done.Copy.Rows["users"], done.Copy.Rows["tiles"], done.Lost())
		if least < 0 || done.Behind < least {
			least = done.Behind
		}
	}
	if most > 0 && least > most {
		failed = append(failed, fmt.Errorf("the last %s of work would be lost, and --most allows %s", least.Round(time.Second), most))
	}
	return errors.Join(failed...)
}

// futureBackupsText says what is not taken for the newest backup, and why.
func futureBackupsText(place backup.Place, names []string) string {
	return fmt.Sprintf("Not taken for the newest backup in %s, since dated in the future: %s. Look at the clock; if that is right, delete them or give them another name.",
		place.Where(""), backup.Several(names))
}

// restoreSource is something that the museum could be restored from.
type restoreSource struct {
	name    string // in words
	restore func(ctx context.Context, into string) error
}

// copies are the replica and the newest backup, as far as there are.
func (c *Config) restoreSources(ctx context.Context, out io.Writer, museum *store.Store) (copies []restoreSource, err error) {
	if c.Replica != "" {
		copies = append(copies, restoreSource{"the replica " + replica.RedactURL(c.Replica), func(ctx context.Context, into string) error {
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
		copies = append(copies, restoreSource{"the backup " + place.Where(name), func(ctx context.Context, into string) error {
			_, err := backup.Restore(ctx, backup.RestoreOptions{From: place, Name: name, Into: into, Schema: museum.Schema(), Now: time.Now()})
			return err
		}})
	}
	if len(copies) == 0 {
		return nil, fmt.Errorf("there is nothing to restore the museum from: no replica is set (%sREPLICA), and there is no backup in %s", prefix, place.Where(""))
	}
	return copies, nil
}
