package transfer

import (
	"archive/zip"
	"encoding/json"
	"io"

	"github.com/mathmuseums/mathmuseums/app"
)

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
