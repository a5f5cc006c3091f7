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

// archiveFormat is the version of museum.json. It is incremented when older readers would misread a file.
const archiveFormat = 2

// archiveReadme is the text of README.txt in a zip file.
const archiveReadme = `This is a museum of Math Museums with everything in it that belongs to its owner, or a folder for each of several
museums. Each contains:

notes/       the notes on each tile, as text
photos/      the photos, each named by the SHA-256 of its content
museum.json  everything else, for programs: "account", "preferences" (null if never changed), "photos", and "tiles".
             Each tile has its graph ("desmos_state", which refers to a photo as /api/images/ and its SHA-256), its
             notes ("description"), whether it was deleted ("deleted", at "updated_at"), and under "versions" every version
             that was kept, the oldest first. "format" is %d; a higher number means that the meaning of something has
             changed. Times are UTC.

Whoever runs a museum can import the file: see "mathmuseums import --help".
`

// archive writes one museum into a zip file. It holds at most one version of one tile in memory.
type archive struct {
	ctx    context.Context
	museum *store.Store
	user   *app.User
	zip    *zip.Writer
	folder string // prefix of the file names
	now    time.Time
}

// WriteArchive writes a zip file with everything that a user has. Because the receiver may be slow, no database
// transaction spans the export: changes made meanwhile may or may not be included.
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

// WriteArchives writes a zip file with a folder for each user, or for one user if userID is not 0.
func WriteArchives(ctx context.Context, museum *store.Store, userID int64, out io.Writer) error {
	return writeManyZip(out, museum.Now(), func(all *manyZip) error {
		for user, err := range museum.Users(ctx, userID) {
			if err == nil {
				err = all.add(func(to *zip.Writer) error {
					return (&archive{ctx: ctx, museum: museum, user: &user, zip: to, folder: fileName(user) + "/",
						now: museum.Now()}).write()
				})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// writeReadme writes README.txt.
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

// create starts a file in the zip file.
func (a *archive) create(name string, method uint16) (io.Writer, error) {
	return a.zip.CreateHeader(&zip.FileHeader{Name: a.folder + name, Method: method, Modified: a.now})
}

// writeNotes writes a text file for each current tile with notes.
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

// writePhoto copies a photo uncompressed, since its format is compressed already.
func (a *archive) writePhoto(image app.Image) error {
	file, err := a.create(photoName(image), zip.Store)
	if err == nil {
		_, err = io.Copy(file, a.museum.ReadImage(a.ctx, image))
	}
	return err
}

var photoEndings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp",
	"image/gif": ".gif"}

// photoName returns the name of a photo in the zip file.
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

// writeDocument writes museum.json with its keys in a fixed order, and each tile and version on its own line.
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

// documentHead returns the JSON object with everything but the tiles and the closing brace.
func (a *archive) documentHead(images []app.Image) ([]byte, error) {
	account := accountJSON{ID: a.user.ID, Email: a.user.Mailbox, DisplayName: a.user.DisplayName,
		IsActive:   a.user.IsActive,
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

// writeVersions writes the versions up to the tile's own; later ones were added during the export.
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
