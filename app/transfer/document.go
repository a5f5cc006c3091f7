package transfer

import (
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// errStop ends the reading where nobody wants more.
var errStop = errors.New("nobody wants more")

// document is a JSON document with one person's museum, which is read part by part.
type document struct {
	*stream
	entry string // in a zip file, "" for a file of its own
	owner app.Address
	yield func(store.Record, error) bool
}

// give passes a record of the owner on.
func (d *document) give(record store.Record, err error) error {
	record.File, record.Email = d.entry, d.owner.Email
	if record.Line == 0 {
		record.Line = d.line()
	}
	if !d.yield(record, err) {
		return errStop
	}
	return nil
}

// complain passes on what is wrong in a line.
func (d *document) complain(line int, err error) error {
	return d.give(store.Record{Line: line}, &store.RowError{File: d.entry, Line: line, Err: plain(err)})
}

// readList reads a list of objects.
func (d *document) readList(read func(fields *app.Fields, record *store.Record) error) error {
	if err := d.open('['); err != nil {
		return err
	}
	for d.More() {
		value, line, fatal, err := d.value()
		if fatal {
			return err
		}
		record := store.Record{Line: line}
		if err == nil {
			var fields *app.Fields
			if fields, err = app.ReadFields(value); err == nil {
				err = read(fields, &record)
			}
		}
		switch {
		case err != nil:
			err = d.complain(line, err)
		case record.Tile != nil || record.Photo != nil || record.Version != nil: // else there is nothing to take
			err = d.give(record, nil)
		}
		if err != nil {
			return err
		}
	}
	return d.close()
}
