package transfer

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// archiveFormat is the version of museum.json. It grows by one where a reader of the older one would go wrong.
const archiveFormat = 2

// archiveReadme is what the zip file says of itself.
const archiveReadme = `This is a museum of Math Museums, with everything that its owner has in it, or a folder for each of
several. In each there are:

notes/       the notes on each tile, as text
photos/      the photos, each named by the SHA-256 of its content
museum.json  everything else, for programs: "account", "preferences" (null: none were made), "photos", and
             "tiles". Each tile has its graph ("desmos_state", in which a photo is named as
             /api/images/ and its SHA-256), its notes ("description"), whether it was taken down ("deleted", at
             "updated_at"), and under "versions" every version of it that was kept, the oldest first. "format" is %d; a
             higher number means that something has another meaning. Times are UTC.

Whoever runs a museum can take the file in: "mathmuseums import --help" says how.
`

// archive is a museum that is being written into a zip file. At no time is more than one version of one tile in memory.
type archive struct {
	ctx    context.Context
	museum *store.Store
	user   *app.User
	zip    *zip.Writer
	folder string // before the names of files
	now    time.Time
}

// WriteArchive writes a zip file with all that a user has. The receiver may be slow: between two pieces nothing of the
// database is held, so that what is changed meanwhile may be in it or not.
func WriteArchive(ctx context.Context, museum *store.Store, user *app.User, out io.Writer) error {
	to := zip.NewWriter(out)
	err := writeReadme(to, museum.Now())
	if err == nil {
		err = (&archive{ctx: ctx, museum: museum, user: user, zip: to, now: museum.Now()}).write()
	}
	if err != nil {
		return err
	}
	return to.Close()
}

// WriteArchives writes a zip file with a folder for each user, or for the one with a number that is not 0.
func WriteArchives(ctx context.Context, museum *store.Store, userID int64, out io.Writer) error {
	return writeManyZip(out, museum.Now(), func(all *manyZip) error {
		for user, err := range museum.Users(ctx, userID) {
			if err == nil {
				err = all.add(func(to *zip.Writer) error {
					return (&archive{ctx: ctx, museum: museum, user: &user, zip: to, folder: fileName(user) + "/", now: museum.Now()}).write()
				})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// writeReadme writes what a zip file says of itself.
func writeReadme(to *zip.Writer, now time.Time) error {
	file, err := to.CreateHeader(&zip.FileHeader{Name: "README.txt", Method: zip.Deflate, Modified: now})
	if err == nil {
		_, err = fmt.Fprintf(file, archiveReadme, archiveFormat)
	}
	return err
}

func (a *archive) write() error {
	images, err := a.museum.ListImages(a.ctx, a.user.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(images, func(a, b app.Image) int { return bytes.Compare(a.Hash[:], b.Hash[:]) })
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
	return nil
}

// create begins a file.
func (a *archive) create(name string, method uint16) (io.Writer, error) {
	return a.zip.CreateHeader(&zip.FileHeader{Name: a.folder + name, Method: method, Modified: a.now})
}

// writeNotes writes a text file for each tile that hangs and has notes.
func (a *archive) writeNotes() error {
	tiles, err := a.museum.ListTiles(a.ctx, a.user.ID)
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
func (a *archive) writePhoto(image app.Image) error {
	file, err := a.create(photoName(image), zip.Store)
	if err == nil {
		_, err = io.Copy(file, a.museum.ReadImage(a.ctx, image))
	}
	return err
}

var photoEndings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif"}

// photoName is what a photo is called in the zip file.
func photoName(image app.Image) string {
	return "photos/" + image.Hash.String() + photoEndings[image.MediaType]
}

// accountJSON is the account in museum.json.
type accountJSON struct {
	ID          int64   `json:"id"`
	Email       string  `json:"email"`
	DisplayName string  `json:"display_name"`
	IsActive    bool    `json:"is_active"`
	DateJoined  string  `json:"date_joined"`
	LastLogin   *string `json:"last_login"`
}

// photoJSON is a photo in museum.json.
type photoJSON struct {
	app.ImageDocument
	File string `json:"file"` // in the zip file
}

// writeDocument writes museum.json: with the keys always in the same order, and each tile and version on a line of its own.
func (a *archive) writeDocument(images []app.Image) error {
	file, err := a.create("museum.json", zip.Deflate)
	if err != nil {
		return err
	}
	head, err := a.documentHead(images)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(head, ",\n\"tiles\": ["...)); err != nil {
		return err
	}
	ids, err := a.museum.ListTileIDs(a.ctx, a.user.ID)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if err := a.writeTile(file, i > 0, id); err != nil {
			return err
		}
	}
	_, err = io.WriteString(file, "]}\n")
	return err
}

// documentHead is the object without its end, and with all but the tiles in it.
func (a *archive) documentHead(images []app.Image) ([]byte, error) {
	account := accountJSON{ID: a.user.ID, Email: a.user.Mailbox, DisplayName: a.user.DisplayName, IsActive: a.user.IsActive,
		DateJoined: app.FormatTimestamp(a.user.DateJoined)}
	if !a.user.LastLogin.IsZero() {
		last := app.FormatTimestamp(a.user.LastLogin)
		account.LastLogin = &last
	}
	preference := json.RawMessage("null")
	found, err := a.museum.FindPreference(a.ctx, a.user.ID)
	if err == nil {
		preference = append(appendPreference([]byte{'{'}, found), '}')
	} else if app.KindOf(err) != app.KindNotFound {
		return nil, err
	}
	photos := []photoJSON{}
	for _, image := range images {
		photos = append(photos, photoJSON{image.Document(), photoName(image)})
	}
	head, err := json.Marshal(struct {
		Format      int             `json:"format"`
		MadeAt      string          `json:"made_at"`
		Account     accountJSON     `json:"account"`
		Preferences json.RawMessage `json:"preferences"`
		Photos      []photoJSON     `json:"photos"`
	}{archiveFormat, app.FormatTimestamp(a.now), account, preference, photos})
	if err != nil {
		return nil, err
	}
	return head[:len(head)-1], nil
}

// writeTile writes a tile with its versions.
func (a *archive) writeTile(file io.Writer, follows bool, id int64) error {
	tile, err := a.museum.FindTileRevision(a.ctx, a.user.ID, id)
	if err != nil {
		return err
	}
	var text []byte
	if follows {
		text = append(text, ',')
	}
	if text, err = appendTile(append(text, "\n{"...), &tile); err != nil {
		return err
	}
	if _, err := file.Write(append(text, `,"versions":[`...)); err != nil {
		return err
	}
	if err := a.writeVersions(file, &tile); err != nil {
		return err
	}
	_, err = io.WriteString(file, "]}")
	return err
}

// writeVersions writes those up to the tile's own: later ones were written meanwhile.
func (a *archive) writeVersions(file io.Writer, tile *app.Revision) error {
	for above := int64(0); above < tile.Version; {
		version, found, err := a.museum.NextTileVersion(a.ctx, a.user.ID, tile.ID, above)
		if err != nil || !found || version.Version > tile.Version {
			return err
		}
		text := []byte("\n\t{")
		if above > 0 {
			text = []byte(",\n\t{")
		}
		if _, err := file.Write(append(appendVersion(text, &version), '}')); err != nil {
			return err
		}
		above = version.Version
	}
	return nil
}
