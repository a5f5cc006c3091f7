package app

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of failure an Error is. There are few, and each has one HTTP status.
type Kind int

const (
	KindInternal     Kind = iota // a fault of ours: logged, and shown as nothing more than that
	KindInvalid                  // the request makes no sense; the message says how to mend it
	KindAnonymous                // nobody is signed in
	KindForbidden                // somebody is, but may not
	KindNotFound                 // it is not there, or not theirs
	KindPrecondition             // it has changed since the caller saw it
	KindUnsupported              // of a kind that is not taken
	KindTooLarge                 // over a limit of size
	KindTooMany                  // over a limit of rate; see Error.RetryAfter
	KindUnavailable              // something we need does not answer, such as the mail server
)

// Error is a failure that the person at the other end can be told of.
type Error struct {
	Kind       Kind
	Message    string        // for people: what happened and what to do
	RetryAfter time.Duration // for KindTooMany and KindUnavailable: when to try again
	Cause      error         // for the log, never shown
}

// Error gives the message, followed by the cause if there is one.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error of a kind, with a message for people.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// KindOf gives the kind of an error, KindInternal for one that is not ours.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	if _, ok := errors.AsType[FieldErrors](err); ok {
		return KindInvalid
	}
	return KindInternal
}

// FieldErrors says what is wrong with a document, by field. What is wrong with the whole stands under NonField.
type FieldErrors map[string][]string

// NonField is the key in FieldErrors of what concerns no single field.
const NonField = "non_field_errors"

// Error names the fields.
func (f FieldErrors) Error() string {
	return fmt.Sprintf("these fields are not right: %v", map[string][]string(f))
}
