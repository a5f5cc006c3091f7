package web

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app/store"
)

// watchEvery is how often it is looked whether others have changed the database: requests that the web server answered by
// CGI, a second process, a command. What this process changes is told at once.
const watchEvery = 2 * time.Second

// watchChanges tells of what others change, until no stream is open any more.
func (s *Server) watchChanges() {
	defer s.events.watchers.Done()
	watcher, err := s.Store.Watch()
	if err != nil {
		s.Log.Error("changes of other processes are not told", "error", err)
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
			s.Log.Warn("changes of other processes could not be told", "error", err)
		}
	}
}

// publishChanges looks once. Each user with a stream is told, if need be.
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
