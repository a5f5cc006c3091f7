package cmd

import (
	"errors"
	"fmt"

	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/spf13/cobra"
)

func newTestMailCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "testmail ADDRESS",
		Short: "Send a test mail and tell each step of it",
		Long: `Sends a test mail the way sign-in codes are sent, and prints each step of the dialogue with the mail server as it
succeeds. Where one fails, it says which and why. That the server took a mail does not mean that it arrives: look
into the mailbox, and into its spam folder.

Exit codes: 0 the mail server took the mail, 1 it did not, 2 wrong usage.`,
		Example: `  mathmuseums testmail ann@example.com
  MATHMUSEUMS_MAIL_URL=smtp://localhost:1025 mathmuseums testmail ann@example.com`,
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
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "By %s:\n", mail.Redact(c.MailURL))
			sender, err := mail.Open(c.MailURL, mail.Options{From: c.MailFrom, Console: out,
				Progress: func(step string) { fmt.Fprintln(out, "  ok: "+step) }})
			if err != nil {
				return err
			}
			if err := sender.Send(cmd.Context(), mail.NewTestMessage(address.Mailbox)); err != nil {
				if stuck, ok := errors.AsType[*mail.StepError](err); ok {
					return fmt.Errorf("no mail was sent. It failed at the step %q: %w", stuck.Step, err)
				}
				return err
			}
			fmt.Fprintln(out, "The test mail is on its way.")
			return nil
		},
	}
}
