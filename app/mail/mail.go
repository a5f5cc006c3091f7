// Package mail sends mails to people: by SMTP, through the machine's sendmail program, or to the operator's console.
//
// All three implement [Sender]; [Open] creates one from the URL in the configuration. Failures are returned as a
// [StepError], which names the step and explains the problem to an operator. The password of the mail server never
// occurs in errors or progress reports.
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

// Limits of a dialogue with a mail server, while a student waits at the sign-in page.
const (
	defaultStepTimeout  = 10 * time.Second
	defaultTotalTimeout = 30 * time.Second
)

// A Message is one mail to one person.
type Message struct {
	To      string // a bare address, such as ann@example.com
	Subject string
	Text    string // the plain-text part; lines end with "\n"
	HTML    string // the HTML part; "" for a plain mail

	// These are set in mails with a code, so that the console can show the code alone.
	Code     string
	Lifetime time.Duration
	Label    string // name of the code, such as "Sign-in code"
	Issuable bool   // an operator can issue such a code by hand
	Private  bool   // the console, which others may see, does not show the code if it is Issuable
}

// A Sender sends messages. It is safe for concurrent use.
type Sender interface {
	// Send returns nil once the next server or program has taken responsibility for the message; otherwise it returns
	// a *StepError. A message is never sent in part.
	Send(ctx context.Context, m Message) error
}

// Options configure a sender. The zero value of each field selects its default.
type Options struct {
	From         string           // sender, such as "Math Museums <museum@example.com>"; default: the user in the URL, if an address
	RootCAs      *x509.CertPool   // trusted certificate authorities; default: the system's
	Clock        func() time.Time // default: time.Now
	Console      io.Writer        // output of console:; default: standard output
	IsLog        bool             // Console is a log that others read: no codes are printed
	IssueCommand string           // command that issues a code for the address after it; default: mathmuseums code
	StepTimeout  time.Duration    // limit for each step of a dialogue; default: 10 s
	TotalTimeout time.Duration    // limit for the whole dialogue; default: 30 s
	Progress     func(string)     // called with a message for each successful step; default: none
}

// Open returns the sender for a URL:
//
//	smtp://user:password@host:587      STARTTLS (see [CheckURL] for when plain text is allowed)
//	smtps://user:password@host:465     TLS from the first byte
//	sendmail:///usr/sbin/sendmail      a program with sendmail's interface
//	console:                           prints codes for the operator
//
// It does not connect yet. Its error is meant for operators and never contains the password.
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

// Check tests whether mail could be sent, without sending any: it connects to the mail server and signs in, or looks
// for the mail program. Only a real mail shows whether the server accepts the sender and the recipient. Errors are
// like those of Send.
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
			return failed(StepProgram, fmt.Sprintf("cannot run the mail program %s: %s", sender.program,
				oneLine(errors.Unwrap(err).Error())), err)
		}
	}
	return nil
}
