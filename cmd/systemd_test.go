package cmd_test

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// needSystemd returns the path of a program of systemd, on systems that can have it.
func needSystemd(t *testing.T, name string) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("systemd is on Linux alone")
	}
	return testenv.Program(t, name, "install the package systemd")
}

func TestUnitsAreSoundAndTight(t *testing.T) {
	analyze := needSystemd(t, "systemd-analyze")
	for _, flags := range [][]string{
		nil,
		{"--addr", ":443"},
		{"--addr", "unix:/run/mathmuseums/museum.sock", "--base-path", "/museum"},
		{"--addr", "127.0.0.1:8000", "--data-dir", "/srv/our $class 100%"},
		{"--data-dir", "/home/ann/museum"},
	} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			h := newHome(t)
			service, socket := filepath.Join(h.dir, "mathmuseums.service"), filepath.Join(h.dir, "mathmuseums.socket")
			for file, args := range map[string][]string{service: {"systemd"}, socket: {"systemd", "--socket"}} {
				got := h.run(t, append(args, flags...)...)
				got.want(t, 0, "[Unit]", "")
				writeFile(t, file, got.stdout)
			}
			if output, err := exec.Command(analyze, "verify", service, socket).CombinedOutput(); err != nil || len(output) > 0 {
				t.Errorf("systemd-analyze verify: %v\n%s", err, output)
			}
			// In tenths of what it shows; a unit without any protection has 96.
			if output, err := exec.Command(analyze, "security", "--no-pager", "--offline=true", "--threshold=20", service).CombinedOutput(); err != nil {
				t.Errorf("systemd-analyze security: %v\n%s", err, output)
			}
		})
	}
}

