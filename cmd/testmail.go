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
		Short: "Send a test mail and show each step",
		Long: `Sends a test mail the way sign-in codes are sent, and prints each step of the dialogue with the mail
server. If a step fails, it prints which one and why. That the server accepts a mail does not mean that it arrives:
check the mailbox and its spam folder.

Exit codes: 0 the mail server accepted the mail, 1 it did not, 2 wrong usage.`,
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
			fmt.Fprintf(out, "Using %s:\n", mail.Redact(c.MailURL))
			sender, err := mail.Open(c.MailURL, mail.Options{From: c.MailFrom, Console: out,
				Progress: func(step string) { fmt.Fprintln(out, "  ok: "+step) }})
			if err != nil {
				return err
			}
			if err := sender.Send(cmd.Context(), mail.NewTestMessage(address.Mailbox)); err != nil {
				if stuck, ok := errors.AsType[*mail.StepError](err); ok {
					return fmt.Errorf("no mail was sent; the step %q failed: %w", stuck.Step, err)
				}
				return err
			}
			fmt.Fprintln(out, "The mail server accepted the test mail.")
			return nil
		},
	}
}
