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
		Long: `Prints a sign-in code for a mail address, to be passed on to its owner, for example when a school's
filter blocks the mails. The code is valid for 15 minutes and one sign-in; it replaces any earlier code for the
address. The account need not exist yet. The museum may be running.

Exit codes: 0 the code was printed, 1 there is no museum in the data folder or the account is disabled, 2 wrong usage.`,
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
			if !c.hasDatabase() { // a new museum would issue codes that the running one does not know
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

// parseAddress parses a mail address from the command line. Its error is a usageError.
func parseAddress(cmd *cobra.Command, text string) (app.Address, error) {
	address, err := app.ParseAddress(text)
	if err != nil {
		return address, &usageError{cmd.CommandPath(),
			fmt.Errorf("%q does not look like a mail address such as ann@example.com", text)}
	}
	return address, nil
}
