package web

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const (
	// heartbeat is the interval of signs of life on an idle stream: many proxies cut silent ones after 30 or 60
	// seconds. The session is checked each time too.
	heartbeat = 25 * time.Second

	// sendTimeout is how long a reader may take for one event of a few bytes. A slower one is dropped.
	sendTimeout = 10 * time.Second

	// reconnectAfter is how long a client waits before it opens a stream again, plus up to the same time at random,
	// so that not all come at once after a restart.
	reconnectAfter = 2 * time.Second

	// busyRetry is the Retry-After when there are too many streams.
	busyRetry = time.Minute
)

// getEvents notifies a device of changes of the user's museum elsewhere, by server-sent events:
//
//	event: change    the current revision; a device with an older one syncs. The first comes at once.
//	id: 1234
//	data: 1234
//
//	event: end       the stream ends for good; data is "displaced" (the user has ten newer streams: poll), "polling"
//	data: displaced  (this server has no streams: poll) or "signed-out"
//
// A stream that ends otherwise, as when the museum is closed for a moment, is opened again by the browser itself.
func (s *Server) getEvents(w http.ResponseWriter, r *http.Request, user *app.User) error {
	header := w.Header()
	if r.Method == http.MethodHead {
		header.Set("Content-Type", eventStream)
		return nil
	}
	if s.Polling {
		header.Set("Content-Type", eventStream)
		_, _ = fmt.Fprintf(w, endEvent, endPolling)
		return nil
	}
	stream, err := s.events.subscribe(user, s.watchChanges)
	if err != nil {
		return err
	}
	defer s.events.unsubscribe(stream)
	revision, err := s.Store.FindRevision(r.Context(), user.ID) // after subscribing, so that nothing falls in between
	if err != nil {
		return err
	}
	header.Set("Content-Type", eventStream)
	header.Set("Cache-Control", "no-store, no-transform")
	header.Set("X-Accel-Buffering", "no") // nginx would keep the events to itself
	out := eventWriter{w, http.NewResponseController(w)}
	if out.open() == nil && out.change(revision) == nil { // else it has gone already
		s.streamChanges(r, out, stream, revision)
	}
	return nil
}

// eventStream is the media type of events.
const eventStream = "text/event-stream"

// endEvent is the last event of a stream.
const endEvent = "event: end\ndata: %s\n\n"

// streamChanges sends the revisions above told, until either side ends the stream.
func (s *Server) streamChanges(r *http.Request, out eventWriter, from *stream, told int64) {
	beat := time.NewTicker(s.heartbeat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-r.Context().Done():
			return
		case why, isTold := <-from.ended:
			if isTold {
				_ = out.send(endEvent, why) // the reader may have gone
			}
			return
		case revision := <-from.news:
			if revision > told {
				told, err = revision, out.change(revision)
			}
		case <-beat.C:
			if err = s.checkSession(r, from); err == nil {
				err = out.send(":\n\n")
			}
		}
		if err != nil {
			return
		}
	}
}

// checkSession ends a stream whose session is over, ended by another process or expired.
func (s *Server) checkSession(r *http.Request, of *stream) error {
	has, err := s.Store.HasSession(r.Context(), of.sessionID)
	if err == nil && !has {
		s.events.endSession(of.userID, of.sessionID)
	}
	return err
}

// eventWriter writes events and flushes each.
type eventWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

// open begins the stream. It removes the server's limit for reading a request, which would end the stream; the limit
// for writing is renewed with each event.
func (w eventWriter) open() error {
	if err := w.control.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return w.send("retry: %d\n\n", (reconnectAfter + rand.N(reconnectAfter)).Milliseconds())
}

// change sends a revision.
func (w eventWriter) change(revision int64) error {
	return w.send("event: change\nid: %d\ndata: %[1]d\n\n", revision)
}

func (w eventWriter) send(format string, args ...any) error {
	if err := w.control.SetWriteDeadline(time.Now().Add(sendTimeout)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := fmt.Fprintf(w, format, args...); err != nil {
		return err
	}
	return w.control.Flush()
}
