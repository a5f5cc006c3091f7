package platform

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// OnNetwork reports whether a file is on a network drive.
func OnNetwork(path string) bool {
	full, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	volume := filepath.VolumeName(full)
	if strings.HasPrefix(volume, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
