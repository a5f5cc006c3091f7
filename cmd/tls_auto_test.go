package cmd_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// A certificate is obtained from Let's Encrypt's test server by its real challenges, and kept across a restart.
func TestTLSByACME(t *testing.T) {
	museumAt := testenv.FreeAddress(t)
	_, museumPort, _ := net.SplitHostPort(museumAt)
	acme := newPebble(t, "1", museumPort)
	h := newHome(t, acme.environ()...)
	visitor := acme.visitor(museumPort)
	open := func() *server {
		s := start(t, h.command("serve", "--tls", "auto", "--addr", museumAt, "--data-dir", "museum"))
		s.stdout.waitFor(t, "For everybody +https://museum.example.com/")
		return s
	}
	s := open()
	s.stderr.waitFor(t, "the certificate is ready")
	answer, _ := get(t, visitor, "https://museum.example.com/")
	if answer.StatusCode != 200 || answer.Header.Get("Strict-Transport-Security") == "" || !strings.Contains(answer.TLS.PeerCertificates[0].Issuer.CommonName, "Pebble") {
		t.Errorf("%d, issued by %s", answer.StatusCode, answer.TLS.PeerCertificates[0].Issuer)
	}
	serial := fmt.Sprint(answer.TLS.PeerCertificates[0].SerialNumber)
	if info, err := os.Stat(h.data("certificates")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the certificates: %v %v", info.Mode(), err)
	}
	if conn, err := tls.Dial("tcp", museumAt, &tls.Config{ServerName: "other.example.com", InsecureSkipVerify: true}); err == nil {
		conn.Close()
		t.Errorf("anybody can have certificates asked for in any name")
	}
	s.stop(t)

	_ = acme.cmd.Process.Kill() // so what is shown now was kept
	<-acme.ended
	open().stderr.waitFor(t, "the certificate is ready")
	visitor.CloseIdleConnections()
	answer, _ = get(t, visitor, "https://museum.example.com/")
	if got := fmt.Sprint(answer.TLS.PeerCertificates[0].SerialNumber); got != serial {
		t.Errorf("after a restart it shows certificate %s, want %s", got, serial)
	}
}

// On the usual ports a certificate can be obtained through either, so also behind a proxy that terminates TLS on port
// 443; and port 80 redirects to https.
func TestTLSAtTheUsualPorts(t *testing.T) {
	for _, port := range []string{"80", "443"} {
		listener, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err != nil {
			testenv.Skip(t, fmt.Sprintf("port %s cannot be had: %v. Run the test as root, and close what is there", port, err))
		}
		listener.Close()
	}
	for _, test := range []struct {
		name, http, https string // the ports that the authority comes to; 1: it finds nothing
		handed            bool   // systemd holds the sockets
	}{
		{"by port 80", "80", "1", false},
		{"by port 443", "1", "443", false},
		{"by sockets of systemd", "80", "1", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			acme := newPebble(t, test.http, test.https)
			h := newHome(t, acme.environ()...)
			cmd := h.command("serve", "--tls", "auto", "--addr", "127.0.0.1:443", "--data-dir", "museum")
			visitor := acme.visitor("")
			if test.handed {
				cmd = h.activated(t, cmd, "127.0.0.1:80", "127.0.0.1:443")
			}
			s := start(t, cmd)
			if test.handed {
				s.stderr.waitFor(t, "Listening on 127.0.0.1:443")
				get(t, visitor, "http://museum.example.com/") // which starts the museum
			}
			s.stderr.waitFor(t, "the certificate is ready")
			if answer, text := get(t, visitor, "https://museum.example.com/"); answer.StatusCode != 200 || !strings.Contains(text, "<title>Math Museums</title>") {
				t.Errorf("the museum: %d\n%s", answer.StatusCode, text)
			}
			answer, _ := get(t, visitor, "http://museum.example.com/api/?a=1")
			if want := "https://museum.example.com/api/?a=1"; answer.StatusCode != 302 || answer.Header.Get("Location") != want {
				t.Errorf("who comes by http: %d to %q, want %s", answer.StatusCode, answer.Header.Get("Location"), want)
			}
			if answer, _ = get(t, visitor, "http://museum.example.com/.well-known/acme-challenge/guessed"); answer.StatusCode != 404 {
				t.Errorf("a challenge that nobody gave: %d", answer.StatusCode)
			}
			s.stop(t)
		})
	}
}

// If port 80 is in use, the museum runs all the same and reports what is missing.
func TestPort80Taken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:80")
	if err != nil {
		testenv.Skip(t, fmt.Sprintf("port 80 cannot be had: %v. Run the test as root, and close what is there", err))
	}
	defer taken.Close()
	h := newHome(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_ACME_URL=https://127.0.0.1:1/dir")
	s := start(t, h.command("serve", "--tls", "auto", "--addr", "127.0.0.1:443", "--data-dir", "museum"))
	s.stderr.waitFor(t, `http:// addresses will not work","error":"listen on port 80: address already in use"`)
	s.stdout.waitFor(t, "The museum is open")
	s.stop(t)
}

// If no certificate can be obtained, the museum reports that and keeps running.
func TestACMEFails(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_ACME_URL=https://127.0.0.1:1/dir")
	s := start(t, h.command("serve", "--tls", "auto", "--addr", "127.0.0.1:0", "--data-dir", "museum"))
	s.stderr.waitFor(t, `no certificate could be obtained; the next visit tries again","host":"museum.example.com".*"help"`)
	s.stop(t)
}
