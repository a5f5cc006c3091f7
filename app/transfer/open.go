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

// Source is a file to be imported. Its kind is told by its content.
type Source struct {
	Kind    string // in words, such as "an export"
	Records iter.Seq2[store.Record, error]
}

// File is what can be imported: a file, or a text in a test.
type File interface {
	io.ReaderAt
	io.Seeker
}

// peeked is how much of a file tells its kind.
const peeked = 4096

// strangers are files that people take for exports, by how they begin, with what is said of them.
var strangers = []struct{ begin, words string }{
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
	{"SQLite format 3\x00", "it is a museum's database and no export; mathmuseums restore puts a copy of one in its place"},
}

const (
	csvRefusal    = "it is a table for spreadsheets, in which the graphs are missing; what can be imported is written by mathmuseums export with --format json or zip"
	djangoRefusal = "it is a Django dump as XML or YAML; write it as JSON: manage.py dumpdata --format json"
	dumpRefusal   = "it is a dump of a PostgreSQL database (pg_dump), such as the earlier app's backup_*.sql, and only PostgreSQL can read it. " +
		"Load it into the earlier app's database, and import what its \"manage.py dumpdata\" writes"
	utf16Refusal = "it is in UTF-16, as PowerShell writes what comes through >; write the export with --out instead"
)

// RefusePostgres returns an error for people where a file begins like a dump of a PostgreSQL database, and nil for any other.
func RefusePostgres(start []byte) error {
	for _, stranger := range strangers {
		if stranger.words == dumpRefusal && bytes.HasPrefix(start, []byte(stranger.begin)) {
			return errors.New(dumpRefusal)
		}
	}
	return nil
}

// Open finds what kind of file it is: an export of ours, an archive, a Django dump, or a student's .mathmuseums file. That
// and a student's download need owner, since students have them in their hands. The others, with an owner, give what is the
// owner's alone. The error is for people.
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
	for _, stranger := range strangers {
		if bytes.HasPrefix(start, []byte(stranger.begin)) {
			return Source{}, errors.New(stranger.words)
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
		return Source{}, errors.New("it is none of the kinds that can be imported; mathmuseums import --help names them")
	case owner.Email == "":
		return Source{}, errors.New("it does not say whose museum it is; say so with --user")
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
			return Source{}, errors.New("it is the download of one student, who may have changed it; say with --user whose museum it is")
		}
		return Source{"a download", archives.read(owner)}, nil
	}
	return Source{"a zip file", only(owner, archives.read(owner))}, nil
}

// only lets through what is an owner's, if there is one. Bad rows of others are no matter then, as far as they can be told.
func only(owner app.Address, records iter.Seq2[store.Record, error]) iter.Seq2[store.Record, error] {
	if owner.Email == "" {
		return records
	}
	return func(yield func(store.Record, error) bool) {
		tile := int64(0) // the owner's last one, whose versions follow
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
			yield(store.Record{}, fmt.Errorf("nobody with the address %s is in the file", owner.Email))
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

// accounts knows whose museums a file has brought so far, by hashes of the addresses: 100,000 take a few MB. Two museums of
// one person in a file of ours come of somebody's mistake, and which of them is right is not for us to say.
type accounts struct {
	seed maphash.Seed
	seen map[uint64]struct{}
}

func newAccounts() accounts { return accounts{maphash.MakeSeed(), map[uint64]struct{}{}} }

// add tells whether the account has come before.
func (a accounts) add(email string) (again bool) {
	key := maphash.String(a.seed, email)
	_, again = a.seen[key]
	a.seen[key] = struct{}{}
	return again
}
