//go:build linux || darwin

package platform

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// The bytes that SQLite locks in a file, see "The SQLite Database File Format" and os.h of its source.
const (
	sharedFirst = 0x40000000 + 2
	sharedSize  = 510
)

// GuardFile holds a lock on a database, in addition to SQLite's own, for as long as the program has it open.
//
// Litestream opens the file by itself, and closes it again if it cannot start, for example without a network. By a
// rule of POSIX, closing a file drops all locks that the process has on it, including SQLite's. Another program that
// opens and closes the museum then thinks that it is the last one, and deletes the WAL that this program keeps
// writing to: Debian's sqlite3 (3.40) did, and everything written from then on was lost. SQLite since 3.51 checks
// again. A lock of the open file description, as here, is kept; to other programs it looks like SQLite's.
//
// Release the guard only after everything in this process has closed the file: closing the guard drops their locks
// too.
func GuardFile(path string) (release func() error, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	lock := unix.Flock_t{Type: unix.F_RDLCK, Whence: io.SeekStart, Start: sharedFirst, Len: sharedSize}
	if err := unix.FcntlFlock(file.Fd(), setOFDLock, &lock); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), file.Close())
	}
	return file.Close, nil
}
