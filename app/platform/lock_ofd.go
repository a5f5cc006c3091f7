//go:build linux || darwin

package platform

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// Where SQLite keeps its locks in a file, see "The SQLite Database File Format" and os.h of its source.
const (
	sharedFirst = 0x40000000 + 2
	sharedSize  = 510
)

// GuardFile holds a lock on a database for as long as the program has it open, beside those of SQLite.
//
// It is needed because Litestream opens the file by itself and closes it again where it cannot start, say for want of a
// network. By a rule of POSIX, whoever closes a file loses all locks that the process has on it, SQLite's too. A program
// that opens and closes the museum then takes itself for the last one, and deletes the WAL into which this one goes on
// writing: Debian's sqlite3 (3.40) did, and all that was written from then on was lost. SQLite since 3.51 looks twice. A lock
// of the open file description, as here, stays; to other programs it is the lock that SQLite would have.
//
// The guard is released when all who have the file open in this process have closed it: closing it ends their locks too.
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
