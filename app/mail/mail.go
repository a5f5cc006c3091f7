// Package mail carries sign-in codes to people: by SMTP, through the machine's sendmail program, or to the
// console of whoever runs the museum.
//
// All three stand behind [Sender]. [Open] makes one from the URL in the configuration. What goes wrong on the
// way comes back as a [StepError], which says at which step and in words that help an operator. The mail
// server's password is in no error and no report of progress.
package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// Limits for a dialogue with a mail server. A student sits before the sign-in page meanwhile.
const (
	defaultStepTimeout  = 10 * time.Second
	defaultTotalTimeout = 30 * time.Second
)

// A Message is one mail to one person.
type Message struct {
	To      string // a bare address, such as ann@example.com
	Subject string
	Text    string // the plain part, lines end with "\n"
	HTML    string // the same for readers that show HTML; "" for a plain mail

	// These are set in a mail that brings a code, so that the console can show the code by itself.
	Code     string
	Lifetime time.Duration
	Label    string // what the code is, such as "Sign-in code"
	Issuable bool   // somebody who runs the museum can issue such a code by hand
	Private  bool   // the console, which others may see, does not show the code where it is issuable
}

// A Sender brings messages on their way. It is safe for use by several goroutines.
type Sender interface {
	// Send returns nil once the next station has taken responsibility for the message; otherwise the error is
	// a *StepError. A message is never sent in part.
	Send(ctx context.Context, m Message) error
}

// Options are what a sender needs besides its URL. The zero value of each field means its default.
type Options struct {
	From         string           // sender, such as "Math Museums <museum@example.com>"; default: the user in the URL, if an address
	RootCAs      *x509.CertPool   // authorities trusted for TLS; default: the system's
	Clock        func() time.Time // default: time.Now
	Console      io.Writer        // where console: prints; default: standard output
	IsLog        bool             // Console is a log that others read: no codes are printed
	IssueCommand string           // command that issues a code for the address after it; default: mathmuseums code
	StepTimeout  time.Duration    // limit for each step of a dialogue; default: 10 s
	TotalTimeout time.Duration    // limit for the whole dialogue; default: 30 s
	Progress     func(string)     // told of each step that succeeded, in words for an operator; default: nobody
}

// Open makes the sender that rawURL names:
//
//	smtp://user:password@host:587      STARTTLS (see [CheckURL] for when plain text is allowed)
//	smtps://user:password@host:465     TLS from the first byte
//	sendmail:///usr/sbin/sendmail      a program that takes a message as sendmail does
//	console:                           prints the code for whoever runs the museum
//
// Nothing is contacted yet. The error is in plain words and never holds the password.
func Open(rawURL string, opts Options) (Sender, error) {
	u, err := parseURL(rawURL)
	if err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	if u.kind == kindConsole {
		return &consoleSender{opts: opts}, nil
	}
	from, err := u.sender(opts.From)
	if err != nil {
		return nil, err
	}
	c := composer{from: from, clock: opts.Clock}
	if u.kind == kindSendmail {
		return &sendmailSender{program: u.program, composer: c, opts: opts}, nil
	}
	return &smtpSender{server: u, composer: c, opts: opts}, nil
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Console == nil {
		o.Console = os.Stdout
	}
	if o.IssueCommand == "" {
		o.IssueCommand = "mathmuseums code"
	}
	if o.StepTimeout == 0 {
		o.StepTimeout = defaultStepTimeout
	}
	if o.TotalTimeout == 0 {
		o.TotalTimeout = defaultTotalTimeout
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return o
}

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
