package store

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrFull is returned when the disk has no room.
var ErrFull = errors.New("the disk is full")

// ErrBusy is returned when another writer holds the database for longer than busyTimeout.
var ErrBusy = errors.New("somebody else is writing to the database")

// busyPause is the Retry-After of ErrBusy: long enough that a class does not keep asking, short enough that nobody
// waits long after an import.
const busyPause = 5 * time.Second

// withSentinel wraps SQLite's errors with the sentinel error of the same meaning.
func withSentinel(err error) error {
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch failure.Code() & 0xff { // the other bits only add detail
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case sqlite3.SQLITE_READONLY: // the file, or its folder
		return fmt.Errorf("%w: %w", fs.ErrPermission, err)
	}
	return err
}

// explain turns errors that users can do something about (a full disk, a busy database) into messages for them.
func explain(err error) error {
	if app.KindOf(err) != app.KindInternal {
		return err // it has a message already
	}
	err = withSentinel(err)
	switch {
	case errors.Is(err, ErrFull):
		return &app.Error{Kind: app.KindFull, RetryAfter: time.Minute, Cause: err,
			Message: "The museum's disk is full. Your work is kept on this device. Please tell whoever runs the museum."}
	case errors.Is(err, ErrBusy):
		return &app.Error{Kind: app.KindUnavailable, RetryAfter: busyPause, Cause: err,
			Message: "Much is being written to the museum just now, such as an import. What you wrote is still on your device. Please try again in a moment."}
	}
	return err
}

// isUnique reports whether an error is a violated unique constraint.
func isUnique(err error) bool {
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && (failure.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || failure.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
