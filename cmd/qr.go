package cmd

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
	"rsc.io/qr"
)

// quietZone is the width of the blank border that scanners need, in modules.
const quietZone = 2

// drawQR prints a QR code with two modules per character. It sets the colours, because a terminal may be light or
// dark.
func drawQR(w io.Writer, text string) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return // the address is too long; it is printed as text anyway
	}
	const blackOnWhite, plain = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
	for y := -quietZone; y < code.Size+quietZone; y += 2 {
		var line strings.Builder
		for x := -quietZone; x < code.Size+quietZone; x++ {
			line.WriteRune(halfBlock(code.Black(x, y), code.Black(x, y+1)))
		}
		fmt.Fprintf(w, "  %s%s%s\n", blackOnWhite, line.String(), plain)
	}
}

func halfBlock(upper, lower bool) rune {
	switch {
	case upper && lower:
		return '█'
	case upper:
		return '▀'
	case lower:
		return '▄'
	}
	return ' '
}

// canDraw reports whether w is a terminal that supports colours.
func canDraw(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("TERM") != "dumb" && enableColours(w.(*os.File))
}

func isTerminal(w any) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
