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

// stream reads a large JSON document part by part and keeps track of the line. No part may be longer than maxLine.
type stream struct {
	*json.Decoder
	lines *lineCounter
}

func newStream(file io.Reader) *stream {
	lines := &lineCounter{in: file}
	return &stream{json.NewDecoder(lines), lines}
}

// Token returns the decoder's next token.
func (s *stream) Token() (json.Token, error) {
	s.lines.part = s.InputOffset()
	return s.Decoder.Token()
}

// open enters an object or a list; bracket is '{' or '['.
func (s *stream) open(bracket json.Delim) error {
	token, err := s.Token()
	if err == nil && token != bracket {
		return fmt.Errorf("line %d: %s is required", s.line(),
			map[json.Delim]string{'{': "an object", '[': "a list"}[bracket])
	}
	return s.explain(err)
}

// close leaves an object or a list.
func (s *stream) close() error {
	_, err := s.Token()
	return s.explain(err)
}

// object reads an object; it calls read to read each key's value.
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

// end requires the end of the document.
func (s *stream) end() error {
	_, err := s.Token()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		err = errors.New("there is more data after its end")
	}
	return s.explain(err)
}

// line returns the number of the current line.
func (s *stream) line() int { return s.lines.at(s.InputOffset()) }

// value reads the next value, validated by app.ParseJSON, and returns the line in which it begins. fatal means that
// the document cannot be read further.
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

// explain adds the position to an error, and explains truncation. It returns nil for nil.
func (s *stream) explain(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the file is truncated")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("from line %d on it is not JSON: %w", s.lines.at(max(s.InputOffset(), syntax.Offset)), err)
	}
	return fmt.Errorf("line %d: %w", s.line(), err)
}

// lineCounter records the ends of lines that were read but not yet asked for.
type lineCounter struct {
	in     io.Reader
	offset int64
	part   int64   // offset of the current part
	passed int     // number of lines before those in ends
	ends   []int64 // offsets after the ends of lines
}

// Read reads at most as much as was already read of the current part, so that it does not read far ahead; and not
// less, since the decoder scans white space again after each read.
func (c *lineCounter) Read(to []byte) (int, error) {
	read := c.offset - c.part
	if read > int64(maxLine) || len(c.ends) > maxLine/16 { // each end takes eight bytes
		return 0, errLong()
	}
	n, err := io.ReadFull(c.in, to[:min(int64(len(to)), max(read, 1<<16))])
	if n > 0 {
		err = nil // the next call returns it again
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

// at returns the line of an offset. Offsets must not precede the line that was last asked for.
func (c *lineCounter) at(offset int64) int {
	i := 0
	for i < len(c.ends) && c.ends[i] <= offset {
		i++
	}
	c.ends, c.passed = c.ends[i:], c.passed+i
	return c.passed + 1
}

// errStop ends reading when the consumer has stopped.
var errStop = errors.New("the consumer has stopped")

// document is a JSON document with one person's museum that is read part by part.
type document struct {
	*stream
	entry string // name within a zip file; "" if it is not in one
	owner app.Address
	yield func(store.Record, error) bool
}

// give yields a record of the owner.
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

// complain yields the error of a line.
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
		case record.Tile != nil || record.Photo != nil || record.Version != nil: // otherwise the object has no record
			err = d.give(record, nil)
		}
		if err != nil {
			return err
		}
	}
	return d.close()
}
