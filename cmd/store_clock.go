//go:build !testclock

package cmd

import "time"

// storeClock returns the time for the museum's time stamps and expiry.
func storeClock() time.Time { return time.Now() }
