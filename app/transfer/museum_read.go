package transfer

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// A .mathmuseums file is a JSON object with one student's museum as it hangs, without its history. The earlier app, which
// ran in the browser alone, wrote such files; see museumFile for what ours have besides.
//
//	version     "1.0"
//	exportDate  ISO 8601
//	userName    what the museum is called
//	concepts    a list: "id" or "type" (the family, with hyphens; rational functions were "inverse" for a time),
//	            "displayName", "description", "desmosState" (a text of JSON, or null), "isComplete", "lastModified" (milliseconds),
//	            "zIndex", and where it hangs: "coordinates" {centerX, centerY, width, height} in percent, or "position" {x, y}
//	            and "size" {width, height} in units of the poster
//	photos      ours alone: a list with "sha256" and "bytes" in base64

// readMuseum reads a .mathmuseums file as the museum of owner.
func readMuseum(file io.Reader, owner app.Address) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		r := museumReader{document: document{stream: newStream(file), owner: owner, yield: yield}}
		if err := r.read(); err != nil {
			yield(store.Record{}, err)
		}
	}
}

// museumReader reads a .mathmuseums file.
type museumReader struct {
	document
	saved  time.Time // time of the export
	name   string    // name of the museum
	photos []app.ImageHash
	found  bool // the list of concepts was read
}

func (r *museumReader) read() error {
	err := r.readObject()
	if errors.Is(err, errStop) {
		return nil
	}
	if err == nil && !r.found {
		err = errors.New("it is not a museum: it has no \"concepts\"")
	}
	return err
}

func (r *museumReader) readObject() error {
	if err := r.give(store.Record{User: r.user()}, nil); err != nil {
		return err
	}
	if err := r.object(func(key string) error {
		switch key {
		case "concepts":
			r.found = true
			return r.readList(r.readConcept)
		case "photos":
			return r.readList(r.readPhoto)
		}
		return r.readOther(key)
	}); err != nil {
		return err
	}
	if err := r.end(); err != nil {
		return err
	}
	if len(r.photos) > 0 {
		user := r.user()
		user.Photos = r.photos
		if err := r.give(store.Record{User: user}, nil); err != nil {
			return err
		}
	}
	if r.name == "" {
		return nil
	}
	preference := store.ImportedPreference{Preference: app.NewPreference()}
	preference.MuseumName, preference.Version = r.name, 1 // the times are zero, so existing preferences win
	return r.give(store.Record{Preference: &preference}, nil)
}

// user returns the owner's account, in case it does not exist yet.
func (r *museumReader) user() *store.ImportedUser {
	return &store.ImportedUser{User: app.User{Email: r.owner.Email, Mailbox: r.owner.Mailbox, IsActive: true,
		DateJoined: time.Now()}}
}

// readOther reads a key other than the lists.
func (r *museumReader) readOther(key string) error {
	value, _, _, err := r.value()
	if err != nil {
		return err
	}
	text, _ := value.Text()
	switch key {
	case "userName":
		if text = strings.TrimFunc(text, app.IsSpace); len([]rune(text)) <= 100 {
			r.name = text
		}
	case "exportDate":
		if saved, ok := app.ParseTimestamp(text); ok {
			r.saved = saved
		}
	}
	return nil
}

func (r *museumReader) readPhoto(fields *app.Fields, record *store.Record) (err error) {
	if record.Photo, err = readPhoto(fields); err != nil {
		return err
	}
	hash, _ := app.ParseImageHash(readExact(fields, "sha256"))
	r.photos = append(r.photos, hash)
	return nil
}

// conceptType parses a family in any of its spellings.
func conceptType(text string) (string, bool) {
	name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), "-", "_")
	if name == "inverse" {
		name = "rational"
	}
	return name, app.IsFamilyType(name)
}

func (r *museumReader) readConcept(fields *app.Fields, record *store.Record) error {
	id, _ := fields.Object["type"].Text()
	name, known := conceptType(id)
	if !known {
		id, _ = fields.Object["id"].Text()
		if name, known = conceptType(id); !known {
			return fmt.Errorf("%q is not a family of functions", id)
		}
	}
	tile := app.NewTile(name)
	if text := fields.Object["description"]; len(text) > 0 && !text.IsNull() {
		tile.Description = readExact(fields, "description")
	}
	if yes := fields.Object["isComplete"]; len(yes) > 0 && !yes.IsNull() {
		tile.Completed = readBool(fields, "isComplete")
	}
	if state := fields.Object["desmosState"]; len(state) > 0 && !state.IsNull() && string(state) != `""` {
		tile.DesmosState = need(fields, "desmosState", fields.JSON("desmosState", state.TypeName() == "str"))
	}
	if err := fields.Err(); err != nil {
		return err
	}
	if tile.SameContent(new(app.NewTile(name))) {
		return nil
	}
	setPosition(fields.Object, &tile)
	at := r.saved
	if ms, err := strconv.ParseFloat(string(fields.Object["lastModified"]), 64); err == nil && ms > 0 && ms < 1e14 {
		at = time.UnixMilli(int64(ms)).UTC()
	}
	if at.IsZero() {
		at = time.Unix(0, 0).UTC() // older than any existing tile
	}
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = at, at, at
	record.Tile = firstRevision(tile)
	return nil
}
