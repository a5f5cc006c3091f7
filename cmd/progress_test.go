package cmd

import (
	"strings"
	"testing"
)

// seen returns the visible content of a terminal's line.
func seen(written string) string {
	var line []rune
	at := 0
	for _, letter := range written {
		if letter == '\r' {
			at = 0
			continue
		}
		line = append(line[:at], append([]rune{letter}, line[min(at+1, len(line)):]...)...)
		at++
	}
	return strings.TrimRight(string(line), " ")
}

func TestBar(t *testing.T) {
	var written strings.Builder
	b := &progressBar{to: &written, label: "Copying", last: "Checking ..."}
	for _, test := range []struct {
		done int64
		want string
	}{
		{0, "Copying [                              ]   0 %"},
		{1, "Copying [===============               ]  50 %"},
		{2, "Checking ..."}, // which may take as long as the copying
	} {
		b.show(test.done, 2)
		b.show(test.done, 2)
		if got := seen(written.String()); got != test.want {
			t.Errorf("%d of 2: %q, want %q", test.done, got, test.want)
		}
	}
	if count := strings.Count(written.String(), "%"); count != 2 {
		t.Errorf("the bar was drawn %d times, want 2", count)
	}
	b.clear()
	if got := seen(written.String()); got != "" {
		t.Errorf("it leaves %q", got)
	}
	nowhere := newProgressBar(&written, "Copying", "Checking ...")
	before := written.Len()
	nowhere.show(1, 2)
	nowhere.clear()
	if written.Len() != before {
		t.Errorf("where there is no terminal it writes %q", written.String()[before:])
	}
}
