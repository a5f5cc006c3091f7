package cmd

import (
	"fmt"
	"io"
	"strings"
)

// progressBar shows the progress of a task in one line of a terminal, which is cleared at the end. Elsewhere it shows
// nothing.
type progressBar struct {
	to    io.Writer // nil if it is not a terminal
	label string
	last  string // replaces the bar at 100 %, while a step without measurable progress follows
	shown string
}

// progressWidth is the width of the bar in characters.
const progressWidth = 30

func newProgressBar(to io.Writer, label, last string) *progressBar {
	if !isTerminal(to) {
		to = nil
	}
	return &progressBar{to: to, label: label, last: last}
}

// show redraws the bar if its text has changed.
func (b *progressBar) show(done, total int64) {
	if b.to == nil || total <= 0 {
		return
	}
	full := int(progressWidth * done / total)
	line := fmt.Sprintf("%s [%s%s] %3d %%", b.label, strings.Repeat("=", full),
		strings.Repeat(" ", progressWidth-full), 100*done/total)
	if done == total {
		b.clear()
		line = b.last
	}
	if line != b.shown {
		b.shown = line
		fmt.Fprint(b.to, "\r"+line)
	}
}

// clear removes the bar.
func (b *progressBar) clear() {
	if b.shown != "" {
		fmt.Fprint(b.to, "\r"+strings.Repeat(" ", len(b.shown))+"\r")
		b.shown = ""
	}
}
