package transfer

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// archiveDocument is the file name of a museum's document in a zip file.
const archiveDocument = "museum.json"

// archives are the museums in a zip file. Nothing is unpacked to disk: only a piece of a file or one photo is in
// memory.
type archives struct {
	museums []*zip.File // the documents, in the order of the zip file
	files   []*zip.File // all files, by name
}

// openArchives finds the museums in a zip file. Its error is for the operator.
func openArchives(file io.ReaderAt, size int64) (*archives, error) {
	in, err := openZip(file, size)
	if err != nil {
		return nil, err
	}
	a := &archives{files: in.File}
	for _, file := range in.File {
		file.Name = strings.ReplaceAll(file.Name, `\`, "/") // written by some Windows programs
		if _, name := path.Split(file.Name); name == archiveDocument {
			a.museums = append(a.museums, file)
		}
	}
	if len(a.museums) == 0 {
		return nil, fmt.Errorf("it is a zip file without %s, so it contains no museum; if it contains another "+
			"file that can be imported, unpack that first", archiveDocument)
	}
	slices.SortStableFunc(a.files, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	return a, nil
}

// find returns the file with a name, or nil if there is none or more than one.
func (a *archives) find(name string) *zip.File {
	i, found := slices.BinarySearchFunc(a.files, name,
		func(file *zip.File, name string) int { return cmp.Compare(file.Name, name) })
	if !found || i+1 < len(a.files) && a.files[i+1].Name == name {
		return nil
	}
	return a.files[i]
}

// isDownload reports whether the file is one student's download, which has no folders.
func (a *archives) isDownload() bool {
	return len(a.museums) == 1 && a.museums[0].Name == archiveDocument
}

// read returns the records of all museums, or only of the owner's. A download is the owner's, whatever it says
// itself.
func (a *archives) read(owner app.Address) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		known := newAccounts()
		for _, file := range a.museums {
			r := archiveReader{document: document{entry: file.Name, yield: yield}, all: a, known: known,
				folder: strings.TrimSuffix(file.Name, archiveDocument)}
			if a.isDownload() {
				r.owner = owner
			} else {
				r.only = owner.Email
			}
			if !r.read(file) {
				return
			}
		}
	}
}

// photo returns the content of a photo.
func (a *archives) photo(name string) ([]byte, error) {
	file := a.find(name)
	if file == nil {
		return nil, fmt.Errorf("the photo %q is missing from the zip file, or is in it twice", name)
	}
	in, err := openEntry(file, app.MaxImageSize)
	if err != nil {
		return nil, fmt.Errorf("the photo %q: %w", name, err)
	}
	defer in.Close()
	var content bytes.Buffer
	if _, err := io.Copy(&content, in); err != nil {
		return nil, fmt.Errorf("the photo %q: %w", name, err)
	}
	return content.Bytes(), nil
}

// archiveReader reads one museum from a zip file.
type archiveReader struct {
	document
	all    *archives
	known  accounts
	folder string // prefix of the file names, "" or with a trailing slash
	only   string // address of the wanted museum; "" for any
	format bool   // the format was checked
	user   *store.ImportedUser
	tiles  bool         // the list of tiles was read
	tile   app.Revision // the last tile
	lost   bool         // the last tile is invalid, so its versions are skipped
}

// errNotWanted ends the reading of a museum that is not to be imported.
var errNotWanted = errors.New("this museum is not wanted")

// read reads a museum, and returns false if the consumer has stopped. Errors of one museum do not affect the others.
func (r *archiveReader) read(file *zip.File) bool {
	err := r.readFile(file)
	if err == nil || errors.Is(err, errNotWanted) {
		return true
	}
	if !errors.Is(err, errStop) {
		err = r.yieldWhole(err)
	}
	return err == nil
}

// yieldWhole reports an error of the whole museum. Errors of the stream contain the line themselves.
func (r *archiveReader) yieldWhole(err error) error {
	if r.yield(store.Record{File: r.entry, Email: r.owner.Email}, &store.RowError{File: r.entry, Err: plain(err)}) {
		return nil
	}
	return errStop
}

func (r *archiveReader) readFile(file *zip.File) error {
	in, err := openEntry(file, maxMuseum)
	if err != nil {
		return err
	}
	defer in.Close()
	r.stream = newStream(in)
	if err := r.object(r.readKey); err != nil {
		return err
	}
	if !r.tiles {
		return errors.New(`it is not a museum: it has no "tiles"`)
	}
	return r.end()
}

func (r *archiveReader) readKey(key string) error {
	switch {
	case key == "tiles" && r.user != nil:
		r.tiles = true
		return r.readTiles()
	case key == "photos" && r.user != nil:
		return r.readPhotos()
	}
	value, line, fatal, err := r.value()
	if fatal {
		return err
	}
	switch {
	case err != nil:
	case key == "format":
		return r.checkFormat(value)
	case key == "account" && r.user == nil && r.format:
		return r.readAccount(value)
	case key == "account" || key == "photos" || key == "tiles":
		return fmt.Errorf("line %d: %q is out of order: \"format\" must come first, then \"account\", then "+
			"\"photos\" and \"tiles\"", line, key)
	case key == "preferences" && r.user != nil && !value.IsNull():
		var fields *app.Fields
		if fields, err = app.ReadFields(value); err == nil {
			preference := readPreference(fields)
			if err = fields.Err(); err == nil {
				return r.give(store.Record{Line: line, Preference: preference}, nil)
			}
		}
	}
	if err != nil {
		return r.complain(line, err)
	}
	return nil
}

func (r *archiveReader) checkFormat(value app.Value) error {
	if format := string(value); format != fmt.Sprint(archiveFormat) {
		return fmt.Errorf("it has format %.20s, but this program supports %d; use the version of the program "+
			"that wrote it, or a newer one", format, archiveFormat)
	}
	r.format = true
	return nil
}

func (r *archiveReader) readAccount(value app.Value) error {
	fields, err := app.ReadFields(value)
	if err != nil {
		return err
	}
	address := readAddress(fields, "email")
	user := app.User{
		ID:          readCount(fields, "id"),
		DisplayName: readExact(fields, "display_name"),
		IsActive:    readBool(fields, "is_active"),
		DateJoined:  readTime(fields, "date_joined"),
		LastLogin:   readMaybeTime(fields, "last_login"),
	}
	if err := fields.Err(); err != nil {
		return err
	}
	if r.owner.Email != "" {
		address, user.ID = r.owner, 0 // the student may have edited the file
	}
	if r.only != "" && address.Email != r.only {
		return errNotWanted
	}
	r.owner = address
	if r.known.add(address.Email) {
		return fmt.Errorf("the museum of %s is also in another folder", address.Email)
	}
	user.Email, user.Mailbox = address.Email, address.Mailbox
	r.user = &store.ImportedUser{User: user}
	return r.give(store.Record{User: r.user}, nil)
}

// readPhotos reads the list of photos and each photo's content.
func (r *archiveReader) readPhotos() error {
	var found []app.ImageHash
	if err := r.readList(func(fields *app.Fields, record *store.Record) error {
		if len(found) >= len(r.all.files) {
			return errors.New("this list has more photos than the zip file has files")
		}
		name, hash := readExact(fields, "file"), readExact(fields, "sha256")
		err := fields.Err()
		if err == nil {
			record.Photo, err = r.all.photo(r.folder + name)
		}
		if err != nil {
			return err
		}
		sum := app.ImageHash(sha256.Sum256(record.Photo))
		if sum.String() != hash {
			return errDamagedPhoto
		}
		found = append(found, sum)
		return nil
	}); err != nil || len(found) == 0 {
		return err
	}
	again := *r.user
	again.Photos = found
	return r.give(store.Record{User: &again}, nil)
}

// readTiles reads the list of tiles, one version at a time.
func (r *archiveReader) readTiles() error {
	if err := r.open('['); err != nil {
		return err
	}
	for r.More() {
		if err := r.readTile(); err != nil {
			return err
		}
	}
	return r.close()
}

// readTile reads a tile, whose versions are its last key.
func (r *archiveReader) readTile() error {
	object, size, given, line := app.Object{}, 0, false, 0
	err := r.object(func(key string) error {
		if line == 0 {
			line = r.line()
		}
		if given {
			return fmt.Errorf("line %d: %q follows \"versions\", which must be the last key of a tile", r.line(), key)
		}
		if key == "versions" {
			given = true
			if err := r.giveTile(object, line); err != nil {
				return err
			}
			return r.readList(func(fields *app.Fields, record *store.Record) error {
				if r.lost {
					return nil
				}
				record.Version = readVersion(fields, &r.tile)
				return fields.Err()
			})
		}
		value, at, fatal, err := r.value()
		if fatal {
			return err
		}
		if err != nil {
			return r.complain(at, err) // missing fields are reported with the tile
		}
		if size += len(key) + len(value); size > maxLine {
			return fmt.Errorf("line %d: %w", line, errLong())
		}
		object[key] = value
		return nil
	})
	if err == nil && !given {
		err = r.giveTile(object, line)
	}
	return err
}

// giveTile yields the tile.
func (r *archiveReader) giveTile(object app.Object, line int) error {
	fields := &app.Fields{Object: object, Errors: app.FieldErrors{}}
	r.tile = readTile(fields)
	err := fields.Err()
	if r.lost = err != nil; r.lost {
		return r.complain(line, err)
	}
	tile := r.tile
	return r.give(store.Record{Line: line, Tile: &tile}, nil)
}
