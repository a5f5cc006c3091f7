package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// workerSource is the service worker without its list of files. It belongs to no page, so it is not served under a
// version: browsers fetch it from one address and compare it with the one they have.
const workerSource = "js/sw.js"

// precache tells the service worker what to keep: the page and its files, all of one version.
type precache struct {
	Version string   `json:"version"` // of the files, the page and its headers; empty: keep nothing, and unregister
	Prefix  string   `json:"prefix"`  // of the files, relative to the worker's folder; it contains their version
	Files   []string `json:"files"`
}

// getWorker serves the service worker. Its address is next to the page, since a worker's scope is its folder.
func (s *Server) getWorker(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	worker, err := s.static.worker()
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Service-Worker-Allowed", "./")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'")
	worker.send(w, r)
	return nil
}

// worker returns the service worker: the list of files, followed by the script that uses it.
func (s *static) worker() (*staticFile, error) {
	if cached, ok := s.cache.Load("worker"); ok {
		return cached.(*staticFile), nil
	}
	list, err := s.precache()
	if err != nil {
		return nil, err
	}
	source, err := s.file(workerSource)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	content := bytes.Join([][]byte{[]byte("self.precache="), text, []byte(";\n"), source.plain}, nil)
	sum := sha256.Sum256(content)
	made := &staticFile{kind: source.kind, plain: content, etag: strconv.Quote(hex.EncodeToString(sum[:8]))}
	if made.zipped, err = compress(content); err != nil {
		return nil, err
	}
	if !s.dev {
		s.cache.Store("worker", made)
	}
	return made, nil
}

// precache lists every file that a page of the museum may need. While files may change under a running server nothing
// is kept, so that changes show at once; the prefix is that of the page, which would otherwise take the worker for a
// newer one.
func (s *static) precache() (precache, error) {
	if s.dev {
		return precache{Prefix: s.prefix(), Files: []string{}}, nil
	}
	page, err := s.index()
	if err != nil {
		return precache{}, err
	}
	sum := sha256.Sum256(append([]byte(page.policy), page.file.plain...))
	list := precache{Version: s.version() + "-" + hex.EncodeToString(sum[:4]), Prefix: s.prefix()}
	err = fs.WalkDir(s.files, ".", func(place string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && s.isKeptOffline(place) {
			list.Files = append(list.Files, strings.TrimPrefix(place, "bundle/"))
		}
		return err
	})
	return list, err
}

// isKeptOffline reports whether pages use a file. Other files are licences, notes, page templates, and libraries that
// the bundle contains.
func (s *static) isKeptOffline(place string) bool {
	switch path.Ext(place) {
	case ".css", ".mjs", ".svg", ".png", ".woff2":
		return true
	case ".js":
		return place != s.place(workerSource) && (!s.bundled || strings.HasPrefix(place, "bundle/"))
	}
	return false
}
