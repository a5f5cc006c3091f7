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

// smtpSender brings messages to a mail server, one connection each: codes are few and far between.
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

// signedIn opens a dialogue, signs in, and does something, all within the time that there is.
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

	conn     net.Conn // the innermost: TLS where there is TLS
	greeting []byte   // as the server sent it, see greet
	client   *smtp.Client
	unwatch  func() bool
}

// signIn gives name and password where they are configured, in the first way the server offers that we know.
func (d *dialogue) signIn() error {
	if d.server.user == "" {
		return nil
	}
	mechanism, auth := d.chooseAuth()
	if auth == nil {
		_, offered := d.client.Extension("AUTH")
		if offered == "" {
			return failed(StepSignIn, fmt.Sprintf("the server %s takes no user name and password; leave them out of the mail URL",
				d.server.address()), errNoAuth)
		}
		return failed(StepSignIn, fmt.Sprintf("the server %s offers no way to sign in that the museum knows: it offers %s, known are PLAIN and LOGIN",
			d.server.address(), oneLine(offered)), errNoAuth)
	}
	if err := d.client.Auth(auth); err != nil {
		return d.fail(StepSignIn, "did not accept the user name and password", err)
	}
	d.opts.Progress(fmt.Sprintf("signed in as %s (%s)", d.server.user, mechanism))
	return nil
}

// deliver hands the message over; when it returns nil the server has taken responsibility for it.
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
	// The message is the server's now: a slow goodbye is no reason to let a student wait.
	d.client.CommandTimeout = min(d.opts.StepTimeout, time.Second)
	_ = d.client.Quit()
	return nil
}

func (d *dialogue) write(content []byte) (string, error) {
	data, err := d.client.Data()
	if err != nil {
		return "", err
	}
	// The client limits commands only: a server that stops reading in mid-message must not hold us.
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

// needsUTF8 tells whether the addresses need the server's help to be carried.
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
	return false, failed(step, fmt.Sprintf("the server %s cannot carry the address %s: only letters from a to z, digits and signs (it does not offer SMTPUTF8)",
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

// fail says in one sentence what the server did at this step. problem follows "the server HOST:PORT".
func (d *dialogue) fail(step Step, problem string, err error) error {
	err = d.cause(err)
	why := explain(err, d.opts.StepTimeout)
	if step == StepTLS {
		why = explainTLS(err, d.server.host, d.opts.StepTimeout)
	}
	return failed(step, fmt.Sprintf("the server %s %s: %s", d.server.address(), problem, why), err)
}

// cause is the reason behind err: the end of the whole dialogue's time shows as a closed connection, and a
// server that repeats the password in its refusal must not bring it into a log.
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

// errTooLong ends a dialogue whose every step was in time but whose whole was not.
var errTooLong = errors.New("it took too long altogether")

var errNoAuth = errors.New("no common way to sign in")

// chooseAuth picks a way to sign in that the server offers, PLAIN before the older LOGIN; nil where there is none.
func (d *dialogue) chooseAuth() (mechanism string, client sasl.Client) {
	switch {
	case d.client.SupportsAuth(sasl.Plain):
		return sasl.Plain, sasl.NewPlainClient("", d.server.user, d.server.password)
	case d.client.SupportsAuth(sasl.Login):
		return sasl.Login, &loginClient{answers: []string{d.server.user, d.server.password}}
	}
	return "", nil
}

// loginClient answers the server's first question with the user name and the second with the password, whatever
// their wording. The library's own insists on "Password:", which not every server writes like that, and sends
// the name before it is asked, which not every server takes.
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

// secrets are the forms in which the password crosses the wire, each followed by what to write in its place.
func secrets(user, password string) []string {
	const stars = "***"
	encode := base64.StdEncoding.EncodeToString
	return []string{
		encode([]byte("\x00" + user + "\x00" + password)), stars,
		encode([]byte(password)), stars,
		password, stars,
	}
}
