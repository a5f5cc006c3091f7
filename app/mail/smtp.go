package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// smtpSender sends messages to a mail server, each over its own connection, because mails are infrequent.
type smtpSender struct {
	server   transport
	composer composer
	opts     Options
}

func (s *smtpSender) Send(ctx context.Context, m Message) error {
	content, err := s.composer.compose(m)
	if err != nil {
		return err
	}
	return s.signedIn(ctx, func(d *dialogue) error { return d.deliver(s.composer.from.Address, m.To, content) })
}

func (s *smtpSender) check(ctx context.Context) error {
	return s.signedIn(ctx, func(d *dialogue) error {
		_ = d.client.Quit()
		return nil
	})
}

// signedIn opens a dialogue, signs in and calls do, all within the total timeout.
func (s *smtpSender) signedIn(ctx context.Context, do func(*dialogue) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.opts.TotalTimeout)
	defer cancel()
	d := &dialogue{ctx: ctx, server: s.server, opts: s.opts}
	defer d.close()
	if err := d.open(); err != nil {
		return err
	}
	if err := d.signIn(); err != nil {
		return err
	}
	return do(d)
}

// dialogue is one connection to a mail server.
type dialogue struct {
	ctx    context.Context
	server transport
	opts   Options

	conn     net.Conn // the innermost connection, with TLS if used
	greeting []byte   // as sent by the server; see greet
	client   *smtp.Client
	unwatch  func() bool
}

// signIn authenticates with the configured user name and password, if any, by the first mechanism that the server
// offers and we support.
func (d *dialogue) signIn() error {
	if d.server.user == "" {
		return nil
	}
	mechanism, auth := d.chooseAuth()
	if auth == nil {
		_, offered := d.client.Extension("AUTH")
		if offered == "" {
			return failed(StepSignIn,
				fmt.Sprintf("the server %s accepts no user name and password; remove them from the mail URL",
					d.server.address()), errNoAuth)
		}
		return failed(StepSignIn, fmt.Sprintf("the server %s offers no supported sign-in mechanism: it offers "+
			"%s, supported are PLAIN and LOGIN",
			d.server.address(), oneLine(offered)), errNoAuth)
	}
	if err := d.client.Auth(auth); err != nil {
		return d.fail(StepSignIn, "did not accept the user name and password", err)
	}
	d.opts.Progress(fmt.Sprintf("signed in as %s (%s)", d.server.user, mechanism))
	return nil
}

// deliver sends the message. When it returns nil, the server has taken responsibility for the message.
func (d *dialogue) deliver(from, to string, content []byte) error {
	utf8, err := d.needsUTF8(from, to)
	if err != nil {
		return err
	}
	if err := d.client.Mail(from, &smtp.MailOptions{UTF8: utf8, Size: int64(len(content))}); err != nil {
		return d.fail(StepSender, "did not accept the sender "+from, err)
	}
	d.opts.Progress("sender " + from + " accepted")
	if err := d.client.Rcpt(to, nil); err != nil {
		return d.fail(StepRecipient, "did not accept the recipient "+to, err)
	}
	d.opts.Progress("recipient " + to + " accepted")
	reply, err := d.write(content)
	if err != nil {
		return d.fail(StepMessage, "did not accept the message", err)
	}
	d.opts.Progress("message accepted: " + oneLine(reply))
	// The server has the message now: do not let a student wait for a slow QUIT.
	d.client.CommandTimeout = min(d.opts.StepTimeout, time.Second)
	_ = d.client.Quit()
	return nil
}

func (d *dialogue) write(content []byte) (string, error) {
	data, err := d.client.Data()
	if err != nil {
		return "", err
	}
	// The client's timeouts cover commands only, but a server may also stop reading within the message.
	if err := d.conn.SetDeadline(time.Now().Add(d.opts.StepTimeout)); err != nil {
		return "", err
	}
	if _, err := data.Write(content); err != nil {
		return "", err
	}
	reply, err := data.CloseWithResponse()
	if err != nil {
		return "", err
	}
	return reply.StatusText, nil
}

// needsUTF8 reports whether the addresses require SMTPUTF8, and fails if the server does not offer it.
func (d *dialogue) needsUTF8(from, to string) (bool, error) {
	if isASCII(from) && isASCII(to) {
		return false, nil
	}
	if ok, _ := d.client.Extension("SMTPUTF8"); ok {
		return true, nil
	}
	step, address := StepRecipient, to
	if isASCII(to) {
		step, address = StepSender, from
	}
	return false, failed(step, fmt.Sprintf("the server %s does not support the address %s: only ASCII letters, "+
		"digits and symbols (it does not offer SMTPUTF8)",
		d.server.address(), address), errBadRecipient)
}

func (d *dialogue) close() {
	if d.unwatch != nil {
		d.unwatch()
	}
	if d.conn != nil {
		_ = d.conn.Close()
	}
}

// fail returns a StepError with one sentence about what the server did at this step. problem follows "the server
// HOST:PORT".
func (d *dialogue) fail(step Step, problem string, err error) error {
	err = d.cause(err)
	why := explain(err, d.opts.StepTimeout)
	if step == StepTLS {
		why = explainTLS(err, d.server.host, d.opts.StepTimeout)
	}
	return failed(step, fmt.Sprintf("the server %s %s: %s", d.server.address(), problem, why), err)
}

// cause returns the reason for err. When the total timeout expires, err is only a closed connection; and a refusal
// may repeat the password, which must not get into a log.
func (d *dialogue) cause(err error) error {
	if ctxErr := d.ctx.Err(); ctxErr != nil {
		if errors.Is(ctxErr, context.DeadlineExceeded) {
			return errTooLong
		}
		return ctxErr
	}
	var refusal *smtp.SMTPError
	if errors.As(err, &refusal) && d.server.password != "" {
		redacted := *refusal
		redacted.Message = strings.NewReplacer(secrets(d.server.user, d.server.password)...).Replace(refusal.Message)
		return &redacted
	}
	return err
}

// errTooLong is the error of a dialogue that exceeded its total timeout although each step was in time.
var errTooLong = errors.New("it took too long in total")

var errNoAuth = errors.New("no common sign-in mechanism")

// chooseAuth returns a sign-in mechanism that the server offers, PLAIN before the older LOGIN, or nil if there is
// none.
func (d *dialogue) chooseAuth() (mechanism string, client sasl.Client) {
	switch {
	case d.client.SupportsAuth(sasl.Plain):
		return sasl.Plain, sasl.NewPlainClient("", d.server.user, d.server.password)
	case d.client.SupportsAuth(sasl.Login):
		return sasl.Login, &loginClient{answers: []string{d.server.user, d.server.password}}
	}
	return "", nil
}

// loginClient answers the server's first challenge with the user name and the second with the password, whatever
// their wording. The library's own client insists on "Password:", which some servers phrase differently, and sends
// the name unasked, which some servers reject.
type loginClient struct {
	answers []string
}

func (c *loginClient) Start() (mechanism string, initial []byte, err error) {
	return sasl.Login, nil, nil
}

func (c *loginClient) Next([]byte) ([]byte, error) {
	if len(c.answers) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	answer := c.answers[0]
	c.answers = c.answers[1:]
	return []byte(answer), nil
}

// secrets returns the forms in which the password crosses the wire, each followed by its replacement.
func secrets(user, password string) []string {
	const stars = "***"
	encode := base64.StdEncoding.EncodeToString
	return []string{
		encode([]byte("\x00" + user + "\x00" + password)), stars,
		encode([]byte(password)), stars,
		password, stars,
	}
}
