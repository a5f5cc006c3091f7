package cmd_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is a running museum: the real program.
type server struct {
	cmd    *exec.Cmd
	url    string // such as http://127.0.0.1:40123
	stdout *output
	stderr *output
	ended  chan error
}

// output collects the output of a running program.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// patience is how long to wait on a busy machine for something that is normally instant.
const patience = 15 * time.Second

// waitFor waits for output that matches a pattern and returns the first group.
func (o *output) waitFor(t *testing.T, pattern string) string {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if found := regexp.MustCompile(pattern).FindStringSubmatch(o.String()); found != nil {
			return found[len(found)-1]
		}
	}
	t.Fatalf("no %q in:\n%s", pattern, o)
	return ""
}

// start runs a command until it ends or the test ends.
func start(t *testing.T, cmd *exec.Cmd) *server {
	t.Helper()
	s := &server{cmd: cmd, stdout: &output{}, stderr: &output{}, ended: make(chan error, 1)}
	cmd.Stdout, cmd.Stderr = s.stdout, s.stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return s
}

// serve starts the museum in the folder "museum" on a free port.
func (h *home) serve(t *testing.T, args ...string) *server {
	t.Helper()
	args = append([]string{"serve", "--addr", "127.0.0.1:0", "--data-dir", "museum"}, args...)
	s := start(t, h.command(args...))
	port := s.stdout.waitFor(t, `http://localhost:(\d+)/`)
	s.stdout.waitFor(t, "Ctrl\\+C closes it")
	s.url = "http://127.0.0.1:" + port
	return s
}

func (s *server) address() string { return strings.TrimPrefix(s.url, "http://") }

// stop stops the museum and requires a clean exit.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a program on Windows cannot be sent SIGTERM; its Ctrl+C needs a console")
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.wantEnd(t, 0)
}

func (s *server) wantEnd(t *testing.T, code int) {
	t.Helper()
	select {
	case <-s.ended:
		if got := s.cmd.ProcessState.ExitCode(); got != code {
			t.Errorf("the museum ended with %d, want %d\n%s", got, code, s.stderr)
		}
	case <-time.After(patience):
		t.Fatalf("the museum does not end")
	}
}

