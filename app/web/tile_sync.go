package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
)

// syncTiles handles a sync of an older client.
func (s *Server) syncTiles(w http.ResponseWriter, r *http.Request, user *app.User) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	items, err := app.ReadSyncItems(body.Value)
	if err != nil {
		return err
	}
	results, err := s.Store.SyncTiles(r.Context(), user.ID, items, device(r, user))
	if err != nil {
		return err
	}
	answer := []byte{'['}
	for i := range results {
		if i > 0 {
			answer = append(answer, ',')
		}
		if answer, err = appendResult(answer, &results[i]); err != nil {
			return err
		}
	}
	return writeJSON(w, http.StatusOK, append(answer, ']'))
}

// appendResult appends one result of a sync as JSON.
func appendResult(to []byte, result *app.SyncResult) ([]byte, error) {
	to = append(append(to, `{"concept_type":`...), result.ConceptType...)
	to = app.AppendText(to, `,"status":`, string(result.Status))
	if result.Status == app.SyncError {
		errors, err := json.Marshal(result.Errors)
		if err != nil {
			return nil, fmt.Errorf("encode the answer: %w", err)
		}
		to = append(append(to, `,"errors":`...), errors...)
	} else {
		to = app.AppendTile(append(to, `,"data":`...), &result.Tile)
	}
	return append(to, '}'), nil
}
