//go:build unix

package backup_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/backup"
)

// TestRootMakesBackupsForTheOwner has root make a backup of a museum that belongs to another user: the nightly
// backups of that user must still work, and the user must be able to restore it.
func TestRootMakesBackupsForTheOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to others")
	}
	p := newPlace(t)
	if err := errors.Join(os.RemoveAll(p.to.Path), os.Chown(filepath.Dir(p.to.Path), other, other)); err != nil {
		t.Fatal(err)
	}
	p.run(t, backup.Keep{Newest: 5})
	if err := filepath.WalkDir(p.to.Path, func(path string, _ fs.DirEntry, err error) error {
		wantOwner(t, path)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// other is a user who is not root.
const other = 65534

// wantOwner checks that a file belongs to other.
func wantOwner(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; owner != other {
		t.Errorf("%s belongs to %d", filepath.Base(path), owner)
	}
	return info
}

// TestRootLeavesFilesToTheirOwner restores as root while another user runs the server.
func TestRootLeavesFilesToTheirOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to others")
	}
	p := newPlace(t)
	museum := p.store.Path()
	made := p.run(t, backup.Keep{Newest: 5})
	if err := errors.Join(p.store.Close(), os.Remove(museum+".lock"), os.Chown(museum, other, other), os.Chmod(museum, 0o640)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.restore(t, made.Name, museum); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{museum, museum + ".lock"} {
		if info := wantOwner(t, path); info.Mode().Perm() != 0o640 {
			t.Errorf("%s has mode %v", filepath.Base(path), info.Mode())
		}
	}
}
