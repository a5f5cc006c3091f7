package apptest

import (
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-message"
	"github.com/emersion/go-smtp"
	"github.com/mathmuseums/mathmuseums/app/mail"
)

// Mailbox is a mail server on a real socket that collects mails, for museums that run in another process.
type Mailbox struct {
	URL string // for MATHMUSEUMS_MAIL_URL

	mu       sync.Mutex
	messages []mail.Message
}

// NewMailbox starts a mail server that ends with the test.
func NewMailbox(t testing.TB) *Mailbox {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen for mail: %v", err)
	}
	box := &Mailbox{URL: "smtp://" + listener.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session,
		error) {
		return &mailSession{box: box}, nil
	}))
	server.Domain = "localhost"
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return box
}

// To returns the mails to an address, the newest first.
func (b *Mailbox) To(address string) []mail.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return messagesTo(b.messages, address)
}

// mailSession receives the mails of one connection.
type mailSession struct {
	box *Mailbox
	to  string
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error { return nil }

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

var codeForm = regexp.MustCompile(`\b\d{6}\b`)

func (s *mailSession) Data(r io.Reader) error {
	entity, err := message.Read(r)
	if err != nil {
		return err
	}
	received := mail.Message{To: s.to}
	received.Subject, err = entity.Header.Text("Subject")
	if err != nil {
		return err
	}
	if parts := entity.MultipartReader(); parts != nil {
		if entity, err = parts.NextPart(); err != nil { // the plain-text part comes first
			return err
		}
	}
	text, err := io.ReadAll(entity.Body)
	if err != nil {
		return err
	}
	received.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
	received.Code = codeForm.FindString(received.Text)
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.messages = append(s.box.messages, received)
	return nil
}

func (s *mailSession) Reset()        { s.to = "" }
func (s *mailSession) Logout() error { return nil }
