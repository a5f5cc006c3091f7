package mail_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const (
	userName = "museum@example.com"
	password = "corr3ct-h0rse/battery"
)

// mailServer is a real SMTP server on a loopback socket that collects mails.
type mailServer struct {
	addr      string
	authority *x509.CertPool

	mechanisms []string          // ways to sign in that it offers
	refuse     map[string]string // command -> text of the refusal
	dropInData bool

	mu       sync.Mutex
	received []receivedMail
}

type receivedMail struct {
	from, to, signedInAs, mechanism string
	utf8, encrypted                 bool
	content                         string
}

type serverOptions struct {
	implicitTLS bool
	noStartTLS  bool
	certName    string // name in the certificate; default localhost
	smtpUTF8    bool
}

func startMailServer(t *testing.T, opts serverOptions) *mailServer {
	t.Helper()
	if opts.certName == "" {
		opts.certName = "localhost"
	}
	certificate, pool := makeCertificate(t, opts.certName)
	m := &mailServer{authority: pool, refuse: map[string]string{}}

	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &mailSession{server: m, conn: c}, nil
	}))
	server.Domain = "mail.example.com"
	server.AllowInsecureAuth = true
	server.EnableSMTPUTF8 = opts.smtpUTF8
	server.ErrorLog = log.New(io.Discard, "", 0)
	tlsConfig := &tls.Config{Certificates: []tls.Certificate{certificate}}
	if !opts.noStartTLS {
		server.TLSConfig = tlsConfig
	}

	listener := listen(t)
	m.addr = listener.Addr().String()
	if opts.implicitTLS {
		listener = tls.NewListener(listener, tlsConfig)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	// Also closes the listener: a test that never connects may end before Serve has it.
	t.Cleanup(func() { _ = server.Close(); _ = listener.Close(); <-done })
	return m
}

func (m *mailServer) port() string {
	_, port, _ := net.SplitHostPort(m.addr)
	return port
}

func (m *mailServer) onlyMail(t *testing.T) receivedMail {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.received) != 1 {
		t.Fatalf("the server got %d mails, want 1", len(m.received))
	}
	return m.received[0]
}

func (m *mailServer) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.received)
}

// refusal returns the error with which the server answers a command, or nil.
func (m *mailServer) refusal(command string) error {
	text, ok := m.refuse[command]
	if !ok {
		return nil
	}
	return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: text}
}

type mailSession struct {
	server *mailServer
	conn   *smtp.Conn
	mail   receivedMail
}

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

func (s *mailSession) AuthMechanisms() []string { return s.server.mechanisms }

func (s *mailSession) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, pass string) error {
		if err := s.server.refusal("AUTH"); err != nil {
			return err
		}
		if user != userName || pass != password {
			return smtp.ErrAuthFailed
		}
		s.mail.signedInAs, s.mail.mechanism = user, mechanism
		return nil
	}
	if mechanism == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, pass string) error { return check(user, pass) }), nil
}

func (s *mailSession) Mail(from string, opts *smtp.MailOptions) error {
	s.mail.from, s.mail.utf8 = from, opts.UTF8
	return s.server.refusal("MAIL")
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to = to
	return s.server.refusal("RCPT")
}

func (s *mailSession) Data(r io.Reader) error {
	if s.server.dropInData {
		return s.conn.Conn().Close()
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.server.refusal("DATA"); err != nil {
		return err
	}
	_, s.mail.encrypted = s.conn.TLSConnectionState()
	s.mail.content = string(content)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.received = append(s.server.received, s.mail)
	return nil
}

// loginServer phrases its challenges unusually, as some servers do.
type loginServer struct {
	check   func(user, pass string) error
	answers []string
}

func (s *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if response != nil {
		s.answers = append(s.answers, string(response))
	}
	switch len(s.answers) {
	case 0:
		return []byte("User Name\x00"), false, nil
	case 1:
		return []byte("Password\x00"), false, nil
	case 2:
		return nil, true, s.check(s.answers[0], s.answers[1])
	}
	return nil, true, errors.New("too many answers")
}

// startScript serves connections with talk, for servers that are too broken for any library.
func startScript(t *testing.T, talk func(c net.Conn, lines *bufio.Scanner)) (port string) {
	t.Helper()
	listener := listen(t)
	var served sync.WaitGroup
	served.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			served.Go(func() {
				defer conn.Close()
				_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
				talk(conn, bufio.NewScanner(conn))
			})
		}
	})
	t.Cleanup(func() { _ = listener.Close(); served.Wait() })
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port
}

// say sends lines; answer sends each of them after one line of the client.
func say(c net.Conn, lines ...string) {
	_, _ = io.WriteString(c, strings.Join(lines, "\r\n")+"\r\n")
}

func answer(c net.Conn, heard *bufio.Scanner, replies ...string) {
	for _, reply := range replies {
		if !heard.Scan() {
			return
		}
		say(c, reply)
	}
}

// keepSilent holds the connection open until the client gives up, so that the client meets silence rather than a
// closed connection.
func keepSilent(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func makeCertificate(t *testing.T, name string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
