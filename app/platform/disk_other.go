//go:build !linux && !darwin && !windows

package platform

import "errors"

// FreeSpace cannot be told here.
func FreeSpace(string) (int64, error) { return 0, errors.ErrUnsupported }
