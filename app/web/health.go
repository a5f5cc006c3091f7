package web

import (
	"context"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// healthTimeout is how long the database may take to answer. Those who ask usually wait for 5 s or more themselves.
const healthTimeout = 2 * time.Second

// getHealth says to whatever watches over the museum whether it works: 200, or 503 with what does not. Why is in the log
// alone, since anybody may ask.
//
//	{"status": "ok", "database": "ok"}
func (s *Server) getHealth(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	w.Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
	defer cancel()
	checked := make(chan error, 1)
	go func() { checked <- s.Store.Check(ctx) }() // a disk that hangs heeds no context
	var err error
	select {
	case err = <-checked:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil && r.Context().Err() == nil {
		s.Log.ErrorContext(r.Context(), "the database does not answer", "error", err)
	}
	answer, status := map[string]string{"status": "ok", "database": "ok"}, http.StatusOK
	if err != nil {
		answer, status = map[string]string{"status": "failing", "database": "failing"}, http.StatusServiceUnavailable
	}
	return writeValue(w, status, answer)
}
