package transfer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/mathmuseums/mathmuseums/app"
)

// stream reads a large JSON document part by part, and knows in which line it is.
type stream struct {
	*json.Decoder
	lines *lineCounter
}

func newStream(file io.Reader) *stream {
	lines := &lineCounter{in: file}
	return &stream{json.NewDecoder(lines), lines}
}

// line is the number of the line that is read now.
func (s *stream) line() int { return s.lines.at(s.InputOffset()) }

// value reads the next value, and gives the line in which it begins. The text has been checked by app.ParseJSON. fatal tells
// that the document cannot be read further.
func (s *stream) value() (value app.Value, line int, fatal bool, err error) {
	var raw json.RawMessage
	if err := s.Decode(&raw); err != nil {
		return nil, s.line(), true, s.explain(err)
	}
	line = s.lines.at(s.InputOffset() - int64(len(raw)))
	value, err = app.ParseJSON(raw)
	return value, line, false, err
}

// explain says where a document breaks off.
func (s *stream) explain(err error) error {
	offset := s.InputOffset()
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = max(offset, syntax.Offset)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the file ends in the middle: it is damaged")
	}
	return fmt.Errorf("from line %d on it is no JSON: %w", s.lines.at(offset), err)
}

// lineCounter remembers where the lines end that have been read but not yet been asked for.
type lineCounter struct {
	in     io.Reader
	offset int64
	passed int     // lines before those of ends
	ends   []int64 // offsets behind the ends of lines
}

func (c *lineCounter) Read(to []byte) (int, error) {
	n, err := c.in.Read(to)
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
