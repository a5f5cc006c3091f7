//go:build unix

package cmd

import (
	"io/fs"
	"os"

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

// isListening tells whether a file is a socket at which connections are waited for, as FastCGI hands it over.
func isListening(file *os.File) bool {
	listens, err := unix.GetsockoptInt(int(file.Fd()), unix.SOL_SOCKET, unix.SO_ACCEPTCONN)
	return err == nil && listens == 1
}

// enableColours has nothing to do: terminals understand colours.
func enableColours(*os.File) bool { return true }
