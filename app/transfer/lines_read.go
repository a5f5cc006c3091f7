package transfer

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// maxLine is the maximum length of a line in bytes. The longest are tiles of older clients, with embedded photos.
var maxLine = 64 << 20

// errLong is the error for a longer line, or a longer part of another file.
func errLong() error {
	return fmt.Errorf("the entry that begins here is longer than %d MB", maxLine>>20)
}

// errNoEnd is the error for an export that was truncated between two lines.
var errNoEnd = errors.New(`the last line, {"kind":"end"}, is missing: the file was truncated`)

// readLines reads an export. It holds one line at a time.
func readLines(file io.Reader) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		reader := lineReader{in: bufio.NewReaderSize(file, 1<<16), accounts: newAccounts()}
		for number := 1; ; number++ {
			text, err := reader.next()
			if errors.Is(err, io.EOF) {
				if !reader.ended {
					yield(rowError(number, "", errNoEnd))
				}
				return
			}
			record := store.Record{Line: number}
			if err == nil {
				if len(bytes.TrimSpace(text)) == 0 || number == 1 {
					continue // Open has read the first line
				}
				if err = reader.read(text, &record); err == nil && reader.skip {
					continue
				}
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

// lineReader reads lines, and keeps what later lines refer to.
type lineReader struct {
	in       *bufio.Reader
	line     []byte
	broken   bool         // the file cannot be read further
	ended    bool         // the end line was read
	skip     bool         // the current line has no record
	tile     app.Revision // the last tile
	lost     bool         // the last tile is invalid, so its versions are skipped
	accounts accounts
}

// next returns the next line without its end. The text is valid until the next call.
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
			return nil, errLong()
		case err != nil && len(r.line) == 0:
			return nil, io.EOF
		}
		return r.line, nil
	}
}

// read parses a line into a record.
func (r *lineReader) read(text []byte, record *store.Record) error {
	value, err := app.ParseJSON(text)
	if err != nil {
		return fmt.Errorf("this is not JSON: %w", err)
	}
	fields, err := app.ReadFields(value)
	if err != nil {
		return err
	}
	if r.ended {
		return errors.New("this line follows the end line")
	}
	kind := readExact(fields, "kind")
	r.skip = kind == kindEnd || kind == kindVersion && r.lost
	if r.skip {
		r.ended = kind == kindEnd
		return nil
	}
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
			if r.accounts.add(record.Email) {
				err = fmt.Errorf("the account of %s is also in an earlier line", record.Email)
			}
		}
	case kindPreferences:
		record.Preference = readPreference(fields)
	case kindTile:
		r.tile = readTile(fields)
		tile := r.tile
		record.Tile = &tile
	case kindVersion:
		record.Version = readVersion(fields, &r.tile)
	case "":
	default:
		err = fmt.Errorf("unknown kind %q", kind)
	}
	if err == nil {
		err = fields.Err()
	}
	r.lost = kind == kindTile && err != nil
	return err
}

var errDamagedPhoto = errors.New("this photo is damaged: its bytes do not match its SHA-256")

func readPhoto(fields *app.Fields) ([]byte, error) {
	name, encoded := readExact(fields, "sha256"), readExact(fields, "bytes")
	if err := fields.Err(); err != nil {
		return nil, err
	}
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errors.New("the bytes of this photo are not base64")
	}
	if hash := app.ImageHash(sha256.Sum256(content)); hash.String() != name {
		return nil, errDamagedPhoto
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
