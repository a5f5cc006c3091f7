//go:build unix

package cmd_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is an unprivileged user, for tests that run as root, who can write anywhere.
const nobody = 65534

// asNobody makes a command run as an unprivileged user, who owns these files and folders.
func (h *home) asNobody(t *testing.T, cmd *exec.Cmd, owns ...string) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	cmd.Path = filepath.Join(h.dir, "mathmuseums") // where nobody may go, too
	content, err := os.ReadFile(program)
	if err := errors.Join(err, os.WriteFile(cmd.Path, content, 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, path := range owns {
		if err := os.Chown(path, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	for folder := h.dir; folder != os.TempDir() && folder != "/"; folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
}

// commandOfNobody returns a command of an unprivileged user, who owns the museum's folder, which has this mode.
func (h *home) commandOfNobody(t *testing.T, mode os.FileMode, args ...string) *exec.Cmd {
	t.Helper()
	museum := h.data("")
	if err := os.Mkdir(museum, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(museum, 0o700) })
	cmd := h.command(append(args, "--data-dir", museum)...)
	h.asNobody(t, cmd, museum)
	return cmd
}

func TestUnwritableFolder(t *testing.T) {
	h := newHome(t)
	cmd := h.commandOfNobody(t, 0o500, "serve")
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "cannot write to the data folder "+h.data("")+": permission denied") {
		t.Errorf("%v: %s", err, said)
	}
}

// The museum belongs to a service's user, and the operator runs a command as another one.
func TestFolderOfSomebodyElse(t *testing.T) {
	h := newHome(t)
	cmd := h.commandOfNobody(t, 0, "createsuperuser", "--noinput", "--email", "ann@example.com")
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "permission denied. If the museum belongs to another user, run the command as that user") {
		t.Errorf("%v: %s", err, said)
	}
}

// TestFilesThatRootHasPutBack has a database or key that the museum's user cannot write or read. The museum must not
// seem to work.
func TestFilesThatRootHasPutBack(t *testing.T) {
	for file, test := range map[string]struct {
		mode os.FileMode
		says string
	}{"museum.db": {0o444, "this user may not write to "}, "secret.key": {0, "this user may not read the key "}} {
		h := newMuseum(t)
		cmd := h.command("serve", "--addr", "127.0.0.1:0")
		h.asNobody(t, cmd, h.data(""), h.data("museum.db"), h.data("museum.db.lock"), h.data("secret.key"))
		if err := os.Chmod(h.data(file), test.mode); err != nil {
			t.Fatal(err)
		}
		s := start(t, cmd)
		s.wantEnd(t, 1)
		if said := s.stderr.String(); !strings.Contains(said, test.says+h.data(file)) || !strings.Contains(said, "(chown)") {
			t.Errorf("%s: %s", file, said)
		}
	}
}

// TestWhoRunsAMuseumThatCannotBeReadGetsAMail has a database, and then its folder, that the user who makes the
// backups cannot write to, for example after root copied it back.
func TestWhoRunsAMuseumThatCannotBeReadGetsAMail(t *testing.T) {
	h, box := newMailedMuseum(t)
	var owns []string
	err := filepath.WalkDir(h.data(""), func(path string, _ fs.DirEntry, err error) error {
		owns = append(owns, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, test := range []struct {
		path string
		mode os.FileMode
	}{{h.data("museum.db"), 0}, {h.data(""), 0o500}} {
		before, err := os.Stat(test.path)
		if err := errors.Join(err, os.Chmod(test.path, test.mode)); err != nil {
			t.Fatal(err)
		}
		cmd := h.command("backup")
		h.asNobody(t, cmd, owns...)
		said, err := cmd.CombinedOutput()
		const want = "If the museum belongs to another user, run the command as that user"
		if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), want) {
			t.Errorf("%s: %v: %s", test.path, err, said)
		}
		wantMails(t, box, i+1, want)
		if err := os.Chmod(test.path, before.Mode()); err != nil {
			t.Fatal(err)
		}
	}
}