// post sends JSON and returns the status and body.
func (s *server) post(t *testing.T, path string, body map[string]string) (int, string) {
	t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(s.url+path, "application/json", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestFirstStart(t *testing.T) {
	h := newHome(t)
	s := h.serve(t)
	for _, want := range []string{
		"The museum is open.", "Data folder        " + h.data(""),
		`A superuser, who manages the museum. In another terminal: mathmuseums createsuperuser --data-dir "` + filepath.Join(h.dir, "museum") + `"`,
		"A mail server (MATHMUSEUMS_MAIL_URL). Until it is set, students' sign-in codes appear here;",
	} {
		if !strings.Contains(s.stdout.String(), want) {
			t.Errorf("the greeting lacks %q:\n%s", want, s.stdout)
		}
	}
	if strings.Contains(s.stdout.String(), "\x1b") {
		t.Errorf("a QR code was drawn where there is no terminal")
	}
	for _, file := range []string{"museum.db", "secret.key"} {
		if _, err := os.Stat(h.data(file)); err != nil {
			t.Errorf("the first start made no %s: %v", file, err)
		}
	}
	if status, body := s.post(t, "/auth/request-otp/", map[string]string{"email": "ann@example.com"}); status != 200 {
		t.Fatalf("asking for a code: %d %s", status, body)
	}
	code := s.stdout.waitFor(t, `(?m)^  Sign-in code for ann@example\.com: (\d{6}) \(valid until \d\d:\d\d\)$`)
	signIn(t, s, "ann@example.com", code)

	s.stop(t)
	if !strings.Contains(s.stdout.String(), "The museum is closed.") {
		t.Errorf("no goodbye:\n%s", s.stdout)
	}
	if _, err := os.Stat(h.data("museum.db-wal")); err == nil {
		t.Errorf("the database was not closed: its WAL is still there")
	}
	if s := h.serve(t); !strings.Contains(s.stdout.String(), "The museum is open.") {
		t.Errorf("the second start fails:\n%s", s.stdout)
	}
}

func signIn(t *testing.T, s *server, email, code string) {
	t.Helper()
	if status, body := s.post(t, "/auth/verify-otp/", map[string]string{"email": email, "otp_code": code}); status != 200 {
		t.Errorf("signing in with the code: %d %s", status, body)
	}
}

func TestBannerNamesWhatIsThere(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_MAIL_URL=smtp://localhost:1")
	h.environ = append(h.environ, "MATHMUSEUMS_MAIL_FROM=museum@example.com")
	h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com", "--data-dir", "museum").want(t, 0, "head@example.com is a superuser now.", "")
	banner := h.serve(t).stdout.String()
	if !strings.Contains(banner, "For everybody      https://museum.example.com/") || strings.Contains(banner, "missing") {
		t.Errorf("got greeting:\n%s", banner)
	}
}

// If a code cannot be sent, the operator sees the reason in the log, as JSON if it is not a terminal.
func TestMailFailureIsLogged(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_MAIL_URL=smtp://localhost:1", "MATHMUSEUMS_MAIL_FROM=museum@example.com")
	s := h.serve(t)
	if status, _ := s.post(t, "/auth/request-otp/", map[string]string{"email": "ann@example.com"}); status != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", status)
	}
	line := s.stderr.waitFor(t, `(?m)^(\{.*nothing answers on this port.*\})$`)
	if !json.Valid([]byte(line)) {
		t.Errorf("the log is no JSON: %s", line)
	}
}

// The settings determine what the real program logs and counts.
func TestServeIsWatched(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_METRICS_TOKEN=0123456789abcdef", "MATHMUSEUMS_ACCESS_LOG=full")
	s := h.serve(t)
	request, err := http.NewRequest("GET", s.url+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer 0123456789abcdef")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || !strings.Contains(string(text), `mathmuseums_build_info{version="development"} 1`) {
		t.Errorf("%v: %s", err, text)
	}
	s.stderr.waitFor(t, `"msg":"request","method":"GET","route":"/metrics","status":200,.*"address":"127.0.0.1"`)
	answer, err = http.Get(s.url + "/healthz")
	if err != nil || answer.StatusCode != 200 {
		t.Errorf("%v %v", answer, err)
	}
}

func TestStopCutsNoRequest(t *testing.T) {
	h := newHome(t)
	s := h.serve(t)
	body := `{"email": "ann@example.com"}`
	slow, err := net.Dial("tcp", s.address())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	fmt.Fprintf(slow, "POST /auth/request-otp/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:10])
	if runtime.GOOS == "windows" {
		t.Skip("a program on Windows cannot be sent SIGTERM; its Ctrl+C needs a console")
	}
	time.Sleep(200 * time.Millisecond) // until the server has the request in hand
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.stdout.waitFor(t, "running requests are finished first")
	time.Sleep(200 * time.Millisecond)
	if conn, err := net.Dial("tcp", s.address()); err == nil {
		conn.Close()
		t.Errorf("the closing museum lets newcomers in")
	}
	fmt.Fprint(slow, body[10:])
	answer, err := http.ReadResponse(bufio.NewReader(slow), nil)
	if err != nil || answer.StatusCode != 200 {
		t.Fatalf("the slow request was cut: %v %v", answer, err)
	}
	s.wantEnd(t, 0)
	s.stdout.waitFor(t, "Sign-in code for ann@example.com: ")
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a program on Windows cannot be sent SIGTERM; its Ctrl+C needs a console")
	}
	s := newHome(t).serve(t)
	slow, err := net.Dial("tcp", s.address())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	fmt.Fprint(slow, "POST /auth/request-otp/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
	time.Sleep(200 * time.Millisecond)
	_ = s.cmd.Process.Signal(os.Interrupt)
	s.stdout.waitFor(t, "running requests are finished first")
	time.Sleep(50 * time.Millisecond) // until the signal has its usual effect again
	start := time.Now()
	_ = s.cmd.Process.Signal(os.Interrupt)
	<-s.ended
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

// Slow-loris: connections that never complete a header are closed, so that they cannot be exhausted.
func TestIdlersArePutOut(t *testing.T) {
	t.Parallel()
	s := newHome(t).serve(t)
	conn, err := net.Dial("tcp", s.address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	start := time.Now()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("the connection was not closed: %v", err)
	}
	if took := time.Since(start); took < 8*time.Second || took > 15*time.Second {
		t.Errorf("the connection was closed after %v, want about 10 s", took)
	}
}

func TestServeCannotStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())

	h := newHome(t)
	h.run(t, "serve", "--addr", taken.Addr().String()).want(t, 1, "", "mathmuseums: port "+port+" is used by another program, "+
		"perhaps by a museum that is already running. Stop that one, or choose another port")
	h.run(t, "serve", "--addr", "203.0.113.7:8000").want(t, 1, "", "203.0.113.7:8000 is not an address of this computer")
	h.run(t, "serve", "--dev").want(t, 1, "", "--dev reads the front end from the folder assets, which does not exist here")

	file := filepath.Join(h.dir, "file")
	writeFile(t, file, "hello")
	below := filepath.Join(file, "museum")
	for _, command := range []string{"serve", "migrate"} {
		h.run(t, command, "--data-dir", below).want(t, 1, "", "cannot write to the data folder "+below+": not a directory. Choose another with --data-dir")
	}
}

func TestForeignFilesAreLeftAlone(t *testing.T) {
	h := newHome(t)
	text := strings.Repeat("This is my diary and no database. ", 40)
	writeFile(t, h.data("museum.db"), text)
	for command, code := range map[string]int{"serve": 78, "migrate": 1, "createsuperuser": 1} {
		args := []string{command, "--data-dir", "museum"}
		if command == "createsuperuser" {
			args = append(args, "--noinput", "--email", "ann@example.com")
		}
		h.run(t, args...).want(t, code, "", h.data("museum.db")+" is not the database of a museum and was not changed.")
	}
	if content, err := os.ReadFile(h.data("museum.db")); err != nil || string(content) != text {
		t.Errorf("the file was changed: %v", err)
	}
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	h := newHome(t)
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	if _, err := openDatabase(t, h).Exec("pragma user_version = 999"); err != nil {
		t.Fatal(err)
	}
	for command, code := range map[string]int{"serve": 78, "migrate": 1} {
		h.run(t, command, "--data-dir", "museum").want(t, code, "", "museum.db was made by a newer version of Math Museums and was not changed.")
	}
}

// TestOtherTablesAreNamed removes a table from a database. The museum once seemed fine then, but every write failed.
func TestOtherTablesAreNamed(t *testing.T) {
	h := newHome(t)
	h.run(t, "backup", "--data-dir", "museum").want(t, 1, "", "there is no museum")
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	h.run(t, "backup", "--data-dir", "museum", "--to", "good").want(t, 0, "Backup made", "")
	db := openDatabase(t, h)
	if _, err := db.Exec("drop table tile_versions"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	const why = "table tile_versions is missing"
	for _, command := range [][]string{{"serve"}, {"migrate", "--check"}, {"migrate"}, {"backup"}, {"drill"}, {"code", "ann@example.com"}} {
		code := 1
		if command[0] == "serve" {
			code = 78
		}
		h.run(t, append(command, "--data-dir", "museum")...).want(t, code, "", why)
	}
	c, _ := h.doctor(t)
	c.want(t, "database", "fault", why)
	h.run(t, "restore", h.data("museum.db"), "--no-manifest", "--into", "other.db", "--data-dir", "museum").want(t, 1, "", why)
	h.run(t, "restore", "good", "--data-dir", "museum").want(t, 0, "with 0 people", "")
	h.run(t, "migrate", "--check", "--data-dir", "museum").want(t, 0, "is up to date", "")
}
