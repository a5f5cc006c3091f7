//go:build !linux && !darwin

package platform

// GuardFile does nothing: on Windows a lock belongs to the open file, and cannot be lost to another.
func GuardFile(string) (release func() error, err error) { return func() error { return nil }, nil }