func TestUnitSaysWhatWasAsked(t *testing.T) {
	h, named := newHome(t), newHome(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/")
	for _, test := range []struct {
		args []string
		want string // lines that must be there; with a ! those that must not
	}{
		{nil, "Environment=MATHMUSEUMS_DATA_DIR=%S/mathmuseums\nStateDirectory=mathmuseums\nCapabilityBoundingSet=\n!ReadWritePaths=\n!AmbientCapabilities="},
		{[]string{"--addr", ":80", "--base-path", "/museum"}, "ExecStart=" + program + " serve --addr :80 --base-path /museum\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n!PrivateUsers="},
		{[]string{"--data-dir", "/srv/our $class 100%"}, `Environment="MATHMUSEUMS_DATA_DIR=/srv/our $class 100%%"` + "\n" + `ReadWritePaths="/srv/our $class 100%%"` + "\n!StateDirectory="},
		{[]string{"--addr", "unix:/run/a/b/m.sock"}, "RuntimeDirectory=a/b"},
		{[]string{"--addr", "unix:/srv/$m.sock"}, "ReadWritePaths=/srv\nExecStart=" + program + " serve --addr unix:/srv/$$m.sock"},
		{[]string{"--socket", "--addr", "unix:/run/m.sock"}, "ListenStream=/run/m.sock\nSocketMode=0660\nSocketGroup=mathmuseums"},
		{[]string{"--socket", "--addr", ":80"}, "ListenStream=80\n!SocketMode="},
		{[]string{"--socket", "--addr", "127.0.0.1:80"}, "ListenStream=127.0.0.1:80\n!ListenStream=80"},
		{[]string{"--socket", "--tls", "auto"}, "ListenStream=443\nListenStream=80"},
		{[]string{"--socket", "--tls", "auto", "--addr", "192.0.2.1:443"}, "ListenStream=192.0.2.1:443\nListenStream=192.0.2.1:80"},
		{[]string{"--socket", "--tls", "lan", "--addr", ":443"}, "ListenStream=443\n!ListenStream=80"},
	} {
		from := h
		if slices.Contains(test.args, "--tls") {
			from = named
		}
		got := from.run(t, append([]string{"systemd"}, test.args...)...)
		for line := range strings.SplitSeq(test.want, "\n") {
			line, absent := strings.CutPrefix(line, "!")
			if !absent {
				line += "\n"
			}
			if strings.Contains("\n"+got.stdout, "\n"+line) == absent {
				t.Errorf("%q: there must be %q (absent: %v) in\n%s%s", test.args, line, absent, got.stdout, got.stderr)
			}
		}
	}
	homeless := &home{dir: h.dir, environ: []string{"PATH=" + os.Getenv("PATH")}} // as in cloud-init
	homeless.run(t, "systemd").want(t, 0, "StateDirectory=mathmuseums", "")
	h.run(t, "systemd", "--addr", ":0").want(t, 2, "", "a unit needs a port")
	h.run(t, "systemd", "--addr", "unix:m.sock").want(t, 2, "", "a unit needs an absolute path")
	h.run(t, "systemd", "--addr", "unix:/run/m.sock").want(t, 1, "", "only root can create sockets directly in /run")
}

// activated returns a command run by systemd-socket-activate, which does what systemd does for one program: it
// listens, starts the program on the first connection, and passes the sockets.
func (h *home) activated(t *testing.T, cmd *exec.Cmd, addresses ...string) *exec.Cmd {
	t.Helper()
	var args []string
	for _, address := range addresses {
		args = append(args, "-l", address)
	}
	for _, variable := range cmd.Env {
		args = append(args, "-E", variable)
	}
	activate := exec.Command(needSystemd(t, "systemd-socket-activate"), append(args, cmd.Args...)...)
	activate.Dir, activate.Env = cmd.Dir, cmd.Env
	return activate
}

func TestSocketOfSystemd(t *testing.T) {
	h := newHome(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(h.dir, "m.sock")
	s := start(t, h.activated(t, h.command("serve", "--addr", "127.0.0.1:1", "--data-dir", "museum"), address, path))
	s.stderr.waitFor(t, "Listening on "+path)
	for name, client := range map[string]*http.Client{address: http.DefaultClient, "localhost": unixClient(path)} {
		answer, err := client.Get("http://" + name + "/")
		if err != nil || answer.StatusCode != 200 {
			t.Fatalf("%s: %v %v\n%s%s", name, answer, err, s.stdout, s.stderr)
		}
		answer.Body.Close()
	}
	s.stdout.waitFor(t, "For a proxy +unix:"+path)
	s.stop(t)
}

func TestSystemdIsTold(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("systemd is on Linux alone")
	}
	folder := shortFolder(t)
	inbox, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(folder, "notify"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer inbox.Close()
	s := start(t, newHome(t, "NOTIFY_SOCKET="+filepath.Join(folder, "notify")).command("serve", "--addr", "127.0.0.1:0", "--data-dir", "museum"))
	told := func() string {
		text := make([]byte, 100)
		n, err := inbox.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(text[:n])
	}
	if got := told(); got != "READY=1" {
		t.Errorf("got %q", got)
	}
	s.stop(t)
	if got := told(); got != "STOPPING=1" {
		t.Errorf("got %q", got)
	}
	if strings.Contains(s.stdout.String(), "Ctrl+C") {
		t.Errorf("it speaks of a keyboard, and nobody sits there:\n%s", s.stdout)
	}
}

// TestSystemdIsToldWhatNoSecondTryMends has museums that cannot be opened: retrying them every two seconds would fill
// the journal all night. A port in use, however, may be free at the next attempt.
func TestSystemdIsToldWhatNoSecondTryMends(t *testing.T) {
	newHome(t).run(t, "systemd").want(t, 0, "Restart=on-failure\nRestartSec=2\n", "")
	newHome(t).run(t, "systemd").want(t, 0, "\nRestartPreventExitStatus=78\n", "")
	for name, lost := range lostMuseums {
		if name == "missing" || name == "empty" || name == "a folder by the name" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			h := newMuseum(t)
			if err := lost.lose(h.data("museum.db")); err != nil {
				t.Fatal(err)
			}
			h.run(t, "serve", "--addr", "127.0.0.1:0").want(t, 78, "", lost.says)
		})
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	newMuseum(t).run(t, "serve", "--addr", taken.Addr().String()).want(t, 1, "", "is used by another program")
}

// shortFolder returns a folder whose path is short enough for a socket.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "mm")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}
