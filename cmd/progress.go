package cmd

import (
	"fmt"
	"io"
	"strings"
)

// bar shows on a terminal how far a piece of work has come, in a line that is gone when it is done. Elsewhere it shows
// nothing.
type progressBar struct {
	to    io.Writer // nil: there is no terminal
	label string
	last  string // in place of the bar when all is done, and something that cannot be measured goes on
	shown string
}

// progressWidth is in letters.
const progressWidth = 30

func newProgressBar(to io.Writer, label, last string) *progressBar {
	if !isTerminal(to) {
		to = nil
	}
	return &progressBar{to: to, label: label, last: last}
}

// show draws the bar anew if that makes a difference.
func (b *progressBar) show(done, total int64) {
	if b.to == nil || total <= 0 {
		return
	}
	full := int(progressWidth * done / total)
	line := fmt.Sprintf("%s [%s%s] %3d %%", b.label, strings.Repeat("=", full), strings.Repeat(" ", progressWidth-full), 100*done/total)
	if done == total {
		b.clear()
		line = b.last
	}
	if line != b.shown {
		b.shown = line
		fmt.Fprint(b.to, "\r"+line)
	}
}

// clear takes the bar away.
func (b *progressBar) clear() {
	if b.shown != "" {
		fmt.Fprint(b.to, "\r"+strings.Repeat(" ", len(b.shown))+"\r")
		b.shown = ""
	}
}
