package web

import (
	"maps"
	"slices"
	"sync"

	"github.com/mathmuseums/mathmuseums/app"
)

// Limits of open streams of events. A browser needs one, however many tabs it has.
const (
	maxStreamsPerUser = 10
	maxStreams        = 2000
)

// events notifies a user's devices of changes, so that they sync. It serves the streams of this process; see
// watchChanges for changes made elsewhere.
type events struct {
	mu        sync.Mutex
	audiences map[int64]*audience // by user; only users with streams
	count     int                 // of streams
	watched   bool                // watchChanges is running
	watchers  sync.WaitGroup
	done      chan struct{} // closed with the hub
}

// audience holds the streams of one user.
type audience struct {
	revision int64 // the last one that was published
	streams  []*stream
}

// stream is one open response of GET /api/events/. The publisher leaves the latest revision in it and moves on: a
// slow reader blocks nobody, and misses only what is outdated.
type stream struct {
	userID, sessionID int64
	news              chan int64     // the latest unsent revision; capacity 1
	ended             chan endReason // receives a reason, or is closed
}

// endReason tells the client why a stream ends for good: it must not open another by itself.
type endReason string

const (
	endDisplaced endReason = "displaced"  // the user has ten newer streams; this device polls
	endPolling   endReason = "polling"    // this server keeps no streams
	endSignedOut endReason = "signed-out" // the session is over
)

func newEvents() *events {
	return &events{audiences: map[int64]*audience{}, done: make(chan struct{})}
}

// isClosed reports whether close was called. The caller holds the lock.
func (e *events) isClosed() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

// errBusy is returned when no further stream can be opened.
var errBusy = &app.Error{Kind: app.KindUnavailable, RetryAfter: busyRetry,
	Message: "Very many devices are connected at this moment. Your work is kept all the same; other devices see it a little later."}

// subscribe opens a stream for a user. Above maxStreamsPerUser the user's oldest stream ends. It starts watch unless
// it is running; watch must end when isWatched returns false.
func (e *events) subscribe(user *app.User, watch func()) (*stream, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.isClosed() || e.count >= maxStreams {
		return nil, errBusy
	}
	whole := e.audiences[user.ID]
	if whole == nil {
		whole = &audience{}
		e.audiences[user.ID] = whole
	}
	if len(whole.streams) >= maxStreamsPerUser {
		e.end(whole.streams[0], endDisplaced)
	}
	opened := &stream{user.ID, user.SessionID, make(chan int64, 1), make(chan endReason, 1)}
	whole.streams = append(whole.streams, opened)
	e.count++
	if !e.watched {
		e.watched = true
		e.watchers.Add(1)
		go watch()
	}
	return opened, nil
}

// unsubscribe removes a stream, if it is still there.
func (e *events) unsubscribe(gone *stream) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.forget(gone)
}

// publish notifies a user's devices of a revision.
func (e *events) publish(userID, revision int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	whole := e.audiences[userID]
	if whole == nil || revision <= whole.revision {
		return
	}
	whole.revision = revision
	for _, s := range whole.streams {
		select {
		case <-s.news: // unread and outdated
		default:
		}
		s.news <- revision // there is room: only publish fills it, with the lock held
	}
}

// endSession ends the streams of a session.
func (e *events) endSession(userID, sessionID int64) {
	e.endWhere(userID, func(s *stream) bool { return s.sessionID == sessionID })
}

// endOtherSessions ends the streams of all sessions of a user but one.
func (e *events) endOtherSessions(userID, except int64) {
	e.endWhere(userID, func(s *stream) bool { return s.sessionID != except })
}

// endUser ends all streams of a user.
func (e *events) endUser(userID int64) {
	e.endWhere(userID, func(*stream) bool { return true })
}

func (e *events) endWhere(userID int64, condition func(*stream) bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	whole := e.audiences[userID]
	if whole == nil {
		return
	}
	for _, s := range slices.Clone(whole.streams) {
		if condition(s) {
			e.end(s, endSignedOut)
		}
	}
}

// isWatched reports whether there are streams; otherwise watching must end.
func (e *events) isWatched() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.watched = e.count > 0
	return e.watched
}

// listeners returns the users with streams.
func (e *events) listeners() []int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Collect(maps.Keys(e.audiences))
}

// streams returns the number of open streams.
func (e *events) streams() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.count
}

// close ends all streams without a reason: clients reconnect when the museum is open again. It waits for watch, which
// uses the database.
func (e *events) close() {
	e.endAll()
	e.watchers.Wait()
}

func (e *events) endAll() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.isClosed() {
		return
	}
	close(e.done)
	for _, whole := range e.audiences {
		for _, s := range slices.Clone(whole.streams) {
			e.forget(s)
			close(s.ended)
		}
	}
}

// end removes a stream and passes the reason to its handler. The caller holds the lock.
func (e *events) end(s *stream, why endReason) {
	if e.forget(s) {
		s.ended <- why
	}
}

// forget removes a stream and reports whether it was there. The caller holds the lock.
func (e *events) forget(s *stream) bool {
	whole := e.audiences[s.userID]
	if whole == nil || !slices.Contains(whole.streams, s) {
		return false
	}
	whole.streams = slices.DeleteFunc(whole.streams, func(other *stream) bool { return other == s })
	e.count--
	if len(whole.streams) == 0 {
		delete(e.audiences, s.userID)
	}
	return true
}
