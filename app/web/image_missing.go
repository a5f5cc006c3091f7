package web

import (
	"fmt"
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
)

// maxImagesAsked is how many photos one request may name.
const maxImagesAsked = 200

// findMissingImages returns which of the photos named by a device, {"sha256": [...]}, the user does not have. Devices
// ask before they send a graph that names photos, and after the database was set back, and upload what is missing.
func (s *Server) findMissingImages(w http.ResponseWriter, r *http.Request, user *app.User) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	hashes, err := readHashes(body.Value)
	if err != nil {
		return err
	}
	missing, err := s.Store.MissingImages(r.Context(), user.ID, hashes)
	if err != nil {
		return err
	}
	names := make([]string, len(missing))
	for i, hash := range missing {
		names[i] = hash.String()
	}
	return writeValue(w, http.StatusOK, map[string][]string{"missing": names})
}

func readHashes(document app.Value) ([]app.ImageHash, error) {
	fields, err := app.ReadFields(document)
	if err != nil {
		return nil, err
	}
	list, ok := fields.Object["sha256"].List()
	if !ok {
		return nil, app.FieldErrors{"sha256": {fmt.Sprintf("Expected a list of hashes, but got %s.", fields.Object["sha256"].TypeName())}}
	}
	if len(list) > maxImagesAsked {
		return nil, app.FieldErrors{"sha256": {fmt.Sprintf("Ask for at most %d photos at once.", maxImagesAsked)}}
	}
	hashes := make([]app.ImageHash, len(list))
	for i, value := range list {
		text, _ := value.Text()
		if hashes[i], ok = app.ParseImageHash(text); !ok {
			return nil, app.FieldErrors{"sha256": {"Expected 64 lower-case hexadecimal digits for each."}}
		}
	}
	return hashes, nil
}
