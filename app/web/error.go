package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
)

// httpError is an error that exists only in HTTP.
type httpError struct {
	status int
	detail string
}

func (e httpError) Error() string { return e.detail }

func errMethod(method string) error {
	return httpError{http.StatusMethodNotAllowed, fmt.Sprintf("Method %q not allowed.", method)}
}

// signInError marks an error of the sign-in views, which use the key "error" where all others use "detail".
type signInError struct{ error }

func (e signInError) Unwrap() error { return e.error }

// statuses maps kinds of errors to HTTP statuses.
var statuses = map[app.Kind]int{
	app.KindInternal:     http.StatusInternalServerError,
	app.KindInvalid:      http.StatusBadRequest,
	app.KindAnonymous:    http.StatusForbidden, // never 401, which makes browsers ask for a password
	app.KindForbidden:    http.StatusForbidden,
	app.KindNotFound:     http.StatusNotFound,
	app.KindPrecondition: http.StatusPreconditionFailed,
	app.KindUnsupported:  http.StatusUnsupportedMediaType,
	app.KindTooLarge:     http.StatusRequestEntityTooLarge,
	app.KindTooMany:      http.StatusTooManyRequests,
	app.KindUnavailable:  http.StatusServiceUnavailable,
	app.KindFull:         http.StatusInsufficientStorage,
}

// writeError answers with an error. Internal errors are logged here, and only here, and not shown.
func (s *Server) writeError(w http.ResponseWriter, r *http.Request, err error) {
	if fields, ok := errors.AsType[app.FieldErrors](err); ok {
		writeValue(w, http.StatusBadRequest, fields)
		return
	}
	status, message := statuses[app.KindOf(err)], "Something went wrong on the server. What you wrote is still on your device. Please try again in a moment."
	if e, ok := errors.AsType[httpError](err); ok {
		status, message = e.status, e.detail
	} else if e, ok := errors.AsType[*app.Error](err); ok && e.Kind != app.KindInternal {
		message = e.Message
		if e.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds()+0.999)))
		}
		if e.Cause != nil {
			level := slog.LevelWarn
			if e.Kind == app.KindFull {
				level = slog.LevelError // nothing is saved until somebody makes room
			}
			s.Log.Log(r.Context(), level, "request refused", "method", r.Method, "path", r.URL.Path, "status", status, "error", e.Cause)
		}
	} else if r.Context().Err() == nil { // otherwise the client has gone, which is not an error
		s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	key := "detail"
	if _, ok := errors.AsType[signInError](err); ok {
		key = "error"
	}
	writeValue(w, status, map[string]string{key: message})
}

// writeValue answers with a value as JSON.
func writeValue(w http.ResponseWriter, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode the answer: %w", err)
	}
	return writeJSON(w, status, body)
}

// writeJSON answers with JSON text.
func writeJSON(w http.ResponseWriter, status int, body []byte) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may have gone
	return nil
}
