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

// archiveDocument is what the document of a museum is called in a zip file.
const archiveDocument = "museum.json"

// archives are the museums in a zip file. Nothing is unpacked: of each file that is read a piece is in memory, or a photo.
type archives struct {
	museums []*zip.File // their documents, in the order of the zip file
	files   []*zip.File // all files, by name
}

// openArchives looks into a zip file. The error is for people.
func openArchives(file io.ReaderAt, size int64) (*archives, error) {
	in, err := openZip(file, size)
	if err != nil {
		return nil, err
	}
	a := &archives{files: in.File}
	for _, file := range in.File {
		file.Name = strings.ReplaceAll(file.Name, `\`, "/") // as some programs for Windows have it
		if _, name := path.Split(file.Name); name == archiveDocument {
			a.museums = append(a.museums, file)
		}
	}
	if len(a.museums) == 0 {
		return nil, fmt.Errorf("it is a zip file with no %s in it, so it holds no museum; if there is another file in it that can be imported, unpack it first", archiveDocument)
	}
	slices.SortStableFunc(a.files, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	return a, nil
}

// find gives a file, nil where there is none of the name, or several.
func (a *archives) find(name string) *zip.File {
	i, found := slices.BinarySearchFunc(a.files, name, func(file *zip.File, name string) int { return cmp.Compare(file.Name, name) })
	if !found || i+1 < len(a.files) && a.files[i+1].Name == name {
		return nil
	}
	return a.files[i]
}

// isDownload tells whether it is what one student took home, which stands in no folder.
func (a *archives) isDownload() bool {
	return len(a.museums) == 1 && a.museums[0].Name == archiveDocument
}

// read gives what is in all museums, or in owner's. A download is owner's, whoever it says that it is.
func (a *archives) read(owner app.Address) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		known := newAccounts()
		for _, file := range a.museums {
			r := archiveReader{document: document{entry: file.Name, yield: yield}, all: a, known: known, folder: strings.TrimSuffix(file.Name, archiveDocument)}
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

// photo reads a photo whole.
func (a *archives) photo(name string) ([]byte, error) {
	file := a.find(name)
	if file == nil {
		return nil, fmt.Errorf("the photo %q is not in the zip file, or is there twice", name)
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

// archiveReader reads one museum in a zip file.
type archiveReader struct {
	document
	all    *archives
	known  accounts
	folder string // before the names of files, "" or with a slash at its end
	only   string // whose museum is wanted, "": anybody's
	format bool   // it has been checked
	user   *store.ImportedUser
	tiles  bool         // they have come
	tile   app.Revision // the last one
	lost   bool         // it is not right, and its versions go with it
}

// errNotWanted ends the reading of a museum of which nothing is wanted.
var errNotWanted = errors.New("this museum is not wanted")

// read reads a museum, and tells whether more is wanted. What is wrong with it is no matter for the others.
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

// yieldWhole passes on what is wrong with the whole museum. Words of the stream say the line.
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
		return errors.New(`it is no museum: there are no "tiles" in it`)
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
		return fmt.Errorf("line %d: %q is not where it has to be: \"format\" is followed by \"account\", and that by \"photos\" and \"tiles\"", line, key)
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
		return fmt.Errorf("it has the format %.20s, and this program knows %d; use the version of the program that wrote it, or a newer one", format, archiveFormat)
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
		address, user.ID = r.owner, 0 // who took it home may have changed it
	}
	if r.only != "" && address.Email != r.only {
		return errNotWanted
	}
	r.owner = address
	if r.known.add(address.Email) {
		return fmt.Errorf("the museum of %s has come before, in another folder", address.Email)
	}
	user.Email, user.Mailbox = address.Email, address.Mailbox
	r.user = &store.ImportedUser{User: user}
	return r.give(store.Record{User: r.user}, nil)
}

// readPhotos reads the list of photos, and each photo.
func (r *archiveReader) readPhotos() error {
	var found []app.ImageHash
	if err := r.readList(func(fields *app.Fields, record *store.Record) error {
		if len(found) >= len(r.all.files) {
			return errors.New("there are more photos in this list than in the zip file")
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

// readTiles reads the list of tiles, each version by itself.
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

// readTile reads a tile, whose versions come last in it.
func (r *archiveReader) readTile() error {
	object, size, given, line := app.Object{}, 0, false, 0
	err := r.object(func(key string) error {
		if line == 0 {
			line = r.line()
		}
		if given {
			return fmt.Errorf("line %d: %q comes after \"versions\", which has to be the last of a tile", r.line(), key)
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
			return r.complain(at, err) // what lacks is named with the tile
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

// giveTile passes a tile on.
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
