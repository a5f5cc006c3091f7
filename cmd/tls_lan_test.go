package cmd_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/authority"
)

// trusting returns a client that trusts only these authorities.
func trusting(pem string) *http.Client {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(pem))
	return &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       patience,
	}
}

func get(t *testing.T, client *http.Client, url string) (*http.Response, string) {
	t.Helper()
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

func TestTLSInAClassroom(t *testing.T) {
	h := newHome(t)
	h.run(t, "authority", "--data-dir", "museum").want(t, 1, "", "there is no authority yet; this command creates one: mathmuseums serve --tls lan --data-dir")
	open := func() (*server, string) {
		s := start(t, h.command("serve", "--tls", "lan", "--addr", "127.0.0.1:0", "--data-dir", "museum"))
		port := s.stdout.waitFor(t, `On this computer +https://localhost:(\d+)/`)
		s.stdout.waitFor(t, "Ctrl\\+C closes it")
		return s, "127.0.0.1:" + port
	}
	s, address := open()
	fingerprint := s.stdout.waitFor(t, `Fingerprint +((?:[0-9A-F]{2}:){31}[0-9A-F]{2})`)
	shown := h.run(t, "authority", "--data-dir", "museum")
	shown.want(t, 0, "SHA-256     "+fingerprint, "")
	pem := h.run(t, "authority", "--pem", "--data-dir", "museum").stdout

	device := trusting(pem)
	for _, name := range []string{address, strings.Replace(address, "127.0.0.1", "localhost", 1)} {
		answer, text := get(t, device, "https://"+name+"/")
		if answer.StatusCode != 200 || answer.Proto != "HTTP/2.0" || !strings.Contains(text, "<title>Math Museums</title>") {
			t.Errorf("%s: %s %s", name, answer.Status, answer.Proto)
		}
		if answer.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("devices are told to insist on https, which ends with the authority")
		}
	}
	var unknown *tls.CertificateVerificationError
	if _, err := trusting("").Get("https://" + address + "/"); !errors.As(err, &unknown) {
		t.Errorf("a device without the authority: %v", err)
	}

	// http on the same port explains how to install the authority.
	answer, text := get(t, device, "http://"+address+"/")
	if answer.StatusCode != 200 || !strings.Contains(text, fingerprint) || !strings.Contains(text, `href="https://`+address+`/"`) || !strings.Contains(text, "Chromebook") {
		t.Errorf("the page that says how: %d\n%s", answer.StatusCode, text)
	}
	answer, text = get(t, device, "http://"+address+"/math-museums.crt")
	if text != pem || answer.Header.Get("Content-Type") != "application/x-x509-ca-cert" {
		t.Errorf("the file to install: %s\n%s", answer.Header.Get("Content-Type"), text)
	}
	if answer, _ = get(t, device, "http://"+address+"/api/?a=1"); answer.StatusCode != 307 || answer.Header.Get("Location") != "https://"+address+"/api/?a=1" {
		t.Errorf("another address: %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}

	// A silent connection does not block others.
	silent, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	if answer, _ := get(t, trusting(pem), "https://"+address+"/healthz"); answer.StatusCode != 200 {
		t.Errorf("beside a silent caller: %d", answer.StatusCode)
	}
	s.stop(t)
	_ = silent.SetReadDeadline(time.Now().Add(patience))
	if _, err := silent.Read(make([]byte, 1)); !errors.Is(err, io.EOF) && !strings.Contains(err.Error(), "reset") {
		t.Errorf("the silent caller is not put out: %v", err)
	}

	_, address = open() // and the devices need nothing new
	if answer, _ := get(t, trusting(pem), "https://"+address+"/"); answer.StatusCode != 200 {
		t.Errorf("after a restart: %d", answer.StatusCode)
	}
}

// The authority cannot vouch for a name that the laptop was given later: the museum reports that, and its advice
// works.
func TestTLSOnALaptopThatWasRenamed(t *testing.T) {
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	h := newHome(t)
	if err := os.Mkdir(h.data(""), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := authority.Open(h.data(""), []string{"localhost", "called-otherwise"}, nil); err != nil {
		t.Fatal(err)
	}
	open := func() *server {
		s := start(t, h.command("serve", "--tls", "lan", "--addr", "127.0.0.1:0", "--data-dir", "museum"))
		s.stdout.waitFor(t, "Ctrl\\+C closes it")
		return s
	}
	s := open()
	file := h.data(authority.File)
	s.stdout.waitFor(t, "Devices do not trust the museum as "+regexp.QuoteMeta(strings.ToLower(name))+", .*delete "+regexp.QuoteMeta(file)+", and start it again")
	s.stop(t)

	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if s = open(); strings.Contains(s.stdout.String(), "do not trust") {
		t.Errorf("with a new authority it still says\n%s", s.stdout)
	}
}

func TestTLSSettings(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	h.run(t, "serve", "--tls", "on").want(t, 2, "", `--tls: "on" is not valid; write off, auto or lan`)
	h.run(t, "serve", "--tls", "lan", "--addr", "unix:m.sock").want(t, 78, "", "MATHMUSEUMS_TLS: with a unix socket the proxy provides https")
	for _, public := range []string{"", "http://museum.example.com/", "https://laptop/", "https://192.0.2.1/", "https://museum.example.com:8443/"} {
		h.environ = append(h.environ, "MATHMUSEUMS_PUBLIC_URL="+public)
		h.run(t, "serve", "--tls", "auto").want(t, 78, "", "MATHMUSEUMS_TLS: auto needs MATHMUSEUMS_PUBLIC_URL, such as https://museum.example.com/")
	}
	h.environ = append(h.environ, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_TLS=auto")
	wantSetting(t, h.run(t, "config"), "ADDR", ":443", "default")
	h.environ = append(h.environ, "MATHMUSEUMS_ADDR=:8443")
	wantSetting(t, h.run(t, "config"), "ADDR", ":8443", "environment")
}
