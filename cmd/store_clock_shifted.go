//go:build testclock

package cmd

import (
	"os"
	"strings"
	"time"
)

// storeClock returns the system's time, shifted by the duration in the file that MATHMUSEUMS_TEST_CLOCK names, so that a
// test can move the clock of a running server. Releases are built without this file.
func storeClock() time.Time {
	text, err := os.ReadFile(os.Getenv("MATHMUSEUMS_TEST_CLOCK"))
	if err != nil {
		return time.Now()
	}
	shift, err := time.ParseDuration(strings.TrimSpace(string(text)))
	if err != nil {
		panic(err)
	}
	return time.Now().Add(shift)
}
