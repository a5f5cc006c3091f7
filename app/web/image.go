package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// imageKinds are the media types that a client can accept for a photo.
var imageKinds = []string{"image/png", "image/jpeg", "image/webp", "image/gif"}

// createdStatus returns 201, or 200 if there was nothing to create.
func createdStatus(isNew bool) int {
	if isNew {
		return http.StatusCreated
	}
	return http.StatusOK
}

// createImage stores a whole photo, which is the body. Its type is detected from its content; Content-Type is
// ignored.
func (s *Server) createImage(w http.ResponseWriter, r *http.Request, user *app.User) error {
	content, err := readBytes(r, func(limit int64) error {
		return app.Errorf(app.KindTooLarge, "This photo is larger than %d MB. Please make it smaller, and add that.", limit>>20)
	})
	if err != nil {
		return err
	}
	image, isNew, err := s.Store.CreateImage(r.Context(), user.ID, content)
	if err != nil {
		return err
	}
	return writeValue(w, createdStatus(isNew), image.Document())
}

// getImage returns a photo to its owners and to superusers; for all others it does not exist. Browsers may keep it
// but must revalidate: on a shared device the next person must not see it, and its owner gets a 304 without a body.
func (s *Server) getImage(w http.ResponseWriter, r *http.Request, user *app.User) error {
	hash, err := pathHash(r)
	if err != nil {
		return err
	}
	image, err := s.Store.FindImage(r.Context(), user, hash)
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", image.MediaType)
	header.Set("Content-Disposition", "inline")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("Cache-Control", "private, no-cache")
	header.Set("ETag", strconv.Quote(hash.String()))
	header.Set("Vary", "Origin") // not Cookie: the session's cookie is renewed now and then, and the photo would be fetched again
	http.ServeContent(w, r, "", time.Time{}, s.Store.ReadImage(r.Context(), image))
	return nil
}

// pathHash returns the hash in the path. A malformed one is not found.
func pathHash(r *http.Request) (app.ImageHash, error) {
	hash, ok := app.ParseImageHash(pathValue(r, "sha256"))
	if !ok {
		return hash, app.Errorf(app.KindNotFound, "Not found.")
	}
	return hash, nil
}
