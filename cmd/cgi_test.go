package cmd_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// ask runs the program for one request, as a web server does under CGI.
func (h *home) ask(t *testing.T, method, address, body string, args ...string) *http.Response {
	t.Helper()
	cmd := h.command(args...)
	cmd.Env = append(cmd.Env, "GATEWAY_INTERFACE=CGI/1.1", "REQUEST_METHOD="+method, "SERVER_PROTOCOL=HTTP/1.1", "HTTP_HOST=museum.example",
		"REQUEST_URI="+address, "SCRIPT_NAME=/museum.cgi", "CONTENT_LENGTH="+strconv.Itoa(len(body)),
		"CONTENT_TYPE=application/x-www-form-urlencoded", "MATHMUSEUMS_DATA_DIR="+h.data(""))
	if h.noLength {
		cmd.Env = slices.DeleteFunc(cmd.Env, func(variable string) bool { return strings.HasPrefix(variable, "CONTENT_LENGTH=") })
	}
	cmd.Stdin = strings.NewReader(body)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", method, address, err, stderr.String())
	}
	// A CGI response is an HTTP response without the status line.
	answer, err := http.ReadResponse(bufio.NewReader(io.MultiReader(strings.NewReader("HTTP/1.1 "), bytes.NewReader(bytes.TrimPrefix(out, []byte("Status: "))))), nil)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", method, address, err, out)
	}
	return answer
}

