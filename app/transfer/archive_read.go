package transfer

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

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
