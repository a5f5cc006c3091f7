package cmd

import (
	"os"

	"golang.org/x/sys/windows"
)

// checkFileWritable returns why a file cannot be written to, or nil.
func checkFileWritable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return file.Close()
}

// enableColours turns on colours in older Windows consoles. It reports whether colours work.
func enableColours(file *os.File) bool {
	console := windows.Handle(file.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}

// isListening returns false: FastCGI passes a socket on Unix only.
func isListening(*os.File) bool { return false }
