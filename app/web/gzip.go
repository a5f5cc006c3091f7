package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"sync"
)

// packFrom is the size in bytes from which an answer is compressed: below it little is won.
const packFrom = 1 << 10

// packers are kept, since a new one takes half a megabyte.
var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is known to exist
	return packer
}}

// writeCompressedJSON is writeJSON for answers that may be large, such as a whole museum to a new device: they are compressed if
// the client takes that. Nothing secret may stand in them beside what users write themselves: who can have something written
// into an answer, and see how long it becomes, could guess it (BREACH).
func writeCompressedJSON(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	addVary(w.Header(), "Accept-Encoding")
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
