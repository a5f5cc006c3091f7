package web

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
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
	archive := museumArchive{Server: s, ctx: r.Context(), user: user, now: now,
		zip: zip.NewWriter(patientWriter{w, http.NewResponseController(w)})}
	if err := archive.write(); err != nil {
		if r.Context().Err() == nil { // else the client has gone, which is no fault
			s.Log.ErrorContext(r.Context(), "a download was cut off", "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

// patientWriter writes to who may be slow, as long as something gets through.
type patientWriter struct {
	io.Writer
	control *http.ResponseController
}

func (w patientWriter) Write(content []byte) (int, error) {
	if err := w.control.SetWriteDeadline(time.Now().Add(writePatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return w.Writer.Write(content)
}

// museumFormat is the version of museum.json. It grows by one where a reader of the older one would go wrong.
const museumFormat = 1

// museumReadme is what the zip file says of itself.
const museumReadme = `This is a museum of Math Museums, with everything that its owner has in it.

notes/       the notes on each tile, as text
photos/      the photos, each named by the SHA-256 of its content
museum.json  everything else, for programs: "account", "preferences" (null: none were made), "photos", and
             "tiles". Each tile has its graph ("desmos_state", in which a photo is named as
             /api/images/ and its SHA-256), its notes ("description"), when it was taken down ("deleted_at", null: it
             hangs), and under "versions" every version of it that was kept, the oldest first. "format" is %d; a
             higher number means that something has another meaning. Times are UTC.
`

// museumArchive writes a museum into a zip file. At no time is more than one version of one tile in memory.
type museumArchive struct {
	*Server
	ctx  context.Context
	user *app.User
	now  time.Time
	zip  *zip.Writer
}

func (a *museumArchive) write() error {
	images, err := a.Store.ListImages(a.ctx, a.user.ID)
	if err != nil {
		return err
	}
	if err := a.writeReadme(); err != nil {
		return err
	}
	if err := a.writeDocument(images); err != nil {
		return err
	}
	if err := a.writeNotes(); err != nil {
		return err
	}
	for _, image := range images {
		if err := a.writePhoto(image); err != nil {
			return err
		}
	}
	return a.zip.Close()
}

// create begins a file.
func (a *museumArchive) create(name string, method uint16) (io.Writer, error) {
	return a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: a.now})
}

func (a *museumArchive) writeReadme() error {
	file, err := a.create("README.txt", zip.Deflate)
	if err == nil {
		_, err = fmt.Fprintf(file, museumReadme, museumFormat)
	}
	return err
}

// writeNotes writes a text file for each tile that hangs and has notes.
func (a *museumArchive) writeNotes() error {
	tiles, err := a.Store.ListTiles(a.ctx, a.user.ID)
	if err != nil {
		return err
	}
	for _, tile := range tiles {
		if tile.Description == "" {
			continue
		}
		file, err := a.create("notes/"+tile.ConceptType+".txt", zip.Deflate)
		if err == nil {
			_, err = io.WriteString(file, tile.Description+"\n")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writePhoto copies a photo. It is compressed already.
func (a *museumArchive) writePhoto(image app.Image) error {
	file, err := a.create(photoName(image), zip.Store)
	if err == nil {
		_, err = io.Copy(file, a.Store.ReadImage(a.ctx, image))
	}
	return err
}

var photoEndings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif"}

// photoName is what a photo is called in the zip file.
func photoName(image app.Image) string {
	return "photos/" + image.Hash.String() + photoEndings[image.MediaType]
}
