//go:build unix

package platform

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// CopyOwner changes the owner of a file to that of another if the program runs as root: the server, which does not,
// must be able to use what root has created next to it. If the other file does not exist, it does nothing.
func CopyOwner(path, like string) error {
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
