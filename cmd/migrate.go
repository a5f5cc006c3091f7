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
		Short: "Migrate the database to this version",
		Long: `Migrates the database to the version that this program uses: all steps or none. A copy of the
previous database is saved next to it first. If there is no database yet, an empty one is created.

"mathmuseums serve" does this by itself; this command is for other setups, such as CGI.

--check changes nothing and lists the pending steps.

Exit codes: 0 done or nothing to do, 1 failed, or with --check steps are pending, 2 wrong usage.`,
		Example: `  mathmuseums migrate
  mathmuseums migrate --check && echo up to date`,
		Args: noArgs,
	}
	check := cmd.Flags().Bool("check", false, "only list the pending steps")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		if *check && !c.hasDatabase() {
			return fmt.Errorf("to do: create a new database at %s", c.databasePath())
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

// migrate migrates the database and prints the path of the copy, if one was made.
func migrate(ctx context.Context, out io.Writer, museum *store.Store) error {
	copied, err := museum.Migrate(ctx)
	if copied != "" {
		fmt.Fprintf(out, "A copy of the database was saved before its migration: %s\n", copied)
	}
	if err != nil {
		return fmt.Errorf("the database could not be migrated and is unchanged: %w", err)
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
		return errors.New("the database is not up to date; mathmuseums migrate performs the steps above")
	}
	fmt.Fprintf(cmd.OutOrStdout(), "The database %s is up to date.\n", museum.Path())
	return nil
}
