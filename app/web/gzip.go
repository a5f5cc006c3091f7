package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"sync"
)

// packFrom is the size in bytes from which an answer is compressed: below it the gain is small.
const packFrom = 1 << 10

// packers are reused, since a new one takes half a megabyte.
var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
	return packer
}}

// writeCompressedJSON is writeJSON for answers that may be large, such as a whole museum: it compresses them if the
// client accepts gzip. They must not contain secrets next to what users write: whoever can plant text in an answer
// and observe its size could guess them (BREACH).
func writeCompressedJSON(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	addVary(w.Header(), "Accept-Encoding")
	if len(body) < packFrom || !acceptsGzip(r) {
		return writeJSON(w, status, body)
	}
	var packed bytes.Buffer
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(&packed)
	_, _ = packer.Write(body) // a buffer does not fail
	_ = packer.Close()
	w.Header().Set("Content-Encoding", "gzip")
	return writeJSON(w, status, packed.Bytes())
}
