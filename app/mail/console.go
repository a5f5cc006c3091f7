package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// consoleSender prints messages for the operator, who passes codes on in person.
type consoleSender struct {
	mu   sync.Mutex // keeps messages from interleaving
	opts Options
}

func (s *consoleSender) Send(_ context.Context, m Message) error {
	if err := checkAddress(m.To); err != nil {
		return failed(StepRecipient, fmt.Sprintf("cannot send to %q: %v", m.To, err), errBadRecipient)
	}
	if m.Code != "" && s.opts.IsLog && !m.Issuable {
		return failed(StepConsole, "no mail server is set (MATHMUSEUMS_MAIL_URL), and codes are not written to a "+
			"log", errNoMailServer)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.WriteString(s.opts.Console, s.block(m)); err != nil {
		return failed(StepConsole, fmt.Sprintf("cannot write to the console: %v", err), err)
	}
	return nil
}

var errNoMailServer = errors.New("no mail server")

// block returns the text to print: a code on its own line between blank lines, so that it stands out in a log, or any
// other message in full.
func (s *consoleSender) block(m Message) string {
	switch {
	case m.Code == "":
		return fmt.Sprintf("\nMail for %s: %s\n\n%s\n\n", m.To, m.Subject, m.Text)
	case s.opts.IsLog: // the log need not show who asked either
		return fmt.Sprintf("mathmuseums: a sign-in code was requested, but no mail server is set "+
			"(MATHMUSEUMS_MAIL_URL). To issue a code: %s ADDRESS\n", s.opts.IssueCommand)
	case m.Private && m.Issuable:
		return fmt.Sprintf("\n  %s for %s: not shown here, where others may see it. To get one: %s %s\n\n", m.Label,
			m.To, s.opts.IssueCommand, m.To)
	}
	until := s.opts.Clock().Add(m.Lifetime).Local().Format("15:04")
	return fmt.Sprintf("\n  %s for %s: %s (valid until %s)\n\n", m.Label, m.To, m.Code, until)
}
