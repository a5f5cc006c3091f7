package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
	"unicode"

	"github.com/emersion/go-smtp"
	"github.com/mathmuseums/mathmuseums/app/platform"
)

// A Step is a stage in sending a message.
type Step string

// The steps of an SMTP dialogue in order, then those of sendmail and of the console.
const (
	StepConnect   Step = "connect"
	StepTLS       Step = "TLS"
	StepGreeting  Step = "greeting"
	StepHello     Step = "EHLO"
	StepStartTLS  Step = "STARTTLS"
	StepSignIn    Step = "sign-in"
	StepSender    Step = "sender"
	StepRecipient Step = "recipient"
	StepMessage   Step = "message"
	StepProgram   Step = "program"
	StepConsole   Step = "console"
)

// A StepError reports the step at which sending a message failed.
type StepError struct {
	Step    Step
	Problem string // a sentence for the operator, without the password
	Err     error  // the cause; *smtp.SMTPError if a mail server refused
}

func (e *StepError) Error() string { return e.Problem }

// Unwrap returns the cause.
func (e *StepError) Unwrap() error { return e.Err }

// Refused reports whether this server can never deliver to this recipient, as with a misspelt address. Other failures
// may be temporary.
func (e *StepError) Refused() bool {
	if e.Step != StepRecipient {
		return false
	}
	var reply *smtp.SMTPError
	if errors.As(e.Err, &reply) {
		return reply.Code >= 500
	}
	return errors.Is(e.Err, errBadRecipient)
}

// errBadRecipient is the cause for an invalid address.
var errBadRecipient = errors.New("unusable address")

func failed(step Step, problem string, err error) error {
	return &StepError{Step: step, Problem: problem, Err: err}
}

// maxQuoted is the maximum length of a server's or program's message in an error, in runes.
const maxQuoted = 400

// explain describes the cause of err for an operator. limit is the timeout of the step.
func explain(err error, limit time.Duration) string {
	var (
		refusal *smtp.SMTPError
		name    *net.DNSError
		network net.Error
	)
	switch {
	case errors.As(err, &refusal):
		return replyText(refusal)
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Sprintf("there is no server named %s", name.Name)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return fmt.Sprintf("no answer within %s", seconds(limit))
	case platform.IsRefused(err):
		return "nothing answers on this port"
	case isHangUp(err):
		return "the server closed the connection"
	}
	return oneLine(err.Error())
}

func isHangUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err,
		net.ErrClosed) || platform.IsHangUp(err)
}

// explainTLS is like explain for a failed TLS handshake with host.
func explainTLS(err error, host string, limit time.Duration) string {
	var (
		wrongName x509.HostnameError
		authority x509.UnknownAuthorityError
		unfit     x509.CertificateInvalidError
		noTLS     tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &wrongName):
		names := oneLine(strings.Join(wrongName.Certificate.DNSNames, ", "))
		return fmt.Sprintf("its certificate is for another name (%s), not for %s", names, host)
	case errors.As(err, &authority):
		return "its certificate is from an authority that this machine does not trust"
	case errors.As(err, &unfit) && unfit.Reason == x509.Expired:
		return "its certificate has expired or is not valid yet"
	case errors.As(err, &noTLS):
		return "the server does not speak TLS at this point"
	}
	return explain(err, limit)
}

// replyText returns a server's refusal on one line, such as "550 5.1.1 no such user".
func replyText(reply *smtp.SMTPError) string {
	text := oneLine(reply.Message)
	if code := reply.EnhancedCode; code != smtp.EnhancedCodeNotSet && code != smtp.NoEnhancedCode {
		text = fmt.Sprintf("%d.%d.%d %s", code[0], code[1], code[2], text)
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", reply.Code, text))
}

// oneLine makes foreign text safe for a log and a terminal: on one line, without control characters, and of limited
// length.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > maxQuoted {
		runes = append(runes[:maxQuoted], '…')
	}
	return string(runes)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }
