//go:build unix

package cmd_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights, where root runs the tests: it writes wherever it likes.
const nobody = 65534

func TestUnwritableFolder(t *testing.T) {
	h := newHome(t)
	museum := filepath.Join(h.dir, "museum")
	if err := os.Mkdir(museum, 0o500); err != nil {
		t.Fatal(err)
	}
	cmd := h.command("serve", "--data-dir", museum)
	if os.Geteuid() == 0 {
		cmd.Path = filepath.Join(h.dir, "mathmuseums") // where nobody may go, too
		content, err := os.ReadFile(program)
		if err := errors.Join(err, os.WriteFile(cmd.Path, content, 0o755), os.Chown(museum, nobody, nobody)); err != nil {
			t.Fatal(err)
		}
		for folder := h.dir; folder != os.TempDir() && folder != "/"; folder = filepath.Dir(folder) {
			if err := os.Chmod(folder, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "cannot write to the data folder "+museum+": permission denied") {
		t.Errorf("%v: %s", err, said)
	}
}
