package web

import (
	"net/http"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
)

func (s *Server) listTiles(w http.ResponseWriter, r *http.Request, user *app.User) error {
	tiles, err := s.Store.ListTiles(r.Context(), user.ID)
	if err != nil {
		return err
	}
	size := 2
	for i := range tiles {
		size += app.TileSize(&tiles[i]) + 1
	}
	body := append(make([]byte, 0, size), '[')
	for i := range tiles {
		if i > 0 {
			body = append(body, ',')
		}
		body = app.AppendTile(body, &tiles[i])
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

// replaceTile handles PUT. As in the earlier app it requires the type, and leaves missing fields as they are.
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
			return missing // takes precedence over invalid fields
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
	return writeJSON(w, status, app.AppendTile(make([]byte, 0, app.TileSize(&tile)), &tile))
}
