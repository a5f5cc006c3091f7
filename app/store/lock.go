package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/gofrs/flock" // locks between processes on every system, Windows too
	"github.com/mathmuseums/mathmuseums/app/platform"
)

// ErrInUse is given where something needs a database for itself that a program has open.
var ErrInUse = errors.New("the museum is open")

// ErrLocked is given where another process does already what only one may do.
var ErrLocked = errors.New("another process is at it already")

// lockRetry is how often who waits for a lock looks again.
const lockRetry = 20 * time.Millisecond

// Lock is what one process holds, or several that share it. It ends with the process, whatever becomes of that.
type Lock struct{ file *flock.Flock }

// Release gives the lock back. The file stays: were it deleted, two could hold locks on two files of one name.
func (l *Lock) Release() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

// Everybody who has a database open shares the lock of its file, so that nobody puts another one in its place meanwhile.
// SQLite's own locks do not tell: between two statements it may hold none.
func newLock(database, kind string) (*flock.Flock, error) {
	path := database + kind
	mode := fs.FileMode(0o600)
	info, err := os.Stat(database)
	if err == nil {
		mode = info.Mode().Perm() // who may open the database must be able to lock it
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, mode)
	switch {
	case errors.Is(err, fs.ErrExist):
		err = nil
	case err == nil:
		err = errors.Join(file.Close(), platform.Adopt(path, database))
	}
	return flock.New(path), err
}

// LockShared takes a share of the database's lock. It waits for who has it alone, which is never for long. It gives nil where
// the file system knows no such locks.
func LockShared(ctx context.Context, database string) (*Lock, error) {
	file, err := newLock(database, ".lock")
	if err != nil {
		return nil, err
	}
	waiting, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	_, err = file.TryRLockContext(waiting, lockRetry)
	switch {
	case errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK):
		return nil, nil
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("%s is being put back from a backup: %w", database, ErrLocked)
	}
	return &Lock{file}, err
}

// LockAlone makes sure that no program has the database open, nor opens it until the lock is released; else the error is
// ErrInUse.
func LockAlone(database string) (*Lock, error) { return tryLock(database, ".lock", ErrInUse) }

// LockTask makes sure that a task of a name is done by one process at a time; else the error is ErrLocked.
func LockTask(database, task string) (*Lock, error) {
	return tryLock(database, "."+task+".lock", ErrLocked)
}

func tryLock(database, kind string, refusal error) (*Lock, error) {
	file, err := newLock(database, kind)
	if err != nil {
		return nil, err
	}
	got, err := file.TryLock()
	if err == nil && !got {
		err = refusal
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file.Path(), err)
	}
	return &Lock{file}, nil
}
