package cmd

import (
	"os"

	"golang.org/x/sys/windows"
)

// enableColours makes the older consoles of Windows understand colours.
func enableColours(file *os.File) bool {
	console := windows.Handle(file.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
