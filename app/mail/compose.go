package mail

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	"github.com/emersion/go-message"
	gomail "github.com/emersion/go-message/mail"
)

// composer encodes messages for transport.
type composer struct {
	from  *mail.Address
	clock func() time.Time
}

// compose returns the whole message with CRLF line ends: one part if there is no HTML, else a plain and an HTML part.
func (c composer) compose(m Message) ([]byte, error) {
	if err := checkAddress(m.To); err != nil {
		return nil, failed(StepRecipient, fmt.Sprintf("cannot send to %q: %v", m.To, err), errBadRecipient)
	}
	if strings.ContainsFunc(m.Subject, isUnprintable) {
		return nil, failed(StepMessage, "the subject must be one line", errors.New("line break"))
	}
	var buf bytes.Buffer
	if err := c.write(&buf, m); err != nil {
		return nil, failed(StepMessage, fmt.Sprintf("the message could not be encoded: %v", err), err)
	}
	return buf.Bytes(), nil
}

func (c composer) write(w io.Writer, m Message) error {
	h := c.header(m)
	if m.HTML == "" {
		h.Header = partHeader("text/plain", h.Header)
		return writePart(m.Text)(message.CreateWriter(w, h.Header))
	}
	h.SetContentType("multipart/alternative", nil)
	mw, err := message.CreateWriter(w, h.Header)
	if err != nil {
		return err
	}
	// The plain part comes first: mail readers show the last part that they support.
	if err := writePart(m.Text)(mw.CreatePart(partHeader("text/plain", message.Header{}))); err != nil {
		return err
	}
	if err := writePart(m.HTML)(mw.CreatePart(partHeader("text/html", message.Header{}))); err != nil {
		return err
	}
	return mw.Close()
}

func (c composer) header(m Message) gomail.Header {
	var h gomail.Header
	h.SetDate(c.clock())
	h.SetAddressList("From", []*mail.Address{c.from})
	h.SetAddressList("To", []*mail.Address{{Address: m.To}})
	h.SetSubject(m.Subject)
	h.SetMessageID(rand.Text() + c.from.Address[strings.LastIndexByte(c.from.Address, '@'):])
	// Prevents automatic replies (RFC 3834).
	h.Set("Auto-Submitted", "auto-generated")
	return h
}

func partHeader(mediaType string, h message.Header) message.Header {
	h.SetContentType(mediaType, map[string]string{"charset": "utf-8"})
	h.Set("Content-Transfer-Encoding", "quoted-printable")
	return h
}

// writePart returns a function that writes and closes the part just created.
func writePart(text string) func(*message.Writer, error) error {
	return func(w *message.Writer, err error) error {
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return w.Close()
	}
}
