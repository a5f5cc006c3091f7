package mail

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"time"

	"github.com/emersion/go-smtp"
)

// maxReply is the maximum length of a greeting or reply to STARTTLS in bytes; RFC 5321 allows 512 per line.
const maxReply = 4096

// open connects, encrypts the connection as configured and sends EHLO. Each step has its own error, since "the server
// does not work" does not help the operator.
func (d *dialogue) open() error {
	if err := d.connect(); err != nil {
		return err
	}
	if d.server.tls == tlsImplicit {
		if err := d.encrypt(); err != nil {
			return err
		}
	}
	if err := d.greet(); err != nil {
		return err
	}
	if err := d.hello(); err != nil {
		return err
	}
	if d.server.tls != tlsStartTLS {
		return nil
	}
	if err := d.startTLS(); err != nil {
		return err
	}
	// Capabilities from before TLS cannot be trusted: anyone on the way could have sent them.
	return d.hello()
}

func (d *dialogue) connect() error {
	dialer := net.Dialer{Timeout: d.opts.StepTimeout}
	conn, err := dialer.DialContext(d.ctx, "tcp", d.server.address())
	if err != nil {
		err = d.cause(err)
		return failed(StepConnect, fmt.Sprintf("cannot connect to the server %s: %s",
			d.server.address(), explain(err, d.opts.StepTimeout)), err)
	}
	d.conn = conn
	d.unwatch = context.AfterFunc(d.ctx, func() { _ = conn.Close() })
	d.opts.Progress(fmt.Sprintf("connected to %s (%s)", d.server.address(), conn.RemoteAddr()))
	return nil
}

func (d *dialogue) encrypt() error {
	ctx, cancel := context.WithTimeout(d.ctx, d.opts.StepTimeout)
	defer cancel()
	conn := tls.Client(d.conn, &tls.Config{ServerName: d.server.host, RootCAs: d.opts.RootCAs,
		MinVersion: tls.VersionTLS12})
	if err := conn.HandshakeContext(ctx); err != nil {
		return d.fail(StepTLS, "could not be reached over an encrypted connection", err)
	}
	d.conn = conn
	d.opts.Progress(fmt.Sprintf("encrypted with %s; the certificate is valid for %s",
		tls.VersionName(conn.ConnectionState().Version), d.server.host))
	return nil
}

// greet reads the server's greeting. The client cannot distinguish a silent server from one that rejects EHLO, so we
// read the greeting ourselves and replay it to the client.
func (d *dialogue) greet() error {
	greeting, err := d.readReply(220)
	if err != nil {
		if d.server.port == "465" && d.server.tls != tlsImplicit {
			return d.fail(StepGreeting, "did not greet; for port 465 write smtps:// instead of smtp://", err)
		}
		return d.fail(StepGreeting, "did not greet", err)
	}
	d.greeting = greeting
	d.opts.Progress("the server greets: " + oneLine(string(greeting)))
	return nil
}

// hello sends EHLO on the current connection.
func (d *dialogue) hello() error {
	d.client = smtp.NewClient(replayConn{d.conn, io.MultiReader(bytes.NewReader(d.greeting), d.conn)})
	d.client.CommandTimeout = d.opts.StepTimeout
	d.client.SubmissionTimeout = d.opts.StepTimeout
	if err := d.client.Hello(ourName(d.conn.LocalAddr())); err != nil {
		return d.fail(StepHello, "did not accept our introduction (EHLO)", err)
	}
	d.opts.Progress("introduced (EHLO)")
	return nil
}

func (d *dialogue) startTLS() error {
	if offered, _ := d.client.Extension("STARTTLS"); !offered {
		return failed(StepStartTLS, fmt.Sprintf("the server %s does not offer encryption (STARTTLS), so nothing "+
			"was sent; "+
			"if the whole network up to it is yours, add ?tls=none to the mail "+
			"URL", d.server.address()), errors.New("no STARTTLS"))
	}
	_ = d.conn.SetDeadline(time.Now().Add(d.opts.StepTimeout))
	_, err := io.WriteString(d.conn, "STARTTLS\r\n")
	if err == nil {
		_, err = d.readReply(220)
	}
	if err != nil {
		return d.fail(StepStartTLS, "offers encryption (STARTTLS) but did not start it", err)
	}
	return d.encrypt()
}

// readReply reads exactly one reply: the bytes that follow may belong to TLS or to the client.
func (d *dialogue) readReply(want int) ([]byte, error) {
	if err := d.conn.SetDeadline(time.Now().Add(d.opts.StepTimeout)); err != nil {
		return nil, err
	}
	defer func() { _ = d.conn.SetDeadline(time.Time{}) }()
	var raw []byte
	for lineStart := 0; ; {
		char := make([]byte, 1)
		if _, err := io.ReadFull(d.conn, char); err != nil {
			return nil, err
		}
		if raw = append(raw, char[0]); len(raw) > maxReply {
			return nil, errors.New("its reply does not end")
		}
		if char[0] != '\n' {
			continue
		}
		if !isContinued(raw[lineStart:]) {
			break
		}
		lineStart = len(raw)
	}
	if !isReply(raw) {
		return nil, errors.New("the program that answers is not a mail server")
	}
	_, _, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(raw))).ReadResponse(want)
	return raw, asRefusal(err)
}

// isReply reports whether a line looks like a reply of a mail server, such as "220 hello".
func isReply(line []byte) bool {
	return len(line) > 3 && strings.Trim(string(line[:3]), "0123456789") == ""
}

// isContinued reports whether more lines follow, as after "220-hello".
func isContinued(line []byte) bool { return isReply(line) && line[3] == '-' }

// asRefusal converts textproto's error type to that of the SMTP client.
func asRefusal(err error) error {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return &smtp.SMTPError{Code: reply.Code, EnhancedCode: smtp.NoEnhancedCode, Message: reply.Msg}
	}
	return err
}

// ourName returns the address literal that EHLO requires from a machine without a public name (RFC 5321, 4.1.3).
// Servers that look names up would reject the machine's own name.
func ourName(local net.Addr) string {
	host, _, err := net.SplitHostPort(local.String())
	if err != nil {
		return "localhost"
	}
	host, _, _ = strings.Cut(host, "%")
	if strings.Contains(host, ":") {
		return "[IPv6:" + host + "]"
	}
	return "[" + host + "]"
}

// replayConn is a connection that reads from another reader.
type replayConn struct {
	net.Conn
	reader io.Reader
}

func (c replayConn) Read(p []byte) (int, error) { return c.reader.Read(p) }
