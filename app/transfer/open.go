package transfer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// Source is a file to be imported. Its kind is told by its content.
type Source struct {
	Kind    string // in words, such as "an export"
	Records iter.Seq2[store.Record, error]
}

// peeked is how much of a file tells its kind.
const peeked = 4096

// Open finds what kind of file it is: an export of ours, a Django dump, or a student's .mathmuseums file, which needs owner
// since it does not say whose it is. The others, with an owner, give what is the owner's alone. The error is for people.
func Open(file io.ReadSeeker, owner app.Address) (Source, error) {
	start, err := bufio.NewReaderSize(file, peeked).Peek(peeked)
	if err != nil && !errors.Is(err, io.EOF) {
		return Source{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Source{}, err
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(start, []byte(byteOrderMark)), " \t\r\n")
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case len(text) == 0:
		return Source{}, errors.New("it is empty")
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return Source{}, errors.New("it is a zip file, which is for looking at; what can be imported is written by mathmuseums export --format json")
	case text[0] == '[':
		return Source{"a Django dump", only(owner, readDjango(file))}, nil
	case bytes.Contains(first, []byte(`"`+kindHeader+`"`)):
		if err := checkHeader(first); err != nil {
			return Source{}, err
		}
		return Source{"an export", only(owner, readLines(file))}, nil
	case text[0] != '{':
		return Source{}, errors.New("it is none of the kinds that can be imported; mathmuseums import --help names them")
	case owner.Email == "":
		return Source{}, errors.New("it does not say whose museum it is; say so with --user")
	}
	return Source{"a .mathmuseums file", readMuseum(file, owner)}, nil
}

// only lets through what is an owner's, if there is one. Bad rows of others are no matter then, as far as they can be told.
func only(owner app.Address, records iter.Seq2[store.Record, error]) iter.Seq2[store.Record, error] {
	if owner.Email == "" {
		return records
	}
	return func(yield func(store.Record, error) bool) {
		tile := int64(0) // the owner's last one, whose versions follow
		for record, err := range records {
			switch {
			case record.Photo != nil || err != nil && record.Email == "":
			case record.Version != nil:
				if record.Version.ID != tile {
					continue
				}
			case record.Email != owner.Email:
				tile = 0
				continue
			case record.Tile != nil:
				tile = record.Tile.ID
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// rowError makes a record of its line alone, and says what is wrong with it.
func rowError(line int, email string, err error) (store.Record, error) {
	return store.Record{Line: line, Email: email}, &store.RowError{Line: line, Err: plain(err)}
}

// plain puts errors of fields into words.
func plain(err error) error {
	fields, ok := errors.AsType[app.FieldErrors](err)
	if !ok {
		return err
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		part := strings.Join(fields[name], " ")
		if name != app.NonField {
			part = name + ": " + part
		}
		parts = append(parts, part)
	}
	return errors.New(strings.Join(parts, " "))
}

// checkHeader refuses what a later program wrote.
func checkHeader(line []byte) error {
	value, err := app.ParseJSON(line)
	if err != nil {
		return fmt.Errorf("its first line is not right: %w", err)
	}
	fields, err := app.ReadFields(value)
	if err != nil {
		return plain(err)
	}
	format := readCount(fields, "format")
	if err := fields.Err(); err != nil {
		return fmt.Errorf("its first line is not right: %w", plain(err))
	}
	if format != exportFormat {
		return fmt.Errorf("it has the format %d, and this program knows %d; use the version of the program that wrote it, or a newer one", format, exportFormat)
	}
	return nil
}
