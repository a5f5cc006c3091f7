package cmd

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newManCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages",
		Long: `Writes a manual page for each command into a folder, which is made if it is not there: the same words as --help has.

Exit codes: 0 written, 1 failed, 2 wrong usage.`,
		Example: "  sudo mathmuseums man /usr/local/share/man/man1",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), fmt.Errorf("%s wants a folder", cmd.Name())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true // pages with a date would differ from build to build
			if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "Math Museums"}, args[0]); err != nil {
				return fmt.Errorf("the manual pages could not be written: %w", err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "The manual pages are in %s.\n", args[0])
			return nil
		},
	}
}
