package platform

import (
	"path/filepath"
	"syscall"
)

// mntLocal is the flag of file systems on this machine (MNT_LOCAL, statfs(2)).
const mntLocal = 0x1000

// OnNetwork tells whether the file's folder lies on a network file system.
func OnNetwork(path string) bool {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &stat); err != nil {
		return false // opening the file will say what is wrong
	}
	return stat.Flags&mntLocal == 0
}
