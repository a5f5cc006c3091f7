//go:build unix

package cmd

import (
	"io/fs"

	"golang.org/x/sys/unix"
)

// checkFileWritable tells why a file cannot be written to. It does not open it: who closes a file gives up the locks that another
// part of this process, such as SQLite, holds on it.
func checkFileWritable(path string) error {
	if err := unix.Access(path, unix.W_OK); err != nil {
		return &fs.PathError{Op: "access", Path: path, Err: err}
	}
	return nil
}
