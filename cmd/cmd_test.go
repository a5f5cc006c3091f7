package cmd_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// program is the path of the real program, which is built once for all tests.
var program string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "mathmuseums-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "mathmuseums")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-o", program, "github.com/mathmuseums/mathmuseums")
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, output)
		return 1
	}
	return m.Run()
}

// home is an isolated environment for the program: its own home folder, and none of our environment variables.
type home struct {
	dir     string // home folder and working directory
	environ []string
	program string // "" for the program of all tests

	noLength bool // ask omits CONTENT_LENGTH
}

func newHome(t *testing.T, environ ...string) *home {
	t.Helper()
	dir := t.TempDir()
	base := []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
	if runtime.GOOS == "windows" {
		base = append(base, "USERPROFILE="+dir, "LocalAppData="+dir, "SystemRoot="+os.Getenv("SystemRoot"))
	}
	return &home{dir: dir, environ: append(base, environ...)}
}

// data returns the path of a file in the tests' data folder.
func (h *home) data(name string) string { return filepath.Join(h.dir, "museum", name) }

// writeEnv writes the settings file in the data folder.
func (h *home) writeEnv(t *testing.T, content string) {
	t.Helper()
	writeFile(t, h.data(".env"), content)
}

func writeFile(t testing.TB, path, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func (h *home) command(args ...string) *exec.Cmd {
	cmd := exec.Command(cmp.Or(h.program, program), args...)
	cmd.Dir, cmd.Env = h.dir, h.environ
	return cmd
}

// result is the outcome of a finished run.
type result struct {
	code           int
	stdout, stderr string
}

func (h *home) run(t *testing.T, args ...string) result {
	t.Helper()
	cmd := h.command(args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatalf("run %q: %v %v", args, err, exit)
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// want checks the exit code, and that the outputs contain these texts; "" requires an empty output.
func (r result) want(t *testing.T, code int, stdout, stderr string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	for _, output := range []struct{ name, got, want string }{{"standard output", r.stdout, stdout}, {"standard error", r.stderr, stderr}} {
		if !strings.Contains(output.got, output.want) || (output.want == "" && output.got != "") {
			t.Errorf("%s is %q, want %q in it", output.name, output.got, output.want)
		}
	}
}

func TestUsage(t *testing.T) {
	h := newHome(t)
	for _, test := range []struct {
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{nil, 0, "Available Commands:", ""},
		{[]string{"--help"}, 0, "Available Commands:", ""},
		{[]string{"version"}, 0, "mathmuseums ", ""},
		{[]string{"completion", "bash"}, 0, "bash completion", ""},
		{[]string{"srve"}, 2, "", `unknown command "srve"; did you mean serve?`},
		{[]string{"frobnicate"}, 2, "", `unknown command "frobnicate"`},
		{[]string{"serve", "--port", "80"}, 2, "", "unknown flag: --port\nFor help, run: mathmuseums serve --help"},
		{[]string{"serve", "now"}, 2, "", `unexpected argument "now": serve takes none`},
		{[]string{"serve", "--addr", "8000"}, 2, "", `--addr: "8000" is not an address to listen on; write :8000`},
		{[]string{"code"}, 2, "", "code needs one mail address, such as ann@example.com"},
		{[]string{"code", "ann"}, 2, "", `"ann" does not look like a mail address`},
		{[]string{"testmail", "a@example.com", "b@example.com"}, 2, "", "testmail needs one mail address"},
		{[]string{"export", "--format", "xml"}, 2, "", `unknown format "xml"; use one of csv, json, museum, zip`},
		{[]string{"export", "--format", "museum"}, 2, "", "the format museum writes a file for each person"},
		{[]string{"export", "--all", "--user", "ann@example.com"}, 2, "", "--all and --user exclude each other"},
		{[]string{"demo", "--students", "0"}, 2, "", "a class has 1 to 600 students"},
		{[]string{"import"}, 2, "", "import needs one file, or - for standard input"},
		{[]string{"createsuperuser", "--noinput"}, 2, "", "--noinput needs --email"},
		{[]string{"config", "--data-dir"}, 2, "", "flag needs an argument: --data-dir"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			h.run(t, test.args...).want(t, test.code, test.stdout, test.stderr)
		})
	}
}

func TestHelpIsASpecification(t *testing.T) {
	h := newHome(t)
	for _, command := range []string{"serve", "migrate", "backup", "restore", "replicate", "drill", "createsuperuser", "code", "testmail", "export", "import", "demo", "config", "doctor", "authority", "systemd", "version"} {
		help := h.run(t, command, "--help")
		help.want(t, 0, "Examples:", "")
		if command != "version" && !strings.Contains(help.stdout, "Exit codes: 0 ") {
			t.Errorf("the help of %s does not tell its exit codes", command)
		}
	}
	if entries, _ := os.ReadDir(h.dir); len(entries) > 0 {
		t.Errorf("asking for help left %v behind", entries)
	}
}

// TestEmptyValuesAreRefused passes empty values, as a script does with an unset variable.
func TestEmptyValuesAreRefused(t *testing.T) {
	h := newHome(t)
	for _, line := range [][]string{
		{"backup", "--to", ""}, {"backup", "--to="}, {"backup", "--data-dir", ""}, {"restore", "x", "--into", ""}, {"restore", "x", "--at", ""}, {"restore", ""},
		{"demo", "--into", ""}, {"drill", "--replica", ""}, {"drill", "--to", " "}, {"serve", "--addr", ""}, {"serve", "--tls", ""}, {"replicate", "--once", "--replica", ""},
		{"export", ""}, {"import", ""}, {"doctor", "--mail-to", ""}, {"createsuperuser", "--email", ""}, {"code", ""}, {"systemd", "--data-dir", ""},
	} {
		got := h.run(t, line...)
		if got.code != 2 || got.stderr == "" || strings.Contains(got.stderr, "strconv") {
			t.Errorf("%q: %+v", line, got)
		}
	}
	if entries, _ := os.ReadDir(h.dir); len(entries) > 0 {
		t.Errorf("they made %v", entries)
	}
	h.run(t, "backup", "--keep", "x").want(t, 2, "", `--keep: "x" is not a whole number`)
	h.run(t, "drill", "--most", "1.5").want(t, 2, "", `--most: "1.5" is not a whole number`)
	h.run(t, "backup", "--url=perhaps").want(t, 2, "", `--url: "perhaps" is neither true nor false`)
	h.run(t, "config", "--data-dir", "museum").want(t, 0, "MATHMUSEUMS", "")
}
