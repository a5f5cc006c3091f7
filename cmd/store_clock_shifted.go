//go:build testclock

package cmd

import (
	"os"
	"strings"
	"time"
)

// storeClock is the system's clock, shifted by the duration in the file that MATHMUSEUMS_TEST_CLOCK names, so that a test can
// move the clock of a server that runs. Releases are built without this file.
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
