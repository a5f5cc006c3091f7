package app

import (
	"errors"
	"fmt"
	"time"
)

// Kind classifies an Error. There are few kinds, and each maps to one HTTP status.
type Kind int

const (
	KindNone         Kind = iota // no error
	KindInternal                 // a fault of ours: logged, and shown as an internal error only
	KindInvalid                  // the request is invalid; the message says how to correct it
	KindAnonymous                // nobody is signed in
	KindForbidden                // the user lacks the permission
	KindNotFound                 // it does not exist, or belongs to someone else
	KindPrecondition             // it has changed since the caller saw it
	KindUnsupported              // the media type is not supported
	KindTooLarge                 // over a limit of size
	KindTooMany                  // over a limit of rate; see Error.RetryAfter
	KindUnavailable              // something we depend on does not answer, such as the mail server
	KindFull                     // the server's disk has no room left
)

// Error is a failure that can be shown to the user.
type Error struct {
	Kind       Kind
	Message    string        // for the user: what happened and what to do
	RetryAfter time.Duration // for KindTooMany and KindUnavailable: when to try again
	Cause      error         // for the log, never shown
}

// Error returns the message, followed by the cause if there is one.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf returns an Error of a kind with a message for the user.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// KindOf returns the kind of an error: KindNone for nil, and KindInternal for an error that is not one of ours.
func KindOf(err error) Kind {
	if err == nil {
		return KindNone
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	if _, ok := errors.AsType[FieldErrors](err); ok {
		return KindInvalid
	}
	return KindInternal
}

// FieldErrors lists what is wrong with a document, by field. Errors of the document as a whole are under NonField.
type FieldErrors map[string][]string

// NonField is the key in FieldErrors for errors that concern no single field.
const NonField = "non_field_errors"

// Error lists the fields.
func (f FieldErrors) Error() string {
	return fmt.Sprintf("these fields are invalid: %v", map[string][]string(f))
}
