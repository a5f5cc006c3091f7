package cmd

import (
	"fmt"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/spf13/cobra"
)

func newCodeCommand(program Program) *cobra.Command {
	return &cobra.Command{
		Use:   "code EMAIL",
		Short: "Print a sign-in code for a mail address",
		Long: `Prints a sign-in code for a mail address, to be told to its owner: for schools whose filters keep mail away. It is good
for 15 minutes and for one use; an older code for the address is void. The account need not exist yet. The museum
may be open meanwhile.

Exit codes: 0 the code was printed, 1 there is no museum in the data folder or the account is switched off, 2 wrong
usage.`,
		Example: `  mathmuseums code ann@example.com
  mathmuseums code ann@example.com --data-dir /srv/museum`,
		Args: oneAddress,
		RunE: func(cmd *cobra.Command, args []string) error {
			address, err := parseAddress(cmd, args[0])
			if err != nil {
				return err
			}
			c, err := commandConfig(cmd)
			if err != nil {
				return err
			}
			if !c.hasDatabase() { // a new one would give codes that no running museum knows
				return noMuseumError(c)
			}
			museum, err := openCurrentStore(cmd.Context(), program, c)
			if err != nil {
				return err
			}
			defer museum.Close()
			code, err := museum.IssueCode(cmd.Context(), address)
			if err != nil {
				return err
			}
			until := museum.Now().Add(app.CodeLifetime).In(time.Local).Format("15:04")
			fmt.Fprintf(cmd.OutOrStdout(), "Sign-in code for %s: %s (valid until %s)\n", address.Mailbox, code, until)
			return nil
		},
	}
}

// parseAddress reads a mail address from the command line.
func parseAddress(cmd *cobra.Command, text string) (app.Address, error) {
	address, err := app.ParseAddress(text)
	if err != nil {
		return address, &usageError{cmd.CommandPath(), fmt.Errorf("%q does not look like a mail address such as ann@example.com", text)}
	}
	return address, nil
}
