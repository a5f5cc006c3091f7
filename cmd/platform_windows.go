package cmd

import (
	"os"

	"golang.org/x/sys/windows"
)

// checkFileWritable tells why a file cannot be written to.
func checkFileWritable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return file.Close()
}

// enableColours makes the older consoles of Windows understand colours.
func enableColours(file *os.File) bool {
	console := windows.Handle(file.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}

// isListening: FastCGI hands a socket over on Unix alone.
func isListening(*os.File) bool { return false }
