package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/gofrs/flock" // locks between processes on all systems, Windows included
	"github.com/mathmuseums/mathmuseums/app/platform"
)

// ErrInUse is returned if an operation needs the database for itself and another process has it open.
var ErrInUse = errors.New("the museum is open")

// ErrLocked is returned if another process is already doing what only one may do.
var ErrLocked = errors.New("another process is already doing this")

// lockRetry is the interval between two attempts to take a lock.
const lockRetry = 20 * time.Millisecond

// Lock is a lock held by one process, or shared by several. It ends with the process, however that ends.
type Lock struct{ file *flock.Flock }

// Release releases the lock. The file stays: if it were deleted, two processes could lock two files of the same name.
func (l *Lock) Release() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}

// newLock returns the lock of a database and a kind. Every process that has a database open shares its ".lock", so
// that nobody replaces the file meanwhile. SQLite's own locks cannot serve: between two statements it may hold none.
func newLock(database, kind string) (*flock.Flock, error) {
	path := database + kind
	mode := fs.FileMode(0o600)
	info, err := os.Stat(database)
	if err == nil {
		mode = info.Mode().Perm() // whoever may open the database must be able to lock it
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, mode)
	switch {
	case errors.Is(err, fs.ErrExist):
		err = nil
	case err == nil:
		err = errors.Join(file.Close(), platform.CopyOwner(path, database))
	}
	return flock.New(path), err
}

// LockShared takes a share of the database's lock. It waits for an exclusive holder, which is never long. It returns
// nil if the file system does not support locks.
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

// LockAlone takes the database's lock exclusively, so that no program has it open or opens it until the lock is
// released. It fails with ErrInUse if one has it open.
func LockAlone(database string) (*Lock, error) { return tryLock(database, ".lock", ErrInUse) }

// LockTask makes sure that one process at a time performs a named task. It fails with ErrLocked if another does.
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
