package cmd_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// unixClient returns an HTTP client that connects to a socket, whatever the host in the URL.
func unixClient(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}}}
}

func TestUnixSocket(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files on Windows have no mode, and a program there cannot be sent SIGTERM")
	}
	h := newHome(t, "MATHMUSEUMS_SIGNIN_REQUESTS_PER_MINUTE=2")
	path := filepath.Join(shortFolder(t), "m.sock")
	open := func() *server {
		s := start(t, h.command("serve", "--addr", "unix:"+path, "--data-dir", "museum"))
		s.stdout.waitFor(t, "For a proxy +"+regexp.QuoteMeta("unix:"+path)+"\n")
		s.stdout.waitFor(t, "Ctrl\\+C closes it")
		return s
	}
	s := open()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o660 {
		t.Errorf("the socket: %v, %v, want mode 0660", info.Mode(), err)
	}

	// The proxy is trusted: visitors behind it are counted separately, and https is recognized.
	asked := 0
	ask := func(forwarded string) *http.Response {
		asked++ // for another address each time: codes for one are limited, too
		request, err := http.NewRequest("POST", "http://localhost/auth/request-otp/", strings.NewReader(fmt.Sprintf(`{"email":"ann%d@example.com"}`, asked)))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Forwarded-Proto", "https")
		if forwarded != "" {
			request.Header.Set("X-Forwarded-For", forwarded)
		}
		answer, err := unixClient(path).Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer
	}
	for _, try := range []struct {
		forwarded string
		want      int
	}{
		{"203.0.113.1", 200}, {"203.0.113.1", 200}, {"198.51.100.9, 203.0.113.1", 429}, {"203.0.113.2", 200}, {"", 200}, {"", 200}, {"", 429},
	} {
		answer := ask(try.forwarded)
		if answer.StatusCode != try.want || answer.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("forwarded for %q: %d, want %d; %v", try.forwarded, answer.StatusCode, try.want, answer.Header)
		}
	}

	h.run(t, "serve", "--addr", "unix:"+path, "--data-dir", "other").want(t, 1, "", "the socket "+path+" is used by another program")
	_ = s.cmd.Process.Kill() // leaves its socket behind
	<-s.ended
	if _, err := os.Lstat(path); err != nil {
		t.Fatalf("a killed museum takes its socket along: %v", err)
	}
	open().stop(t)
	if _, err := os.Lstat(path); err == nil {
		t.Errorf("a museum that was stopped leaves its socket behind")
	}
}

func TestUnixSocketCannotBeMade(t *testing.T) {
	h := newHome(t)
	path := filepath.Join(shortFolder(t), "m.sock")
	writeFile(t, path, "my diary")
	h.run(t, "serve", "--addr", "unix:"+path).want(t, 1, "", path+" exists and is not a socket")
	if text, err := os.ReadFile(path); err != nil || string(text) != "my diary" {
		t.Errorf("the file was changed: %q %v", text, err)
	}
	none := filepath.Join(filepath.Dir(path), "none", "m.sock")
	h.run(t, "serve", "--addr", "unix:"+none).want(t, 1, "", "cannot create the socket "+none+": no such file or directory. Its folder must exist")
	for _, addr := range []string{"unix:", "unix:/" + strings.Repeat("x", 103)} {
		h.run(t, "serve", "--addr", addr).want(t, 2, "", "is not a socket; write unix: and a path")
	}
}
