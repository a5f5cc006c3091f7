//go:build linux || darwin

package platform

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// FreeSpace returns how many bytes this user can still write on the disk of a file.
func FreeSpace(path string) (int64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(filepath.Dir(path), &stat); err != nil {
		return 0, err
	}
	return int64(stat.Bavail) * int64(stat.Bsize), nil
}
