package web

import (
	"maps"
	"slices"
	"sync"

	"github.com/mathmuseums/mathmuseums/app"
)

// How many streams of events are open at most. A device needs one a browser, however many tabs it has.
const (
	maxStreamsPerUser = 10
	maxStreams        = 2000
)

// events tells the devices of a user that the museum was changed, so that they pull. It tells those at this process;
// see watchChanges for what others change.
type events struct {
	mu        sync.Mutex
	audiences map[int64]*audience // by user; only those with streams
	count     int                 // of streams
	watched   bool                // watchChanges runs
	watchers  sync.WaitGroup
	done      chan struct{} // closed with the hub
}

// audience is the streams of one user.
type audience struct {
	revision int64 // the newest that was told
	streams  []*stream
}

// stream is one open answer of GET /api/events/. Whoever publishes leaves the revision in it and goes on: a slow reader
// holds up nobody, and misses only what is out of date.
type stream struct {
	userID, sessionID int64
	news              chan int64     // the newest revision that was not sent yet; there is room for one
	ended             chan endReason // told why, or closed
}

// endReason is why a stream ends for good, as its client is told: it is not to open another one by itself.
type endReason string

const (
	endDisplaced endReason = "displaced"  // ten newer streams of the user are open; this device polls
	endPolling   endReason = "polling"    // this server holds no streams open
	endSignedOut endReason = "signed-out" // the session is over
)

func newEvents() *events {
	return &events{audiences: map[int64]*audience{}, done: make(chan struct{})}
}

// isClosed tells whether close was called. The lock is held.
func (e *events) isClosed() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

// errBusy is the answer where no further stream can be opened.
var errBusy = &app.Error{Kind: app.KindUnavailable, RetryAfter: busyRetry,
	Message: "Very many devices are connected at this moment. Your work is kept all the same; other devices see it a little later."}

// subscribe opens a stream for a user. Beyond maxStreamsPerUser the user's oldest one ends. Unless it runs already, watch is
// started, which is to end once isWatched says so.
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

// unsubscribe forgets a stream, if that has not been done yet.
func (e *events) unsubscribe(gone *stream) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.forget(gone)
}

// publish tells a user's devices that the museum is at a revision now.
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
		case <-s.news: // nobody has read it, and it is out of date
		default:
		}
		s.news <- revision // there is room: nobody else fills it while the lock is held
	}
}

// endSession ends the streams of a session that is over.
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

// isWatched tells whether there are streams to be told of changes; else watching ends.
func (e *events) isWatched() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.watched = e.count > 0
	return e.watched
}

// listeners are the users with streams.
func (e *events) listeners() []int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Collect(maps.Keys(e.audiences))
}

// streams is how many are open.
func (e *events) streams() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.count
}

// close ends all streams, without a reason: their clients come back when the museum is open again. It waits for the watch
// to end, which has the database open.
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

// end forgets a stream and tells its handler why. The lock is held.
func (e *events) end(s *stream, why endReason) {
	if e.forget(s) {
		s.ended <- why
	}
}

// forget takes a stream out, and tells whether it was there. The lock is held.
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
