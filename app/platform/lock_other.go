//go:build !linux && !darwin

package platform

// GuardFile has nothing to do: on Windows a lock belongs to the open file, and no other can lose it.
func GuardFile(string) (release func() error, err error) { return func() error { return nil }, nil }
