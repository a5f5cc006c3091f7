package cmd

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mathmuseums/mathmuseums/app/authority"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
	"golang.org/x/crypto/acme" // Let's Encrypt's protocol, by the authors of Go
	"golang.org/x/crypto/acme/autocert"
)

// encryption is the way in which the museum itself provides https.
type encryption string

const (
	encryptionOff  encryption = "off"  // it does not, though a proxy may
	encryptionAuto encryption = "auto" // with certificates from a public authority (ACME)
	encryptionLAN  encryption = "lan"  // with certificates from an authority of its own, for a local network
)

// scheme returns the scheme of the museum's own addresses.
func (e encryption) scheme() string {
	if e == encryptionAuto || e == encryptionLAN {
		return "https"
	}
	return "http"
}

// tlsSetup holds what the server needs for https. It is nil if the museum does not provide https.
type tlsSetup struct {
	config *tls.Config
	plain  http.Handler         // answers http requests on the same port; nil if none are accepted
	auto   *autocert.Manager    // for encryptionAuto
	port80 net.Listener         // from systemd, for encryptionAuto; nil if it passed none
	lan    *authority.Authority // for encryptionLAN
}

func newTLSSetup(c *Config) (*tlsSetup, error) {
	switch c.TLS {
	case encryptionAuto:
		manager := &autocert.Manager{
			Prompt:     autocert.AcceptTOS, // announced in the help text
			Cache:      autocert.DirCache(filepath.Join(c.DataDir, "certificates")),
			HostPolicy: onlyHost(c.PublicURL.Hostname()),
			Client:     &acme.Client{DirectoryURL: c.ACMEURL, UserAgent: "mathmuseums"},
		}
		return &tlsSetup{config: manager.TLSConfig(), auto: manager}, nil
	case encryptionLAN:
		names := web.LocalNames()
		own, err := authority.Open(c.DataDir, names, lanAddresses())
		if err != nil {
			return nil, err
		}
		plain, err := web.NewInstallHandler(assets.FS, own, c.BasePath)
		if err != nil {
			return nil, err
		}
		keeper := authority.NewKeeper(own, func() ([]string, []netip.Addr) {
			return names, append(lanAddresses(), netip.MustParseAddr("127.0.0.1"), netip.IPv6Loopback())
		})
		config := &tls.Config{GetCertificate: keeper.Certificate, NextProtos: []string{"h2", "http/1.1"},
			MinVersion: tls.VersionTLS12}
		return &tlsSetup{config: config, plain: plain, lan: own}, nil
	}
	return nil, nil
}

// onlyHost allows certificates for one host name only. Authorities may append the port when they connect to port 80.
func onlyHost(name string) autocert.HostPolicy {
	only := autocert.HostWhitelist(name)
	return func(ctx context.Context, host string) error { return only(ctx, strings.TrimSuffix(host, ":80")) }
}

// takePort80 removes the socket for port 80 from those that systemd passed, if there are others; it will redirect to
// https.
func (s *tlsSetup) takePort80(listeners []net.Listener) []net.Listener {
	if s == nil || s.auto == nil || len(listeners) < 2 {
		return listeners
	}
	return slices.DeleteFunc(listeners, func(l net.Listener) bool {
		if !isAtPort(l, "80") {
			return false
		}
		s.port80 = l
		return true
	})
}

func isAtPort(listener net.Listener, want string) bool {
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return err == nil && port == want
}

// fetch obtains the certificate at the start rather than with the first visitor, so that the operator learns of
// problems.
func (s *tlsSetup) fetch(ctx context.Context, c *Config, log *slog.Logger) {
	_, err := s.auto.GetCertificate(&tls.ClientHelloInfo{
		ServerName: c.PublicURL.Hostname(), CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}})
	switch {
	case ctx.Err() != nil:
	case err != nil:
		log.Error("no certificate could be obtained; the next visit tries again", "host", c.PublicURL.Hostname(),
			"error", err,
			"help", "the authority must be able to reach this machine by that name on port 443; see mathmuseums "+
				"serve --help")
	default:
		log.Info("the certificate is ready", "host", c.PublicURL.Hostname())
	}
}

// endpoint is a listener with the server that accepts its connections.
type endpoint struct {
	server    *http.Server
	listener  net.Listener
	encrypted bool // serve TLS; the server's TLSConfig does not tell, since net/http always sets one
}

