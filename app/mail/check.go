package mail

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
)

// Check finds out whether mail could be sent, and sends none: it connects to the mail server and signs in, or looks for the
// mail program. Whether the server takes the sender and the recipient only a mail can show. The error is as that of Send.
func Check(ctx context.Context, rawURL string, opts Options) error {
	sender, err := Open(rawURL, opts)
	if err != nil {
		return err
	}
	switch sender := sender.(type) {
	case *smtpSender:
		return sender.check(ctx)
	case *sendmailSender:
		if _, err := exec.LookPath(sender.program); err != nil {
			return failed(StepProgram, fmt.Sprintf("cannot run the mail program %s: %s", sender.program, oneLine(errors.Unwrap(err).Error())), err)
		}
	}
	return nil
}

func (s *smtpSender) check(ctx context.Context) error {
	return s.signedIn(ctx, func(d *dialogue) error {
		_ = d.client.Quit()
		return nil
	})
}
