//go:build !linux && !darwin && !windows

package platform

import "errors"

// FreeSpace is not supported on this system.
func FreeSpace(string) (int64, error) { return 0, errors.ErrUnsupported }