func (e endpoint) serve() error {
	if e.encrypted {
		return e.server.ServeTLS(e.listener, "", "")
	}
	return e.server.Serve(e.listener)
}

// newEndpoints assigns servers to the listeners: one server for all if there is one protocol, or one each for https
// and for http on the same port. With ACME certificates on port 443, port 80 redirects to https if it is available.
func newEndpoints(listeners []net.Listener, s *tlsSetup, newServer func(http.Handler) *http.Server, handler http.Handler, log *slog.Logger) []endpoint {
	main := newServer(handler)
	var endpoints []endpoint
	if s == nil {
		for _, listener := range listeners {
			endpoints = append(endpoints, endpoint{server: main, listener: listener})
		}
		return endpoints
	}
	main.TLSConfig = s.config
	for _, listener := range listeners {
		if s.plain == nil {
			endpoints = append(endpoints, endpoint{server: main, listener: listener, encrypted: true})
			continue
		}
		encrypted, plain := splitTLS(listener)
		endpoints = append(endpoints,
			endpoint{server: main, listener: encrypted, encrypted: true},
			endpoint{server: newServer(s.plain), listener: plain})
	}
	listener := s.port80
	if listener == nil && s.auto != nil && isAtPort(listeners[0], "443") {
		host, _, _ := net.SplitHostPort(listeners[0].Addr().String())
		var err error
		if listener, err = net.Listen("tcp", net.JoinHostPort(host, "80")); err != nil {
			log.Warn("http:// addresses will not work", "error", fmt.Errorf("listen on port 80: %w", cause(err)))
			return endpoints
		}
	}
	if listener != nil {
		endpoints = append(endpoints, endpoint{server: newServer(s.auto.HTTPHandler(nil)), listener: listener})
	}
	return endpoints
}

// tlsHandshake is the first byte of a TLS connection (RFC 8446, 5.1). No method of HTTP begins with it.
const tlsHandshake = 0x16

// splitTLS splits a listener in two by the first byte of each connection, so that a visitor who types http:// before
// an https address gets an answer in http instead of a TLS error.
func splitTLS(whole net.Listener) (encrypted, plain net.Listener) {
	done := make(chan struct{})
	finish := sync.OnceFunc(func() { close(done) })
	closing := sync.OnceValue(whole.Close) // both servers close their listener
	first := &splitListener{Listener: whole, closing: closing, connections: make(chan net.Conn), done: done}
	second := &splitListener{Listener: whole, closing: closing, connections: make(chan net.Conn), done: done}
	go func() {
		defer finish()
		for {
			conn, err := whole.Accept()
			switch {
			case err == nil:
				go dispatch(conn, first, second)
			case errors.Is(err, net.ErrClosed):
				return
			default: // temporary, such as too many open files
				time.Sleep(50 * time.Millisecond)
			}
		}
	}()
	return first, second
}

// splitListener is one of the two listeners.
type splitListener struct {
	net.Listener
	closing     func() error
	connections chan net.Conn
	done        chan struct{} // closed with the original listener
}

// Close closes the original listener, and with it both.
func (p *splitListener) Close() error { return p.closing() }

func (p *splitListener) Accept() (net.Conn, error) {
	select {
	case conn := <-p.connections:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// dispatch passes a connection to one of the listeners by its first byte. It closes connections that send none in
// time.
func dispatch(conn net.Conn, encrypted, plain *splitListener) {
	peeked := &peekedConn{Conn: conn}
	_ = conn.SetReadDeadline(time.Now().Add(headerTimeout))
	if _, err := conn.Read(peeked.first[:]); err != nil {
		_ = conn.Close()
		return
	}
	_ = conn.SetReadDeadline(time.Time{})
	to := plain
	if peeked.first[0] == tlsHandshake {
		to = encrypted
	}
	select {
	case to.connections <- peeked:
	case <-to.done:
		_ = conn.Close()
	}
}

// peekedConn is a connection whose first byte was already read; Read returns it again.
type peekedConn struct {
	net.Conn
	first    [1]byte
	replayed bool
}

func (c *peekedConn) Read(p []byte) (int, error) {
	if c.replayed || len(p) == 0 {
		return c.Conn.Read(p)
	}
	c.replayed = true
	p[0] = c.first[0]
	return 1, nil
}
