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

// ErrFull is given where the disk has no room.
var ErrFull = errors.New("the disk is full")

// ErrBusy is given where somebody else writes for so long that this one gave up.
var ErrBusy = errors.New("somebody else is writing to the database")

// busyPause is after how long who met ErrBusy is asked to try again: so that a class does not ask all the time, and does not
// wait long once an import is done.
const busyPause = 5 * time.Second

// named adds to SQLite's errors the one of ours that means the same.
func withSentinel(err error) error {
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch failure.Code() & 0xff { // the rest says more of the same
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

// tell says in words for people what they can do something about: that the disk is full, or that they are to try again.
func explain(err error) error {
	if app.KindOf(err) != app.KindInternal {
		return err // it has its words
	}
	err = withSentinel(err)
	switch {
	case errors.Is(err, ErrFull):
		return &app.Error{Kind: app.KindUnavailable, RetryAfter: time.Minute, Cause: err,
			Message: "The museum's disk is full, so nothing more can be kept there. Whoever runs it has to make room. What you wrote is still on your device."}
	case errors.Is(err, ErrBusy):
		return &app.Error{Kind: app.KindUnavailable, RetryAfter: busyPause, Cause: err,
			Message: "Much is being written to the museum just now, such as an import. What you wrote is still on your device. Please try again in a moment."}
	}
	return err
}

// isUnique tells whether an error comes of a row that would be there twice.
func isUnique(err error) bool {
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && (failure.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || failure.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
