package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/spf13/cobra"
)

const drillHelp = `Tries out whether the museum could be restored, and says how much would be lost if its disk broke now.

The replica is restored into a temporary folder and checked as SQLite checks a database, and what it holds is held against
the museum, which may be open. Nothing of the museum is changed and nothing is left behind.

Edits are the changes of tiles and settings by students. With --most no more than so many seconds may be missing: then it is
an error if more would be lost.

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
	most := cmd.Flags().Int("most", 0, "how many `seconds` of work may be lost at most (default: any)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := configured(cmd)
		if err != nil {
			return err
		}
		return drill(cmd, program, c, time.Duration(*most)*time.Second)
	}
	return cmd
}

func drill(cmd *cobra.Command, program Program, c *Config, most time.Duration) error {
	if err := needReplica(c); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	museum, err := openCurrentStore(ctx, program, c)
	if err != nil {
		return err
	}
	defer museum.Close()
	done, err := backup.RunDrill(ctx, backup.DrillOptions{Museum: museum, Restore: func(ctx context.Context, into string) error {
		_, err := backup.RestoreReplica(ctx, c.Replica, c.BucketKeys, time.Time{}, into)
		return err
	}})
	where := backup.RedactReplicaURL(c.Replica)
	if err != nil {
		return fmt.Errorf("the museum cannot be restored from the replica %s: %w", where, err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "The replica %s can be restored, in %.1f s, and is sound. It has %d people and %d tiles; %s.\n",
		where, done.Took.Seconds(), done.Copy.Rows["users"], done.Copy.Rows["tiles"], done.Lost())
	if most > 0 && done.Behind > most {
		return errors.New("that is more than --most allows")
	}
	return nil
}
