package web

import (
	"net/http"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
)

// pathVersion returns the tile's id and the version in the path.
func pathVersion(r *http.Request) (id, version int64, err error) {
	if id, err = pathID(r); err != nil {
		return 0, 0, err
	}
	version, err = strconv.ParseInt(pathValue(r, "version"), 10, 64)
	if err != nil {
		err = app.Errorf(app.KindNotFound, "Not found.")
	}
	return id, version, err
}

// listVersions returns the history of a tile, newest first, without graph states.
func (s *Server) listVersions(w http.ResponseWriter, r *http.Request, user *app.User) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	versions, err := s.Store.ListTileVersions(r.Context(), user.ID, id)
	if err != nil {
		return err
	}
	body := []byte{'['}
	for i := range versions {
		if i > 0 {
			body = append(body, ',')
		}
		versions[i].DesmosState = "null"
		body = app.AppendVersion(body, &versions[i], user.SessionID)
	}
	return writeCompressedJSON(w, r, http.StatusOK, append(body, ']'))
}

// getVersion returns one whole version.
func (s *Server) getVersion(w http.ResponseWriter, r *http.Request, user *app.User) error {
	id, number, err := pathVersion(r)
	if err != nil {
		return err
	}
	version, err := s.Store.FindTileVersion(r.Context(), user.ID, id, number)
	if err != nil {
		return err
	}
	return writeCompressedJSON(w, r, http.StatusOK, app.AppendVersion(nil, &version, user.SessionID))
}

// restoreVersion restores a version as a new one, and returns the tile.
func (s *Server) restoreVersion(w http.ResponseWriter, r *http.Request, user *app.User) error {
	id, number, err := pathVersion(r)
	if err != nil {
		return err
	}
	tile, err := s.Store.RestoreTile(r.Context(), user.ID, id, number, device(r, user))
	return writeTile(w, http.StatusOK, tile, err)
}
