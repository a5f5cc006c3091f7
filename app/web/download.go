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

// writePatience is how long a receiver may take for a piece of a download. The whole may take as long as it likes.
const writePatience = time.Minute

// downloadMuseum sends all that is the user's, as a zip file that is made while it is sent. It is cut off where something
// goes wrong on the way, so that nobody takes a part for the whole.
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
		if r.Context().Err() == nil { // else the client has gone, which is no fault
			s.Log.ErrorContext(r.Context(), "a download was cut off", "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

// slowClientWriter writes to who may be slow, as long as something gets through.
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
