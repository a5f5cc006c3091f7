package transfer

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// maxLine is how long a line may be, in bytes. The longest are tiles of older clients, with photos in them.
const maxLine = 64 << 20

// errLongLine is what is wrong with a longer one.
var errLongLine = fmt.Errorf("this line is longer than %d MB", maxLine>>20)

// readLines reads an export. It holds one line at a time.
func readLines(file io.Reader) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		reader := lineReader{in: bufio.NewReaderSize(file, 1<<16)}
		for number := 1; ; number++ {
			text, err := reader.next()
			if errors.Is(err, io.EOF) {
				return
			}
			record := store.Record{Line: number}
			if err == nil {
				if strings.TrimSpace(string(text)) == "" || number == 1 {
					continue // the first one was read by Open
				}
				err = reader.read(text, &record)
			}
			if err != nil && !reader.broken {
				record, err = rowError(number, record.Email, err)
			}
			if !yield(record, err) || reader.broken {
				return
			}
		}
	}
}

// lineReader reads lines, and remembers of them what later ones refer to.
type lineReader struct {
	in     *bufio.Reader
	line   []byte
	broken bool         // the file itself cannot be read
	tile   app.Revision // the last one
}

// next gives the next line without its end. The text is good until the next call.
func (r *lineReader) next() ([]byte, error) {
	r.line = r.line[:0]
	long := false
	for {
		part, err := r.in.ReadSlice('\n')
		if long = long || len(r.line)+len(part) > maxLine; !long {
			r.line = append(r.line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			r.broken = true
			return nil, err
		case long:
			return nil, errLongLine
		case err != nil && len(r.line) == 0:
			return nil, io.EOF
		}
		return r.line, nil
	}
}

// read reads a line into a record.
func (r *lineReader) read(text []byte, record *store.Record) error {
	value, err := app.ParseJSON(text)
	if err != nil {
		return fmt.Errorf("this is no JSON: %w", err)
	}
	fields, err := app.ReadFields(value)
	if err != nil {
		return err
	}
	kind := readExact(fields, "kind")
	if kind == kindPreferences || kind == kindTile {
		record.Email = readExact(fields, "user")
	}
	switch kind {
	case kindPhoto:
		record.Photo, err = readPhoto(fields)
	case kindUser:
		record.User, err = readUser(fields)
		if err == nil {
			record.Email = record.User.Email
		}
	case kindPreferences:
		record.Preference = readPreference(fields)
	case kindTile:
		r.tile = readTile(fields)
		tile := r.tile
		record.Tile = &tile
	case kindVersion:
		record.Version = r.readVersion(fields)
	case "":
	default:
		err = fmt.Errorf("there is no kind %q", kind)
	}
	if err == nil {
		err = fields.Err()
	}
	if err != nil && kind == kindTile {
		r.tile = app.Revision{}
	}
	return err
}

func readPhoto(fields *app.Fields) ([]byte, error) {
	name, encoded := readExact(fields, "sha256"), readExact(fields, "bytes")
	if err := fields.Err(); err != nil {
		return nil, err
	}
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errors.New("the bytes of this photo are not in base64")
	}
	if hash := app.ImageHash(sha256.Sum256(content)); hash.String() != name {
		return nil, errors.New("this photo is damaged: its bytes are not those that it is named by")
	}
	return content, nil
}

func readUser(fields *app.Fields) (*store.ImportedUser, error) {
	address := readAddress(fields, "email")
	user := store.ImportedUser{User: app.User{
		ID:          readCount(fields, "id"),
		Email:       address.Email,
		Mailbox:     address.Mailbox,
		DisplayName: readExact(fields, "display_name"),
		IsActive:    readBool(fields, "is_active"),
		IsStaff:     readBool(fields, "is_staff"),
		IsSuperuser: readBool(fields, "is_superuser"),
		DateJoined:  readTime(fields, "date_joined"),
		LastLogin:   readMaybeTime(fields, "last_login"),
	}}
	photos, ok := fields.Object["photos"].List()
	if !ok {
		return nil, errors.New("photos: a list is required")
	}
	for _, name := range photos {
		text, _ := name.Text()
		hash, ok := app.ParseImageHash(text)
		if !ok {
			return nil, fmt.Errorf("photos: %s is not the name of a photo", name)
		}
		user.Photos = append(user.Photos, hash)
	}
	return &user, fields.Err()
}

func readPreference(fields *app.Fields) *store.ImportedPreference {
	return &store.ImportedPreference{Preference: app.Preference{
		DisableOnboarding: readBool(fields, "disable_onboarding"),
		ImageSkill:        readBool(fields, "image_skill"),
		ThemePreference:   need(fields, "theme_preference", fields.Text("theme_preference", 20, false)),
		MuseumName:        need(fields, "museum_name", fields.Text("museum_name", 100, true)),
		ScreenFit:         readBool(fields, "screen_fit"),
		Version:           readCount(fields, "version"),
		CreatedAt:         readTime(fields, "created_at"),
		UpdatedAt:         readTime(fields, "updated_at"),
	}}
}

func readTile(fields *app.Fields) app.Revision {
	tile := app.Revision{
		Tile:               readContent(fields),
		Deleted:            readBool(fields, "deleted"),
		DescriptionVersion: readCount(fields, "description_version"),
		StateVersion:       readCount(fields, "state_version"),
		Items:              app.ItemVersions{},
	}
	tile.ID, tile.Version, tile.ZIndex = readCount(fields, "id"), readCount(fields, "version"), readInt(fields, "z_index")
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = readTime(fields, "created_at"), readTime(fields, "updated_at"), readTime(fields, "last_synced")
	items, ok := fields.Object["item_versions"].Object()
	if !ok {
		fields.Errors["item_versions"] = []string{"An object is required."}
	}
	numbers := &app.Fields{Object: items, Errors: app.FieldErrors{}}
	for id := range items {
		tile.Items[id] = readCount(numbers, id)
	}
	if len(numbers.Errors) > 0 {
		fields.Errors["item_versions"] = []string{"Whole numbers are required."}
	}
	return tile
}

// readVersion reads a version of the last tile.
func (r *lineReader) readVersion(fields *app.Fields) *app.TileVersion {
	version := app.TileVersion{SavedAt: readTime(fields, "saved_at"), Device: app.Device{UserAgent: readExact(fields, "device")}}
	id, number := readCount(fields, "id"), readCount(fields, "version")
	if _, whole := fields.Object["concept_type"]; whole {
		version.Tile = readContent(fields)
		version.ZIndex = readInt(fields, "z_index")
		version.Deleted = readBool(fields, "deleted")
	} else {
		if id != r.tile.ID || number != r.tile.Version {
			fields.Errors[app.NonField] = []string{"This version has no content, and is not the present one of the tile above it."}
		}
		version.Tile, version.Deleted = r.tile.Tile, r.tile.Deleted
	}
	version.ID, version.Version = id, number
	conflict, ok := app.ParseConflict(readExact(fields, "conflict"))
	if !ok {
		fields.Errors["conflict"] = []string{"One of none, open and settled is required."}
	}
	version.Conflict = conflict
	return &version
}
