//go:build unix

package cmd

import (
	"os"

	"golang.org/x/sys/unix"
)

// isListening tells whether a file is a socket at which connections are waited for, as FastCGI hands it over.
func isListening(file *os.File) bool {
	listens, err := unix.GetsockoptInt(int(file.Fd()), unix.SOL_SOCKET, unix.SO_ACCEPTCONN)
	return err == nil && listens == 1
}
