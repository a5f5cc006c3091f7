package mail

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// consoleSender shows messages to whoever runs the museum, who passes the code on by word of mouth.
type consoleSender struct {
	mu    sync.Mutex // two messages must not run into each other
	out   io.Writer
	clock func() time.Time
}

func (s *consoleSender) Send(_ context.Context, m Message) error {
	if err := checkAddress(m.To); err != nil {
		return failed(StepRecipient, fmt.Sprintf("cannot send to %q: %v", m.To, err), errBadRecipient)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.WriteString(s.out, s.block(m)); err != nil {
		return failed(StepConsole, fmt.Sprintf("cannot write to the console: %v", err), err)
	}
	return nil
}

// block is a code on a line of its own between blank lines, which a log that runs past does not swallow; other
// messages are printed whole.
func (s *consoleSender) block(m Message) string {
	if m.Code == "" {
		return fmt.Sprintf("\nMail for %s: %s\n\n%s\n\n", m.To, m.Subject, m.Text)
	}
	until := s.clock().Add(m.Lifetime).Local().Format("15:04")
	return fmt.Sprintf("\n  %s for %s: %s (valid until %s)\n\n", m.Label, m.To, m.Code, until)
}
