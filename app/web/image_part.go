package web

import (
	"net/http"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// A photo can be sent in parts, which pass small hosts that cut large requests off, and need not be sent again after a
// break:
//
//	GET /api/images/{sha256}/parts/                        what has arrived
//	PUT /api/images/{sha256}/parts/{position}?size=TOTAL   one part; the body is the bytes from that position on
//
// Each part has part_size bytes and begins at a multiple of that; the last one has what is left. They may come in any
// order, several at once, and twice. The one that completes the photo is answered with 201 and the photo, as by
// POST /api/images/; those before it with 202, and those of a photo that the user has already with 200 and the photo.
// What has arrived waits app.ImagePartLifetime for the rest.

// imageUploadJSON is the progress of an upload.
type imageUploadJSON struct {
	PartSize  int64              `json:"part_size"`
	Size      int64              `json:"size"`      // of the whole photo; 0 if nothing has arrived
	Received  int64              `json:"received"`  // bytes
	Positions []int64            `json:"positions"` // of the parts that have arrived
	Image     *app.ImageDocument `json:"image"`     // the photo once all parts have arrived; else null
}

// getImageUpload returns the progress of one of the user's photos.
func (s *Server) getImageUpload(w http.ResponseWriter, r *http.Request, user *app.User) error {
	hash, err := pathHash(r)
	if err != nil {
		return err
	}
	upload, err := s.Store.FindImageUpload(r.Context(), user.ID, hash)
	if err != nil {
		return err
	}
	return writeValue(w, http.StatusOK, newImageUploadJSON(upload))
}

func newImageUploadJSON(upload store.ImageUpload) imageUploadJSON {
	answer := imageUploadJSON{PartSize: app.ImagePartSize, Size: upload.Total, Received: upload.Received, Positions: upload.Positions}
	if answer.Positions == nil {
		answer.Positions = []int64{}
	}
	if upload.Image != nil {
		image := upload.Image.Document()
		answer.Image = &image
	}
	return answer
}

// putImagePart stores a part of a photo.
func (s *Server) putImagePart(w http.ResponseWriter, r *http.Request, user *app.User) error {
	part, err := readImagePart(r)
	if err != nil {
		return err
	}
	upload, err := s.Store.SaveImagePart(r.Context(), user.ID, part)
	if err != nil {
		return err
	}
	if upload.Image == nil {
		return writeValue(w, http.StatusAccepted, newImageUploadJSON(upload))
	}
	return writeValue(w, createdStatus(upload.IsNew), upload.Image.Document())
}

func readImagePart(r *http.Request) (part store.ImagePart, err error) {
	if part.Hash, err = pathHash(r); err != nil {
		return part, err
	}
	if part.Position, err = strconv.ParseInt(pathValue(r, "position"), 10, 64); err != nil {
		return part, app.Errorf(app.KindNotFound, "Not found.")
	}
	if part.Total, err = strconv.ParseInt(r.URL.Query().Get("size"), 10, 64); err != nil {
		return part, app.Errorf(app.KindInvalid, "The size of the whole photo is missing: ?size= and a number of bytes.")
	}
	part.Bytes, err = readBytes(r, func(limit int64) error {
		return app.Errorf(app.KindTooLarge, "A part of a photo has at most %d bytes.", limit)
	})
	return part, err
}
