package transfer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// stream reads a large JSON document part by part, and knows in which line it is. No part may be longer than maxLine.
type stream struct {
	*json.Decoder
	lines *lineCounter
}

func newStream(file io.Reader) *stream {
	lines := &lineCounter{in: file}
	return &stream{json.NewDecoder(lines), lines}
}

// Token is that of the decoder.
func (s *stream) Token() (json.Token, error) {
	s.lines.part = s.InputOffset()
	return s.Decoder.Token()
}

// open goes into an object or a list; bracket is '{' or '['.
func (s *stream) open(bracket json.Delim) error {
	token, err := s.Token()
	if err == nil && token != bracket {
		return fmt.Errorf("line %d: %s is required", s.line(), map[json.Delim]string{'{': "an object", '[': "a list"}[bracket])
	}
	return s.explain(err)
}

// close leaves it again.
func (s *stream) close() error {
	_, err := s.Token()
	return s.explain(err)
}

// object goes through an object, and has each key's value read.
func (s *stream) object(read func(key string) error) error {
	if err := s.open('{'); err != nil {
		return err
	}
	for s.More() {
		token, err := s.Token()
		if err != nil {
			return s.explain(err)
		}
		key, _ := token.(string)
		if err := read(key); err != nil {
			return err
		}
	}
	return s.close()
}

// end wants nothing more to come.
func (s *stream) end() error {
	_, err := s.Token()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		err = errors.New("it goes on after its end")
	}
	return s.explain(err)
}

// line is the number of the line that is read now.
func (s *stream) line() int { return s.lines.at(s.InputOffset()) }

// value reads the next value, and gives the line in which it begins. The text has been checked by app.ParseJSON. fatal tells
// that the document cannot be read further.
func (s *stream) value() (value app.Value, line int, fatal bool, err error) {
	s.lines.part = s.InputOffset()
	var raw json.RawMessage
	if err := s.Decode(&raw); err != nil {
		return nil, s.line(), true, s.explain(err)
	}
	line = s.lines.at(s.InputOffset() - int64(len(raw)))
	value, err = app.ParseJSON(raw)
	return value, line, false, err
}

// explain says where a document breaks off. It gives nil for nil.
func (s *stream) explain(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the file ends in the middle: it is damaged")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("from line %d on it is no JSON: %w", s.lines.at(max(s.InputOffset(), syntax.Offset)), err)
	}
	return fmt.Errorf("line %d: %w", s.line(), err)
}

// lineCounter remembers where the lines end that have been read but not yet been asked for.
type lineCounter struct {
	in     io.Reader
	offset int64
	part   int64   // where the part begins that is being read
	passed int     // lines before those of ends
	ends   []int64 // offsets behind the ends of lines
}

// Read reads no more than what has been read of the part already, so that not much more is read than is wanted; and no less,
// since the decoder looks at white space anew with each reading.
func (c *lineCounter) Read(to []byte) (int, error) {
	read := c.offset - c.part
	if read > int64(maxLine) || len(c.ends) > maxLine/16 { // each end is as long as eight bytes of text
		return 0, errLong()
	}
	n, err := io.ReadFull(c.in, to[:min(int64(len(to)), max(read, 1<<16))])
	if n > 0 {
		err = nil // it comes again
	}
	for part := to[:n]; ; {
		i := bytes.IndexByte(part, '\n')
		if i < 0 {
			c.offset += int64(len(part))
			return n, err
		}
		c.offset += int64(i + 1)
		c.ends = append(c.ends, c.offset)
		part = part[i+1:]
	}
}

// at gives the line of an offset. Offsets must not go back beyond the line that was asked for last.
func (c *lineCounter) at(offset int64) int {
	i := 0
	for i < len(c.ends) && c.ends[i] <= offset {
		i++
	}
	c.ends, c.passed = c.ends[i:], c.passed+i
	return c.passed + 1
}

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
