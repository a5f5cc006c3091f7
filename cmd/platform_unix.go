//go:build unix

package cmd

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// checkFileWritable returns why a file cannot be written to, or nil. It does not open the file: closing it would
// release the locks that SQLite, in the same process, holds on it.
func checkFileWritable(path string) error {
	if err := unix.Access(path, unix.W_OK); err != nil {
		return &fs.PathError{Op: "access", Path: path, Err: err}
	}
	return nil
}

// isListening reports whether a file is a listening socket, such as the one that FastCGI passes as standard input.
func isListening(file *os.File) bool {
	listens, err := unix.GetsockoptInt(int(file.Fd()), unix.SOL_SOCKET, unix.SO_ACCEPTCONN)
	return err == nil && listens == 1
}

// enableColours does nothing: terminals on Unix support colours.
func enableColours(*os.File) bool { return true }
