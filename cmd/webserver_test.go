//go:build linux

package cmd_test

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/template"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// site is a museum behind a real web server.
type site struct {
	Folder  string // the server's folder, owned by the user that it runs as
	Htdocs  string // the server's document root
	Data    string // the museum's data folder
	Program string
	Modules string // of Apache
	Socket  string // socket of the program or of its launcher
	Address string
	Host    string
	Port    string
	Behind  string // address of a museum that runs without a web server
	prefix  string // of the museum's addresses
	isOther bool   // the program is not the museum
	mailbox *apptest.Mailbox
	owner   *syscall.Credential
	url     string
}

// oddMethods lists the steps with nonexistent methods.
var oddMethods = []string{"tiles-routing/odd-method", "tiles-routing/odd-method-no-token"}

// webServers lists the ways in which a web server can start or reach the program.
var webServers = []struct {
	name    string
	needs   []string // required programs
	start   func(testing.TB, *site)
	answers []string // steps of the contract that the server answers itself
}{
	{"apache-cgid", []string{"apache2"}, func(t testing.TB, s *site) {
		s.write(t, "htaccess", filepath.Join(s.Htdocs, ".htaccess"), 0o644)
		s.install(t, filepath.Join(s.Htdocs, "museum.cgi"))
		s.apache(t, "cgid")
	}, nil},
	{"apache-fcgid", []string{"apache2"}, func(t testing.TB, s *site) {
		s.write(t, "htaccess-fcgid", filepath.Join(s.Htdocs, ".htaccess"), 0o644)
		s.write(t, "museum.fcgi", filepath.Join(s.Htdocs, "museum.fcgi"), 0o755)
		s.apache(t, "fcgid")
	}, []string{"tiles-bodies/large-3-mb", "tiles-desmos-state/put-long-200k"}}, // its limit, unless it is raised, is 128 KiB
	{"apache-proxy-fcgi", []string{"apache2"}, func(t testing.TB, s *site) {
		s.fastCGI(t)
		s.apache(t, "proxy", "apache-proxy.conf")
	}, nil},
	{"lighttpd-cgi", []string{"lighttpd"}, func(t testing.TB, s *site) {
		s.install(t, filepath.Join(s.Htdocs, "museum.cgi"))
		s.lighttpd(t, "lighttpd-cgi.conf")
	}, oddMethods},
	{"lighttpd-fastcgi", []string{"lighttpd"}, func(t testing.TB, s *site) { s.lighttpd(t, "lighttpd-fastcgi.conf") }, oddMethods},
	{"nginx-fcgiwrap", []string{"nginx", "fcgiwrap"}, func(t testing.TB, s *site) {
		s.listening(t, exec.Command(tool(t, "fcgiwrap")))
		s.nginx(t, "nginx-cgi.conf")
	}, nil},
	{"nginx-fastcgi", []string{"nginx"}, func(t testing.TB, s *site) {
		s.fastCGI(t)
		s.nginx(t, "nginx-fastcgi.conf")
	}, nil},
}

// tool returns the path of a web server's program.
func tool(t testing.TB, name string) string {
	t.Helper()
	return testenv.Program(t, name, "apt-get install apache2 libapache2-mod-fcgid lighttpd nginx-light fcgiwrap")
}

// newSite creates a museum's folders, settings and mail server. Web servers do not serve as root, so the folders
// belong to another user there.
func newSite(t testing.TB) *site {
	t.Helper()
	folder, err := os.MkdirTemp("", "site-") // a short path, for sockets
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	s := &site{Folder: folder, Htdocs: filepath.Join(folder, "htdocs"), Data: filepath.Join(folder, "data"),
		Program: filepath.Join(folder, "mathmuseums"), Modules: "/usr/lib/apache2/modules", Socket: filepath.Join(folder, "app.socket"),
		mailbox: apptest.NewMailbox(t)}
	if err := errors.Join(os.Chmod(folder, 0o755), os.Mkdir(s.Htdocs, 0o755), os.Mkdir(s.Data, 0o700)); err != nil {
		t.Fatal(err)
	}
	s.install(t, s.Program)
	settings := "MATHMUSEUMS_MAIL_URL=" + s.mailbox.URL + "\nMATHMUSEUMS_MAIL_FROM=museum@example.com\nMATHMUSEUMS_CODES_PER_HOUR=10000\n" +
		"MATHMUSEUMS_WRONG_CODES_PER_DAY=10000\nMATHMUSEUMS_SIGNIN_REQUESTS_PER_MINUTE=100000\n"
	writeFile(t, filepath.Join(s.Data, ".env"), settings)
	make := exec.Command(program, "migrate", "--data-dir", s.Data)
	if output, err := make.CombinedOutput(); err != nil {
		t.Fatalf("make the museum: %v\n%s", err, output)
	}
	if os.Getuid() == 0 {
		s.owner = credentialOf(t, "www-data")
	}
	s.Address = testenv.FreeAddress(t)
	s.Host, s.Port, _ = net.SplitHostPort(s.Address)
	s.url = "http://" + s.Address
	return s
}

