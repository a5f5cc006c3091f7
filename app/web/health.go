package web

import (
	"context"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/replica"
)

// healthTimeout is how long the database may take to answer. Monitors usually wait for 5 s or more.
const healthTimeout = 2 * time.Second

// getHealth tells monitors whether the museum works: 200, or 503 with what does not. The reason is only logged, since
// anyone may ask.
//
//	{"status": "ok", "database": "ok", "replica": "streaming", "replica_lag_seconds": 0}
//
// With "data_folder" the data folder is where the web server publishes files; mathmuseums doctor says more.
//
// A failing replica is reported but does not change the status, which is that of the museum itself.
func (s *Server) getHealth(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
	defer cancel()
	checked := make(chan error, 1)
	go func() { checked <- s.Store.Check(ctx) }() // a hanging disk ignores the context
	var err error
	select {
	case err = <-checked:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil && r.Context().Err() == nil {
		s.Log.ErrorContext(r.Context(), "the database does not work", "error", err)
	}
	answer, status := map[string]any{"status": "ok", "database": "ok"}, http.StatusOK
	if err != nil {
		answer["status"], answer["database"], status = "failing", "failing", http.StatusServiceUnavailable
	}
	if s.Exposed {
		answer["data_folder"] = "among the files of the web server"
	}
	if s.Replica != nil {
		replica := s.replicaStatus()
		answer["replica"], answer["replica_lag_seconds"] = replica.State, int(replica.Lag(time.Now()).Seconds())
	}
	return writeValue(w, status, answer)
}

// replicaStatus returns the replica's status, in which the state is always set.
func (s *Server) replicaStatus() replica.Status {
	status, err := s.Replica()
	switch {
	case err != nil:
		s.Log.Error("cannot read the status of the replica", "error", err)
		status.State = "unknown"
	case status.State == "":
		status.State = replica.Starting
	}
	return status
}
