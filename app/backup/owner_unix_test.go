//go:build unix

package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/backup"
)

// TestRootLeavesFilesToTheirOwner restores as root where somebody else serves.
func TestRootLeavesFilesToTheirOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to others")
	}
	const other = 65534
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
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if owner := info.Sys().(*syscall.Stat_t).Uid; owner != other || info.Mode().Perm() != 0o640 {
			t.Errorf("%s belongs to %d, with mode %v", filepath.Base(path), owner, info.Mode())
		}
	}
}
