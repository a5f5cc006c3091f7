package cmd

import (
	"fmt"
	"io"
	"strings"
)

// bar shows on a terminal how far a piece of work has come, in a line that is gone when it is done. Elsewhere it shows
// nothing.
type bar struct {
	to    io.Writer // nil: there is no terminal
	label string
	last  string // in place of the bar when all is done, and something that cannot be measured goes on
	shown string
}

// barWidth is in letters.
const barWidth = 30

func newBar(to io.Writer, label, last string) *bar {
	if !isTerminal(to) {
		to = nil
	}
	return &bar{to: to, label: label, last: last}
}

// show draws the bar anew if that makes a difference.
func (b *bar) show(done, total int64) {
	if b.to == nil || total <= 0 {
		return
	}
	full := int(barWidth * done / total)
	line := fmt.Sprintf("%s [%s%s] %3d %%", b.label, strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), 100*done/total)
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
func (b *bar) clear() {
	if b.shown != "" {
		fmt.Fprint(b.to, "\r"+strings.Repeat(" ", len(b.shown))+"\r")
		b.shown = ""
	}
}
