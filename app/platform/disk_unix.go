//go:build linux || darwin

package platform

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// FreeSpace tells how many bytes this user may still write beside a file.
func FreeSpace(path string) (int64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(filepath.Dir(path), &stat); err != nil {
		return 0, err
	}
	return int64(stat.Bavail) * int64(stat.Bsize), nil
}
