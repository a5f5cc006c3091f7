//go:build !unix

package cmd

import "os"

// isListening: FastCGI hands a socket over on Unix alone.
func isListening(*os.File) bool { return false }
