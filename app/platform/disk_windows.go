package platform

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// FreeSpace returns how many bytes this user can still write on the disk of a file.
func FreeSpace(path string) (int64, error) {
	folder, err := windows.UTF16PtrFromString(filepath.Dir(path))
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(folder, &free, nil, nil)
	return int64(free), err
}
