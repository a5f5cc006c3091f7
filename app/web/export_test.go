package web

import (
	"time"

	"golang.org/x/sync/semaphore"
)

// SetHeartbeat changes the heartbeat of streams opened from now on.
func (s *Server) SetHeartbeat(every time.Duration) { s.heartbeat = every }

// SetWatchEvery changes the interval of checks for other processes' changes, from the next stream on.
func (s *Server) SetWatchEvery(every time.Duration) { s.watchEvery = every }

// Publish notifies a user's devices of a revision, as after a committed change.
func (s *Server) Publish(userID, revision int64) { s.events.publish(userID, revision) }

// Streams returns the number of open event streams.
func (s *Server) Streams() int { return s.events.streams() }

// RoutePaths returns the paths of all routes.
func RoutePaths() (paths []string) {
	for _, route := range new(Server).routes() {
		paths = append(paths, route.path)
	}
	return paths
}

// SetBodyWait changes how long request bodies wait for their turn.
func (s *Server) SetBodyWait(wait time.Duration) { s.bodies.wait = wait }

// BodyTurns returns how many large and huge bodies are in use.
func (s *Server) BodyTurns() (large, huge int) {
	return largeBodies - free(s.bodies.large, largeBodies), hugeBodies - free(s.bodies.huge, hugeBodies)
}

// free returns the unused part of a semaphore.
func free(of *semaphore.Weighted, all int) int {
	for n := all; n > 0; n-- {
		if of.TryAcquire(int64(n)) {
			of.Release(int64(n))
			return n
		}
	}
	return 0
}
