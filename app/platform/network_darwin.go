package platform

import (
	"path/filepath"
	"syscall"
)

// mntLocal is the flag of local file systems (MNT_LOCAL, statfs(2)).
const mntLocal = 0x1000

// OnNetwork reports whether a file is on a network file system.
func OnNetwork(path string) bool {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &stat); err != nil {
		return false // opening the file will report the error
	}
	return stat.Flags&mntLocal == 0
}
