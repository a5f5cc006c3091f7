package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// outputGrace is how long child processes of the program may keep its output open after it has exited.
const outputGrace = time.Second

// sendmailSender passes messages to a program with sendmail's interface, which sendmail, Postfix, Exim, msmtp and
// others provide.
type sendmailSender struct {
	program  string
	composer composer
	opts     Options
}

func (s *sendmailSender) Send(ctx context.Context, m Message) error {
	content, err := s.composer.compose(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.opts.StepTimeout)
	defer cancel()
	// -i: a line with a single dot does not end the message. --: an address that begins with a dash is not an option.
	cmd := exec.CommandContext(ctx, s.program, "-i", "-f", s.composer.from.Address, "--", m.To)
	cmd.Stdin = bytes.NewReader(content)
	var complaint head
	cmd.Stderr = &complaint
	cmd.WaitDelay = outputGrace
	if err := cmd.Run(); err != nil {
		return s.fail(ctx, err, string(complaint.kept))
	}
	s.opts.Progress(s.program + " accepted the message")
	return nil
}

func (s *sendmailSender) fail(ctx context.Context, err error, complaint string) error {
	var exit *exec.ExitError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return failed(StepProgram, fmt.Sprintf("%s did not finish within %s and was stopped", s.program,
			seconds(s.opts.StepTimeout)), ctx.Err())
	case ctx.Err() != nil:
		return failed(StepProgram, s.program+" was interrupted", ctx.Err())
	case !errors.As(err, &exit):
		return failed(StepProgram, fmt.Sprintf("cannot run the mail program: %s", oneLine(err.Error())), err)
	case complaint == "":
		return failed(StepProgram, fmt.Sprintf("%s failed (%s) without an error message", s.program, exit), err)
	}
	return failed(StepProgram, fmt.Sprintf("%s failed (%s): %s", s.program, exit, oneLine(complaint)), err)
}

// head keeps the beginning of what is written to it.
type head struct {
	kept []byte
}

func (h *head) Write(p []byte) (int, error) {
	const enough = 4 * maxQuoted
	h.kept = append(h.kept, p[:min(len(p), enough-len(h.kept))]...)
	return len(p), nil
}
