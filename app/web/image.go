package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// imageKinds are what a client may ask for that wants a photo.
var imageKinds = []string{"image/png", "image/jpeg", "image/webp", "image/gif"}

// createdStatus is 201, or 200 where there was nothing left to do.
func createdStatus(isNew bool) int {
	if isNew {
		return http.StatusCreated
	}
	return http.StatusOK
}

// createImage takes in a whole photo, which is the body. What it is tells its content; the Content-Type is not looked at.
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

// getImage answers with a photo, to its owners and to superusers. To all others it is not there. Browsers
// may keep it, and ask each time whether they may still show it: on a shared device the next person must not see it, and for its owner
// the answer is a 304 without a body.
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
	header.Set("Vary", "Origin") // not Cookie: the session's is renewed now and then, and the photo would be fetched anew
	http.ServeContent(w, r, "", time.Time{}, s.Store.ReadImage(r.Context(), image))
	return nil
}

// pathHash gives the hash in the path. What is none is no photo of ours.
func pathHash(r *http.Request) (app.ImageHash, error) {
	hash, ok := app.ParseImageHash(pathValue(r, "sha256"))
	if !ok {
		return hash, app.Errorf(app.KindNotFound, "Not found.")
	}
	return hash, nil
}