func textOf(t *testing.T, answer *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestCGISetUp sets up a museum without a shell: with the token from the file, and with no other.
func TestCGISetUp(t *testing.T) {
	home := newHome(t)
	if page := textOf(t, home.ask(t, "GET", "/", "")); !strings.Contains(page, home.data("setup-token.txt")) {
		t.Errorf("the page does not say where the word is:\n%s", page)
	}
	if answer := home.ask(t, "GET", "/api/tiles/", ""); answer.StatusCode != 503 {
		t.Errorf("the API before there is a museum: %d", answer.StatusCode)
	}
	word, err := os.ReadFile(home.data("setup-token.txt"))
	if info, errStat := os.Stat(home.data("setup-token.txt")); err != nil || errStat != nil || info.Mode().Perm() != 0o600 || len(word) < 20 {
		t.Fatalf("%v, %v: the word is %q", err, errStat, word)
	}
	form := url.Values{"token": {strings.ToLower(strings.TrimSpace(string(word)))}, "email": {"Tea@school.example"}, "password": {"Horse-battery-9"}}
	for name, wrong := range map[string]string{"token": "guess", "email": "nobody", "password": "short"} {
		changed := url.Values{"token": form["token"], "email": form["email"], "password": form["password"]}
		changed.Set(name, wrong)
		answer := home.ask(t, "POST", "/", changed.Encode())
		page := textOf(t, answer)
		if answer.StatusCode < 400 || answer.StatusCode > 403 || !strings.Contains(page, `role="alert"`) || strings.Contains(page, "Horse-battery-9") {
			t.Errorf("a wrong %s: %d\n%s", name, answer.StatusCode, page)
		}
		if _, err := os.Stat(home.data("museum.db")); err == nil {
			t.Fatalf("a wrong %s made the museum", name)
		}
	}
	var pressed sync.WaitGroup
	for range 3 { // repeated clicks
		pressed.Go(func() {
			if answer := home.ask(t, "POST", "/?setup", form.Encode()); answer.StatusCode != 303 || answer.Header.Get("Location") != "/" {
				t.Errorf("%d\n%s", answer.StatusCode, textOf(t, answer))
			}
		})
	}
	pressed.Wait()
	if _, err := os.Stat(home.data("setup-token.txt")); err == nil {
		t.Error("the word can be used again")
	}
	if info, err := os.Stat(home.data("museum.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database is open to others: %v, %v", info, err)
	}
	if page := textOf(t, home.ask(t, "GET", "/", "")); strings.Contains(page, "Set up") || !strings.Contains(page, `id="main"`) {
		t.Errorf("no museum:\n%s", page)
	}
	form.Del("token")
	if answer := home.ask(t, "POST", "/auth/password/", form.Encode()); answer.StatusCode != 200 || len(answer.Cookies()) == 0 {
		t.Errorf("signing in: %d %s", answer.StatusCode, textOf(t, answer))
	}
	if _, err := os.Stat(home.data("museum.db-wal")); err == nil {
		t.Error("the log lies beside the database: it was not closed")
	}
}

// TestCGITakesNoOrders requests a URL that the web server passes on as arguments.
func TestCGITakesNoOrders(t *testing.T) {
	home := newHome(t)
	answer := home.ask(t, "GET", "/?serve+--addr+:0", "", "serve", "--addr", ":0")
	if page := textOf(t, answer); answer.StatusCode != 200 || !strings.Contains(page, "Set up") {
		t.Errorf("%d\n%s", answer.StatusCode, page)
	}
}

// TestCGINeverHandsOutTheDatabase refuses a data folder among the files that the web server publishes.
func TestCGINeverHandsOutTheDatabase(t *testing.T) {
	home := newHome(t)
	home.environ = append(home.environ, "DOCUMENT_ROOT="+home.dir)
	if answer := home.ask(t, "GET", "/", ""); answer.StatusCode != 503 {
		t.Errorf("%d\n%s", answer.StatusCode, textOf(t, answer))
	}
	if _, err := os.Stat(home.data("setup-token.txt")); err == nil {
		t.Error("the word was laid where everybody can read it")
	}
}

func TestCGISaysWhyItIsClosed(t *testing.T) {
	home := newHome(t)
	home.writeEnv(t, "MATHMUSEUMS_MAIL_URL=smtp://user:hunter2@[")
	answer := home.ask(t, "GET", "/", "")
	if page := textOf(t, answer); answer.StatusCode != 503 || !strings.Contains(page, "settings") || strings.Contains(page, "hunter2") || !strings.Contains(page, "why-closed.txt") {
		t.Errorf("%d\n%s", answer.StatusCode, page)
	}
	why, err := os.ReadFile(home.data("why-closed.txt"))
	if err != nil || !strings.Contains(string(why), "MATHMUSEUMS_MAIL_URL") || strings.Contains(string(why), "hunter2") {
		t.Errorf("the reason is %q, %v", why, err)
	}
	c, _ := home.doctor(t)
	c.want(t, "visitors", "advice", "MATHMUSEUMS_MAIL_URL")
	home.run(t, "migrate", "--data-dir", "museum")
	home.writeEnv(t, "")
	home.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	if answer := home.ask(t, "GET", "/healthz", ""); answer.StatusCode != 200 {
		t.Errorf("with the mistake gone: %d", answer.StatusCode)
	}
	if _, err := os.Stat(home.data("why-closed.txt")); err == nil {
		t.Error("an open museum still says why it is closed")
	}
}

// TestCGIRedirectsStayHere requests paths that look like URLs of another host.
func TestCGIRedirectsStayHere(t *testing.T) {
	home := newHome(t)
	check := func(state, method, address string) {
		t.Helper()
		answer := home.ask(t, method, address, "")
		if to := answer.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, ":") || strings.Contains(to, `\\`) {
			t.Errorf("%s: %s %s leads to %s", state, method, address, to)
		}
		for _, name := range []string{"X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cross-Origin-Opener-Policy"} {
			if answer.Header.Get(name) == "" {
				t.Errorf("%s: %s %s: %d has no %s", state, method, address, answer.StatusCode, name)
			}
		}
	}
	for _, state := range []string{"before set-up", "open", "closed"} {
		switch state {
		case "open":
			home.run(t, "createsuperuser", "--noinput", "--email", "head@example.com", "--data-dir", "museum").want(t, 0, "is a superuser now", "")
		case "closed":
			home.writeEnv(t, "MATHMUSEUMS_MAIL_URL=smtp://[")
		}
		for _, address := range []string{"//evil.example/?setup", "///evil.example/?setup", "/%5Cevil.example/?setup", "/?setup", "//evil.example", "//evil.example/api/tiles", "/api/tiles"} {
			check(state, "POST", address)
			check(state, "GET", address)
		}
	}
}

// TestCGINeedsTheLength sends a chunked body as Apache's mod_cgid passes it on. It was once answered with 200
// although nothing changed.
func TestCGINeedsTheLength(t *testing.T) {
	home := newHome(t)
	home.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	home.environ = append(home.environ, "HTTP_TRANSFER_ENCODING=chunked")
	home.noLength = true
	for method, want := range map[string]int{"POST": 411, "PATCH": 411, "PUT": 411, "DELETE": 411, "GET": 403} {
		answer := home.ask(t, method, "/api/tiles/", `{"concept_type": "linear"}`)
		if text := textOf(t, answer); answer.StatusCode != want || want == 411 && !strings.Contains(text, "Nothing was changed") {
			t.Errorf("%s: %d %s, want %d", method, answer.StatusCode, text, want)
		}
	}
}
