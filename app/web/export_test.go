package web

import "time"

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
