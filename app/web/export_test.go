package web

import (
	"time"

	"golang.org/x/sync/semaphore"
)

// SetHeartbeat lets streams that are opened from now on say more often that they are alive.
func (s *Server) SetHeartbeat(every time.Duration) { s.heartbeat = every }

// SetWatchEvery lets the changes of others be looked for more often, once the next stream is opened.
func (s *Server) SetWatchEvery(every time.Duration) { s.watchEvery = every }

// Publish tells a user's devices of a revision, as handlers do once a change is kept.
func (s *Server) Publish(userID, revision int64) { s.events.publish(userID, revision) }

// Streams is how many streams of events are open.
func (s *Server) Streams() int { return s.events.streams() }

// RoutePaths gives the paths of the table of contents.
func RoutePaths() (paths []string) {
	for _, route := range new(Server).routes() {
		paths = append(paths, route.path)
	}
	return paths
}

// SetBodyWait bounds how long request bodies wait for their turn.
func (s *Server) SetBodyWait(wait time.Duration) { s.bodies.wait = wait }

// BodyTurns is how many large and huge bodies are being read or answered.
func (s *Server) BodyTurns() (large, huge int) {
	return largeBodies - free(s.bodies.large, largeBodies), hugeBodies - free(s.bodies.huge, hugeBodies)
}

// free is how much of a semaphore is not taken.
func free(of *semaphore.Weighted, all int) int {
	for n := all; n > 0; n-- {
		if of.TryAcquire(int64(n)) {
			of.Release(int64(n))
			return n
		}
	}
	return 0
}
