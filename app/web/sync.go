package web

import (
	"encoding/json"
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
)

// sync handles one round of a device's sync: its changes go in, those of others come back.
func (s *Server) sync(w http.ResponseWriter, r *http.Request, user *app.User) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	request, err := app.ReadSyncRequest(body.Value)
	if err != nil {
		return err
	}
	answer, err := s.Store.Sync(r.Context(), user.ID, request, device(r, user))
	if err != nil {
		return err
	}
	text, err := appendSyncAnswer(nil, &answer)
	if err != nil {
		return err
	}
	return writeCompressedJSON(w, r, http.StatusOK, text)
}

// changeResultJSON is the result of a change.
type changeResultJSON struct {
	ID       string          `json:"change_id"`
	Status   string          `json:"status"`
	TileID   int64           `json:"id,omitempty"`
	Version  int64           `json:"version,omitempty"`
	Conflict int64           `json:"conflict,omitempty"` // the version that lost
	Errors   app.FieldErrors `json:"errors,omitempty"`
}

func appendSyncAnswer(to []byte, answer *app.SyncAnswer) ([]byte, error) {
	results := make([]changeResultJSON, len(answer.Results))
	for i, r := range answer.Results {
		results[i] = changeResultJSON{r.ID, string(r.Status), r.TileID, r.Version, r.Conflict, r.Errors}
	}
	text, err := json.Marshal(results)
	if err != nil {
		return nil, err
	}
	to = app.AppendInt(to, `{"account":`, answer.Account)
	to = app.AppendInt(to, `,"cursor":`, answer.Cursor)
	to = app.AppendText(to, `,"epoch":`, answer.Epoch)
	if answer.SetBack {
		to = append(to, `,"set_back":true`...)
	}
	to = append(append(to, `,"results":`...), text...)
	to = append(to, `,"tiles":[`...)
	for i := range answer.Tiles {
		if i > 0 {
			to = append(to, ',')
		}
		if to, err = appendSyncedTile(append(to, '{'), &answer.Tiles[i]); err != nil {
			return nil, err
		}
		if answer.SetBack {
			to = app.AppendInt(to, `,"common":`, answer.Tiles[i].Common)
		}
		to = append(to, '}')
	}
	to = append(to, ']')
	if answer.Preferences != nil {
		text, err := json.Marshal(answer.Preferences.Document())
		if err != nil {
			return nil, err
		}
		to = append(append(to, `,"preferences":`...), text...)
	}
	return append(to, '}'), nil
}

// appendSyncedTile appends the fields of a tile for a device, without the braces around them. A deleted tile has few.
func appendSyncedTile(to []byte, tile *app.SyncedTile) ([]byte, error) {
	if tile.Deleted {
		to = app.AppendInt(to, `"id":`, tile.ID)
		to = app.AppendText(to, `,"concept_type":`, tile.ConceptType)
		return append(app.AppendInt(to, `,"version":`, tile.Version), `,"deleted":true`...), nil
	}
	to = app.AppendTileFields(to, &tile.Tile)
	if len(tile.Conflicts) == 0 {
		return to, nil
	}
	conflicts, err := json.Marshal(tile.Conflicts)
	if err != nil {
		return nil, err
	}
	return append(append(to, `,"conflicts":`...), conflicts...), nil
}
