package mail

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
)

// Kinds of transport, which are the schemes of the URLs.
const (
	kindSMTP     = "smtp"
	kindSMTPS    = "smtps"
	kindSendmail = "sendmail"
	kindConsole  = "console"
)

// How a connection to an SMTP server is protected.
const (
	tlsNone     = "none"     // plain text
	tlsStartTLS = "starttls" // after STARTTLS, which the server must offer
	tlsImplicit = "implicit" // TLS from the first byte
)

// transport is a parsed mail URL.
type transport struct {
	kind           string
	program        string // path of the program, for sendmail
	host, port     string
	user, password string
	tls            string
}

// CheckURL returns what is wrong with a mail URL, or nil.
//
// With smtp://, mail is sent encrypted or not at all: a code is as good as a password for 15 minutes, and a server
// that suddenly offers no STARTTLS may be an attacker. Plain text is allowed to a server on this machine without
// sign-in and not on port 587, and wherever the operator writes ?tls=none.
func CheckURL(rawURL string) error {
	_, err := parseURL(rawURL)
	return err
}

// parseURL parses a mail URL. It never repeats the error of url.Parse, which quotes the URL with its password.
func parseURL(rawURL string) (transport, error) {
	scheme, _, _ := strings.Cut(rawURL, ":")
	u, err := url.Parse(rawURL)
	switch {
	case strings.ToLower(scheme) == kindConsole:
		if rawURL[len(scheme):] != ":" {
			return transport{}, errors.New("write console: with nothing after the colon")
		}
		return transport{kind: kindConsole}, nil
	case err != nil && isSMTP(strings.ToLower(scheme)):
		return transport{}, errors.New("it is not valid: in the user name and the password write " +
			"% as %25, / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A")
	case err == nil && u.Scheme == kindSendmail:
		return parseSendmail(u)
	case err == nil && isSMTP(u.Scheme):
		return parseSMTP(u)
	}
	return transport{}, errors.New("must be console: or begin with smtp://, smtps:// or sendmail://")
}

func isSMTP(scheme string) bool { return scheme == kindSMTP || scheme == kindSMTPS }

func parseSendmail(u *url.URL) (transport, error) {
	if u.Host != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || len(u.Path) < 2 {
		return transport{}, errors.New("write sendmail:// and the full path of the program, such as " +
			"sendmail:///usr/sbin/sendmail")
	}
	return transport{kind: kindSendmail, program: u.Path}, nil
}

func parseSMTP(u *url.URL) (transport, error) {
	t := transport{kind: u.Scheme, host: u.Hostname(), port: u.Port(), user: u.User.Username()}
	t.password, _ = u.User.Password()
	switch {
	// A password with an unescaped / or # ends up here, so the URL is not quoted.
	case u.Opaque != "" || u.Fragment != "" || (u.Path != "" && u.Path != "/"):
		return t, errors.New("nothing may follow the port; in the password write / as %2F and # as %23")
	case t.host == "":
		return t, fmt.Errorf("the name of the mail server is missing, as in %s://mail.example.com", t.kind)
	case t.user == "" && t.password != "":
		return t, errors.New("there is a password but no user name before it")
	case t.user != "" && t.password == "":
		return t, errors.New("there is a user name but no password after it, as in user:password@")
	case strings.ContainsAny(t.user+t.password, "\x00\r\n"):
		return t, errors.New("the user name and the password must be one line")
	}
	if t.port == "" {
		t.port = map[string]string{kindSMTP: "587", kindSMTPS: "465"}[t.kind]
	}
	if n, err := strconv.Atoi(t.port); err != nil || n < 1 || n > 65535 {
		return t, errors.New("the port must be a number from 1 to 65535")
	}
	return t, t.setTLS(u.Query())
}

func (t *transport) setTLS(query url.Values) error {
	for key := range query {
		if key != "tls" {
			return errors.New("after the question mark only tls=starttls or tls=none may stand")
		}
	}
	choice := query.Get("tls")
	switch {
	case t.kind == kindSMTPS && choice == "":
		t.tls = tlsImplicit
	case t.kind == kindSMTPS:
		return errors.New("smtps:// is always encrypted; remove ?tls= or write smtp://")
	case choice == tlsNone || choice == tlsStartTLS:
		t.tls = choice
	case choice != "":
		return errors.New("after the question mark only tls=starttls or tls=none may stand")
	case isLoopback(t.host) && t.user == "" && t.port != "587":
		t.tls = tlsNone
	default:
		t.tls = tlsStartTLS
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func (t transport) address() string { return net.JoinHostPort(t.host, t.port) }

// sender returns the configured sender, or the user name if that is an address, which most servers require as the
// sender anyway.
func (t transport) sender(from string) (*mail.Address, error) {
	if from == "" && checkAddress(t.user) == nil {
		from = t.user
	}
	return parseFrom(from)
}

// NeedsFrom reports whether this URL requires a configured sender.
func NeedsFrom(rawURL string) bool {
	t, err := parseURL(rawURL)
	return err == nil && t.kind != kindConsole && checkAddress(t.user) != nil
}

// Redact returns a mail URL with its password replaced by stars. It hides an invalid URL completely, because the
// password could be anywhere in it.
func Redact(rawURL string) string {
	t, err := parseURL(rawURL)
	if err != nil {
		return "***"
	}
	if t.password == "" {
		return rawURL
	}
	u, _ := url.Parse(rawURL)
	u.User = nil
	return strings.Replace(u.String(), "://", "://"+url.User(t.user).String()+":***@", 1)
}
