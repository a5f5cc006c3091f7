package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
)

// packFrom is the size in bytes from which an answer is compressed: below it little is won.
const packFrom = 1 << 10

// packers are kept, since a new one takes half a megabyte.
var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is known to exist
	return packer
}}

// writePackedJSON is writeJSON for answers that may be large, such as a whole museum to a new device: they are compressed if
// the client takes that. Nothing secret may stand in them beside what users write themselves: who can have something written
// into an answer, and see how long it becomes, could guess it (BREACH).
func writePackedJSON(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	w.Header().Set("Vary", "Accept-Encoding")
	if len(body) < packFrom || !acceptsGzip(r) {
		return writeJSON(w, status, body)
	}
	var packed bytes.Buffer
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(&packed)
	_, _ = packer.Write(body) // into memory: that does not fail
	_ = packer.Close()
	w.Header().Set("Content-Encoding", "gzip")
	return writeJSON(w, status, packed.Bytes())
}

// acceptsGzip tells whether the client takes compressed answers.
func acceptsGzip(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}

// unpacked undoes the packing of a request's body as it is read. The limit holds for what was packed as for what is sent.
type unpacked struct {
	packed io.ReadCloser
	reader *gzip.Reader // nil before the first byte
}

func (u *unpacked) Read(to []byte) (int, error) {
	if u.reader == nil {
		reader, err := gzip.NewReader(u.packed)
		if err != nil {
			return 0, err
		}
		u.reader = reader
	}
	return u.reader.Read(to)
}

func (u *unpacked) Close() error { return u.packed.Close() }

// limitBody sets the most that a body may hold. One that was packed, as the pages do with large graphs for the sake of small
// hosts, is unpacked.
func limitBody(w http.ResponseWriter, r *http.Request, limit int64) {
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if r.Header.Get("Content-Encoding") == "gzip" {
		r.Body = http.MaxBytesReader(w, &unpacked{packed: r.Body}, limit)
		r.ContentLength = -1
	}
}
