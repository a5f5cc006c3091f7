package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"
	"github.com/mathmuseums/mathmuseums/app"
)

// pathValue gives a part of the path that the route names.
func pathValue(r *http.Request, name string) string { return mux.Vars(r)[name] }

// pathID gives the id in the path. What is no number, or too large, is no id of ours.
func pathID(r *http.Request) (int64, error) {
	text := pathValue(r, "id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strings.HasPrefix(text, "+") {
		return 0, app.Errorf(app.KindNotFound, "Not found.")
	}
	return id, nil
}

// device is from where a user makes a change.
func device(r *http.Request, user *app.User) app.Device {
	return app.Device{SessionID: user.SessionID, UserAgent: app.NewUserAgent(r.UserAgent())}
}

// seenVersion is the version that a client says it saw (If-Match); 0 if it says nothing.
func seenVersion(r *http.Request) int64 {
	match := strings.TrimSpace(r.Header.Get("If-Match"))
	if match == "" || match == "*" {
		return 0
	}
	version, err := strconv.ParseInt(strings.Trim(match, `"`), 10, 64)
	if err != nil || version <= 0 {
		return -1 // no version of ours, so it cannot be the present one
	}
	return version
}

func (s *Server) listTiles(w http.ResponseWriter, r *http.Request, user *app.User) error {
	tiles, err := s.Store.ListTiles(r.Context(), user.ID)
	if err != nil {
		return err
	}
	size := 2
	for i := range tiles {
		size += len(tiles[i].DesmosState) + len(tiles[i].Description) + 400
	}
	body := append(make([]byte, 0, size), '[')
	for i := range tiles {
		if i > 0 {
			body = append(body, ',')
		}
		body = appendTile(body, &tiles[i])
	}
	return writeJSON(w, http.StatusOK, append(body, ']'))
}

func (s *Server) createTile(w http.ResponseWriter, r *http.Request, user *app.User) error {
	change, err := readTileChange(r, false)
	if err != nil {
		return err
	}
	tile, err := s.Store.CreateTile(r.Context(), user.ID, change, device(r, user))
	return writeTile(w, http.StatusCreated, tile, err)
}

func (s *Server) getTile(w http.ResponseWriter, r *http.Request, user *app.User) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	tile, err := s.Store.FindTile(r.Context(), user.ID, id)
	return writeTile(w, http.StatusOK, tile, err)
}

// replaceTile is PUT. As in the earlier app it wants the type, and leaves alone what it does not name.
func (s *Server) replaceTile(w http.ResponseWriter, r *http.Request, user *app.User) error {
	return s.changeTile(w, r, user, false)
}

func (s *Server) updateTile(w http.ResponseWriter, r *http.Request, user *app.User) error {
	return s.changeTile(w, r, user, true)
}

func (s *Server) changeTile(w http.ResponseWriter, r *http.Request, user *app.User, partial bool) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	change, err := readTileChange(r, partial)
	if err != nil {
		if _, missing := s.Store.FindTile(r.Context(), user.ID, id); missing != nil {
			return missing // is told first, whatever the fields are like
		}
		return err
	}
	tile, err := s.Store.UpdateTile(r.Context(), user.ID, id, seenVersion(r), change, device(r, user))
	return writeTile(w, http.StatusOK, tile, err)
}

func (s *Server) deleteTile(w http.ResponseWriter, r *http.Request, user *app.User) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := s.Store.DeleteTile(r.Context(), user.ID, id, seenVersion(r), device(r, user)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// readTileChange reads the fields of a tile from the body.
func readTileChange(r *http.Request, partial bool) (app.TileChange, error) {
	body, err := readBody(r)
	if err != nil {
		return app.TileChange{}, err
	}
	return app.ReadTileChange(body.Value, partial, body.isForm)
}

func writeTile(w http.ResponseWriter, status int, tile app.Tile, err error) error {
	if err != nil {
		return err
	}
	w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(tile.Version, 10)))
	return writeJSON(w, status, appendTile(nil, &tile))
}

// appendTile writes a tile as JSON. The graph state goes through as it is stored: decoding and encoding it again would
// cost more than all else.
func appendTile(to []byte, tile *app.Tile) []byte {
	to = appendContent(append(to, '{'), tile)
	to = app.AppendTimestamp(append(to, `,"created_at":"`...), tile.CreatedAt)
	to = app.AppendTimestamp(append(to, `","updated_at":"`...), tile.UpdatedAt)
	to = app.AppendTimestamp(append(to, `","last_synced":"`...), tile.LastSynced)
	return append(to, `"}`...)
}

// appendContent writes the fields that every version of a tile has.
func appendContent(to []byte, tile *app.Tile) []byte {
	to = appendInt(to, `"id":`, tile.ID)
	to = appendText(to, `,"concept_type":`, tile.ConceptType)
	to = appendInt(to, `,"position_x":`, int64(tile.PositionX))
	to = appendInt(to, `,"position_y":`, int64(tile.PositionY))
	to = appendInt(to, `,"width":`, int64(tile.Width))
	to = appendInt(to, `,"height":`, int64(tile.Height))
	to = appendInt(to, `,"z_index":`, int64(tile.ZIndex))
	to = append(append(to, `,"desmos_state":`...), tile.DesmosState...)
	to = appendText(to, `,"description":`, tile.Description)
	to = strconv.AppendBool(append(to, `,"completed":`...), tile.Completed)
	return appendInt(to, `,"version":`, tile.Version)
}

func appendInt(to []byte, key string, n int64) []byte {
	return strconv.AppendInt(append(to, key...), n, 10)
}

func appendText(to []byte, key, text string) []byte {
	return append(append(to, key...), app.TextValue(text)...)
}
