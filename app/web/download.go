package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

const zipType = "application/zip"

// writePatience is how long a receiver may take for one piece of a download. The whole download has no limit.
const writePatience = time.Minute

// downloadMuseum sends everything of a user as a zip file that is created on the fly. On an error it cuts the
// connection, so that nobody takes a part for the whole.
func (s *Server) downloadMuseum(w http.ResponseWriter, r *http.Request, user *app.User) error {
	now := s.Store.Now()
	w.Header().Set("Content-Type", zipType)
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="math-museum-%s.zip"`, now.Format(time.DateOnly)))
	if r.Method == http.MethodHead {
		return nil
	}
	event := s.actor(r, user).Event(app.ActionDownload, user.ID)
	if err := s.Store.Record(r.Context(), event); err != nil {
		return err
	}
	if err := transfer.WriteArchive(r.Context(), s.Store, user, slowClientWriter{w, http.NewResponseController(w)}); err != nil {
		if r.Context().Err() == nil { // otherwise the client has gone, which is not an error
			s.Log.ErrorContext(r.Context(), "a download was cut off", "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

// slowClientWriter extends the write deadline with each piece, so that a slow receiver can take its time.
type slowClientWriter struct {
	io.Writer
	control *http.ResponseController
}

func (w slowClientWriter) Write(content []byte) (int, error) {
	if err := w.control.SetWriteDeadline(time.Now().Add(writePatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return w.Writer.Write(content)
}
