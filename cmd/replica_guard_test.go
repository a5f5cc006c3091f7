//go:build linux || darwin

package cmd_test

import (
	"io"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// TestReplicaLeavesTheLocksOfTheMuseum checks the lock on the database by which other programs, such as an older
// sqlite3, know that it is open: without it they delete the log that the museum keeps writing to. Litestream drops
// SQLite's own lock each time it fails to start.
func TestReplicaLeavesTheLocksOfTheMuseum(t *testing.T) {
	h := newHome(t)
	s := h.serve(t, "--replica", "s3://bucket/museum?endpoint=http://127.0.0.1:1&region=x")
	s.stderr.waitFor(t, "The replica cannot be written")
	file, err := os.Open(h.data("museum.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	const sharedFirst, sharedSize = 0x40000002, 510 // see os.h of SQLite
	lock := unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart, Start: sharedFirst, Len: sharedSize}
	if err := unix.FcntlFlock(file.Fd(), unix.F_GETLK, &lock); err != nil {
		t.Fatal(err)
	}
	if lock.Type != unix.F_RDLCK {
		t.Errorf("the open museum has no lock on its database")
	}
}
