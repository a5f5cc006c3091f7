package transfer

import (
	"archive/zip"
	"encoding/json"
	"io"

	"github.com/mathmuseums/mathmuseums/app"
)

// accountJSON is the account in museum.json.
type accountJSON struct {
	Email       string  `json:"email"`
	DisplayName string  `json:"display_name"`
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
	account := accountJSON{Email: a.user.Mailbox, DisplayName: a.user.DisplayName, DateJoined: app.FormatTimestamp(a.user.DateJoined)}
	if !a.user.LastLogin.IsZero() {
		last := app.FormatTimestamp(a.user.LastLogin)
		account.LastLogin = &last
	}
	var preferences *app.PreferenceDocument
	found, err := a.museum.FindPreference(a.ctx, a.user.ID)
	if err == nil {
		made := found.Document()
		preferences = &made
	} else if app.KindOf(err) != app.KindNotFound {
		return nil, err
	}
	photos := []photoJSON{}
	for _, image := range images {
		photos = append(photos, photoJSON{image.Document(), photoName(image)})
	}
	head, err := json.Marshal(struct {
		Format      int                     `json:"format"`
		MadeAt      string                  `json:"made_at"`
		Account     accountJSON             `json:"account"`
		Preferences *app.PreferenceDocument `json:"preferences"`
		Photos      []photoJSON             `json:"photos"`
	}{archiveFormat, app.FormatTimestamp(a.now), account, preferences, photos})
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
	text = append(text, '\n')
	text = app.AppendTile(text, &tile.Tile)
	text = append(text[:len(text)-1], `,"deleted_at":`...)
	if tile.Deleted {
		text = app.AppendTimestamp(append(text, '"'), tile.UpdatedAt)
		text = append(text, '"')
	} else {
		text = append(text, "null"...)
	}
	if _, err := file.Write(append(text, `,"versions":[`...)); err != nil {
		return err
	}
	if err := a.writeVersions(file, id); err != nil {
		return err
	}
	_, err = io.WriteString(file, "]}")
	return err
}

func (a *archive) writeVersions(file io.Writer, tileID int64) error {
	for above := int64(0); ; {
		version, found, err := a.museum.NextTileVersion(a.ctx, a.user.ID, tileID, above)
		if err != nil || !found {
			return err
		}
		text := []byte("\n\t")
		if above > 0 {
			text = []byte(",\n\t")
		}
		if _, err := file.Write(app.AppendVersion(text, &version, a.user.SessionID)); err != nil {
			return err
		}
		above = version.Version
	}
}
