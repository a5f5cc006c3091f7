package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
)

func newMigrateCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database up to date",
		Long: `Brings the database to the version that this program works with, all steps or none. A copy of the database as it was
is laid beside it first. Where there is no database yet, an empty one is made.

"serve" does this by itself; the command is for setups where the museum is not started with it.

With --check nothing is changed: the steps to be done are listed.

Exit codes: 0 done, or nothing to do; 1 failed, or with --check: there is something to do; 2 wrong usage.`,
		Example: `  mathmuseums migrate
  mathmuseums migrate --check && echo up to date`,
		Args: noArgs,
	}
	check := cmd.Flags().Bool("check", false, "only tell what would be done")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		if *check && !c.hasDatabase() {
			return fmt.Errorf("to do: make a new database at %s", c.databasePath())
		}
		museum, err := openStore(cmd.Context(), program, c)
		if err != nil {
			return err
		}
		defer museum.Close()
		if *check {
			return checkPending(cmd, museum)
		}
		if err := migrate(cmd.Context(), cmd.OutOrStdout(), museum); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "The database %s is up to date.\n", museum.Path())
		return nil
	}
	return cmd
}

// migrate brings the database up to date and tells where the copy is, if one was made.
func migrate(ctx context.Context, out io.Writer, museum *store.Store) error {
	copied, err := museum.Migrate(ctx)
	if copied != "" {
		fmt.Fprintf(out, "Before the database was brought up to date, a copy was laid down: %s\n", copied)
	}
	if err != nil {
		return fmt.Errorf("the database could not be brought up to date and is as it was: %w", err)
	}
	return nil
}

func checkPending(cmd *cobra.Command, museum *store.Store) error {
	pending, err := museum.Pending(cmd.Context())
	if err != nil {
		return err
	}
	for _, step := range pending {
		fmt.Fprintln(cmd.OutOrStdout(), "to do: "+step)
	}
	if len(pending) > 0 {
		return errors.New("the database is not up to date; mathmuseums migrate does the steps above")
	}
	fmt.Fprintf(cmd.OutOrStdout(), "The database %s is up to date.\n", museum.Path())
	return nil
}
