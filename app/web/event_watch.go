package web

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app/store"
)

// watchEvery is the interval of checks for changes by other processes: requests under CGI, a second server, a
// command. Changes by this process are sent at once.
const watchEvery = 2 * time.Second

// watchChanges notifies streams of changes by other processes, until no stream is open.
func (s *Server) watchChanges() {
	defer s.events.watchers.Done()
	watcher, err := s.Store.Watch()
	if err != nil {
		s.Log.Error("cannot watch for changes by other processes", "error", err)
		return
	}
	defer watcher.Close()
	look := time.NewTicker(s.watchEvery)
	defer look.Stop()
	for s.events.isWatched() {
		select {
		case <-look.C:
		case <-s.events.done:
			return
		}
		if err := s.publishChanges(context.Background(), watcher); err != nil {
			s.Log.Warn("could not check for changes by other processes", "error", err)
		}
	}
}

// publishChanges checks once, and notifies each user with a stream whose museum changed.
func (s *Server) publishChanges(ctx context.Context, watcher *store.Watcher) error {
	changed, err := watcher.Changed(ctx)
	if err != nil || !changed {
		return err
	}
	for _, userID := range s.events.listeners() {
		revision, err := s.Store.FindRevision(ctx, userID)
		if err != nil {
			return err
		}
		s.events.publish(userID, revision)
	}
	return nil
}
