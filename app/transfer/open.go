package transfer

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// Source is a file to import, of a recognized type.
type Source struct {
	Kind    string // for messages, such as "an export"
	Records iter.Seq2[store.Record, error]
}

// File is an input that can be imported.
type File interface {
	io.ReaderAt
	io.Seeker
}

// peeked is how many bytes are read to recognize the type of a file.
const peeked = 4096

// unsupported lists types of files that are often mistaken for exports, by their first bytes, with an explanation.
var unsupported = []struct{ begin, words string }{
	{`"email","name","museum",`, csvRefusal},
	{`"email";"name";"museum";`, csvRefusal}, // saved by a spreadsheet
	{"email,name,museum,", csvRefusal},
	{"email;name;museum;", csvRefusal},
	{"email\tname\tmuseum\t", csvRefusal},
	{"\xff\xfe", utf16Refusal},
	{"\xfe\xff", utf16Refusal},
	{"\x1f\x8b", "it is packed with gzip; unpack it first"},
	{"<?xml", djangoRefusal},
	{"- model:", djangoRefusal},
	{"--\n-- PostgreSQL database", dumpRefusal},
	{"--\r\n-- PostgreSQL database", dumpRefusal},
	{"PGDMP", dumpRefusal},
	{"SQLite format 3\x00", "it is a museum's database rather than an export; use mathmuseums restore"},
}

const (
	csvRefusal = "it is a table for spreadsheets, which does not contain the graphs; export with --format " +
		"json or zip instead"
	djangoRefusal = "it is a Django dump in XML or YAML; create it as JSON: manage.py dumpdata --format json"
	dumpRefusal   = "it is a dump of a PostgreSQL database (pg_dump), such as the earlier app's backup_*.sql, " +
		"and only PostgreSQL can read it. " +
		"Load it into the earlier app's database, and import the output of its \"manage.py dumpdata\""
	utf16Refusal = "it is in UTF-16, as PowerShell writes with >; create the export with --out instead"
)

// RefusePostgres returns an error for the operator if a file begins like a dump of a PostgreSQL database, and nil for
// any other.
func RefusePostgres(start []byte) error {
	for _, kind := range unsupported {
		if kind.words == dumpRefusal && bytes.HasPrefix(start, []byte(kind.begin)) {
			return errors.New(dumpRefusal)
		}
	}
	return nil
}

// Open recognizes the type of a file: an export, a zip file, a Django dump, or a .mathmuseums file. The last, and a
// student's download, require owner, since students may have edited them. For other types, an owner restricts the
// records to the owner's. Its error is for the operator.
func Open(file File, owner app.Address) (Source, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return Source{}, err
	}
	start := make([]byte, min(size, peeked))
	if _, err := file.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return Source{}, err
	}
	mark := int64(len(start))
	start = bytes.TrimPrefix(start, []byte(byteOrderMark))
	mark -= int64(len(start))
	content := io.NewSectionReader(file, mark, size-mark)
	for _, kind := range unsupported {
		if bytes.HasPrefix(start, []byte(kind.begin)) {
			return Source{}, errors.New(kind.words)
		}
	}
	text := bytes.TrimLeft(start, " \t\r\n")
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case len(text) == 0:
		return Source{}, errors.New("it is empty")
	case bytes.HasPrefix(text, []byte("PK")):
		return openArchive(content, size, owner)
	case text[0] == '[':
		return Source{"a Django dump", only(owner, readDjango(content, djangoList))}, nil
	case bytes.HasPrefix(text, []byte(`{"model": "`)) || bytes.HasPrefix(text, []byte(`{"model":"`)):
		return Source{"a Django dump in JSON Lines", only(owner, readDjango(content, djangoLines))}, nil
	case bytes.Contains(first, []byte(`"`+kindHeader+`"`)):
		if err := checkHeader(first); err != nil {
			return Source{}, err
		}
		return Source{"an export", only(owner, readLines(content))}, nil
	case text[0] != '{':
		return Source{}, errors.New("it has an unsupported type; mathmuseums import --help lists the supported ones")
	case owner.Email == "":
		return Source{}, errors.New("it does not say whose museum it is; name the owner with --user")
	}
	return Source{"a .mathmuseums file", readMuseum(content, owner)}, nil
}

// openArchive opens a zip file.
func openArchive(file io.ReaderAt, size int64, owner app.Address) (Source, error) {
	archives, err := openArchives(file, size)
	switch {
	case err != nil:
		return Source{}, err
	case archives.isDownload():
		if owner.Email == "" {
			return Source{}, errors.New("it is a student's download, which may have been edited; name the owner " +
				"with --user")
		}
		return Source{"a download", archives.read(owner)}, nil
	}
	return Source{"a zip file", only(owner, archives.read(owner))}, nil
}

// only filters the records of an owner, if there is one. Errors in the records of others are dropped, as far as those
// can be attributed.
func only(owner app.Address, records iter.Seq2[store.Record, error]) iter.Seq2[store.Record, error] {
	if owner.Email == "" {
		return records
	}
	return func(yield func(store.Record, error) bool) {
		tile := int64(0) // the owner's last tile, whose versions follow
		found := false
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
			found = found || record.User != nil || err != nil
			if !yield(record, err) {
				return
			}
		}
		if !found {
			yield(store.Record{}, fmt.Errorf("the file contains no account with the address %s", owner.Email))
		}
	}
}

// rowError returns a record with only its line, and the error of that line.
func rowError(line int, email string, err error) (store.Record, error) {
	return store.Record{Line: line, Email: email}, &store.RowError{Line: line, Err: plain(err)}
}

// plain turns FieldErrors into one readable error.
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

// checkHeader rejects exports by a newer program.
func checkHeader(line []byte) error {
	value, err := app.ParseJSON(line)
	if err != nil {
		return fmt.Errorf("its first line is invalid: %w", err)
	}
	fields, err := app.ReadFields(value)
	if err != nil {
		return plain(err)
	}
	format := readCount(fields, "format")
	if err := fields.Err(); err != nil {
		return fmt.Errorf("its first line is invalid: %w", plain(err))
	}
	if format != exportFormat {
		return fmt.Errorf("it has format %d, but this program supports %d; use the version of the program that "+
			"wrote it, or a newer one", format, exportFormat)
	}
	return nil
}

// accounts records whose museums a file has contained so far, as hashes of the addresses: 100,000 take a few MB. A
// second museum of one person is an error, because nothing says which of them is right.
type accounts struct {
	seed maphash.Seed
	seen map[uint64]struct{}
}

func newAccounts() accounts { return accounts{maphash.MakeSeed(), map[uint64]struct{}{}} }

// add records an account and reports whether it was recorded before.
func (a accounts) add(email string) (again bool) {
	key := maphash.String(a.seed, email)
	_, again = a.seen[key]
	a.seen[key] = struct{}{}
	return again
}
