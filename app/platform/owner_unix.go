//go:build unix

package platform

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Adopt gives a file to the owner of another, where the program runs as root: the server, which does not, must be able to
// use what root has made beside it. Where there is no other file nothing is done.
func Adopt(path, like string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(like)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return os.Chown(path, int(owner.Uid), int(owner.Gid))
}