func credentialOf(t testing.TB, name string) *syscall.Credential {
	t.Helper()
	found, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.ParseUint(found.Uid, 10, 32)
	gid, _ := strconv.ParseUint(found.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// install copies the program.
func (s *site) install(t testing.TB, path string) {
	t.Helper()
	content, err := os.ReadFile(program)
	if err == nil {
		err = os.WriteFile(path, content, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// write expands a file of testdata/webserver and writes it.
func (s *site) write(t testing.TB, name, path string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, s.filled(t, name), mode); err != nil {
		t.Fatal(err)
	}
}

func (s *site) filled(t testing.TB, name string) []byte {
	t.Helper()
	form, err := template.ParseFiles(filepath.Join("testdata", "webserver", name))
	var text bytes.Buffer
	if err == nil {
		err = form.Execute(&text, s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// run starts a program of the site and stops it at the end of the test.
func (s *site) run(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	if s.owner != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.owner}
		if output, err := exec.Command("chown", "-R", fmt.Sprintf("%d:%d", s.owner.Uid, s.owner.Gid), s.Folder).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, output)
		}
	}
	var said output
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.Folder, &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(patience):
			_ = cmd.Process.Kill()
			t.Errorf("%s did not end when it was told to", cmd.Path)
		}
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(s.Folder, "error.log"))
			t.Logf("%s said:\n%s\nand its log:\n%s", cmd.Path, said.String(), tail(string(log), 4000))
		}
	})
}

func tail(text string, most int) string { return text[max(0, len(text)-most):] }

// listening starts a program with a listening socket as its standard input, as FastCGI requires.
func (s *site) listening(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	listener, err := net.Listen("unix", s.Socket)
	if err != nil {
		t.Fatal(err)
	}
	file, err := listener.(*net.UnixListener).File()
	if err == nil {
		err = os.Chmod(s.Socket, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin = file
	s.run(t, cmd)
	t.Cleanup(func() { file.Close(); listener.Close() })
}

// fastCGI starts the program itself as a FastCGI server.
func (s *site) fastCGI(t testing.TB) {
	t.Helper()
	cmd := exec.Command(s.Program)
	cmd.Env = []string{"MATHMUSEUMS_DATA_DIR=" + s.Data}
	s.listening(t, cmd)
}

// apache starts Apache with a way to the museum and additional configuration.
func (s *site) apache(t testing.TB, way string, more ...string) {
	t.Helper()
	path := s.join(t, append([]string{"apache.conf"}, more...)...)
	s.run(t, exec.Command(tool(t, "apache2"), "-d", s.Folder, "-f", path, "-DFOREGROUND", "-D"+way))
	s.wait(t)
}

func (s *site) lighttpd(t testing.TB, more string) {
	t.Helper()
	s.run(t, exec.Command(tool(t, "lighttpd"), "-D", "-f", s.join(t, "lighttpd.conf", more)))
	s.wait(t)
}

// join concatenates files of testdata/webserver to the server's configuration.
func (s *site) join(t testing.TB, names ...string) (path string) {
	t.Helper()
	var text []byte
	for _, name := range names {
		text = append(text, s.filled(t, name)...)
	}
	path = filepath.Join(s.Folder, "server.conf")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func (s *site) nginx(t testing.TB, name string) {
	t.Helper()
	path := filepath.Join(s.Folder, "nginx.conf")
	s.write(t, "nginx.conf", path, 0o644)
	s.write(t, name, filepath.Join(s.Folder, "site.conf"), 0o644)
	s.run(t, exec.Command(tool(t, "nginx"), "-c", path, "-e", filepath.Join(s.Folder, "error.log")))
	s.wait(t)
}

// wait waits until the museum, or another program, answers.
func (s *site) wait(t testing.TB) {
	t.Helper()
	last := ""
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		answer, err := http.Get(s.url + s.prefix + "/api/")
		if err == nil {
			answer.Body.Close()
			if s.isOther || answer.StatusCode == http.StatusForbidden && strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
				return
			}
			last = answer.Status
		} else {
			last = err.Error()
		}
	}
	t.Fatalf("no museum at %s: %s", s.url, last)
}

// TestDocumentedRecipesAreTested compares the recipes in the documents with the files that the servers are tested with.
func TestDocumentedRecipesAreTested(t *testing.T) {
	example := &site{Data: "/home/you/museum", Program: "/home/you/bin/mathmuseums", Socket: "/run/museum/museum.sock"}
	for document, names := range map[string][]string{
		"../README.md": {"htaccess"},
		"../.github/docs/shared-hosting.md": {"htaccess", "htaccess-fcgid", "museum.fcgi", "apache-proxy.conf",
			"lighttpd-cgi.conf", "lighttpd-fastcgi.conf", "nginx-cgi.conf", "nginx-fastcgi.conf"},
	} {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			recipe := example.filled(t, name)
			if !bytes.Contains(text, slices.Concat([]byte("\n"), recipe, []byte("```"))) {
				t.Errorf("%s does not have the recipe that is tested as %s:\n%s", document, name, recipe)
			}
		}
	}
}
