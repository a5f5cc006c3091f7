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

// workerSource is the service worker without its list. It belongs to no page, so it is not served among the static files'
// versions: a browser asks for it at one address, and compares it with the one it has.
const workerSource = "js/sw.js"

// precache is what the service worker is told: it keeps the page and the files, all of one version.
type precache struct {
	Version string   `json:"version"` // of the files, the page and its headers; empty: keep nothing, and leave
	Prefix  string   `json:"prefix"`  // of the files, below the worker's own folder; it names their version
	Files   []string `json:"files"`
}

// getWorker answers with the service worker. It lies beside the page, since a worker reaches no further than its folder.
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

// worker makes the service worker: the list of what it keeps, and behind it the script that uses the list.
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

// precache lists every file that a page of the museum may come to need. While the files may change under a running server
// nothing is kept, so that a change shows at once; the prefix is that of the page, which would else take the worker for a newer one.
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

// isKeptOffline reports whether pages use a file. Others are licences, notes, the templates of pages, and libraries that the
// bundle contains already.
func (s *static) isKeptOffline(place string) bool {
	switch path.Ext(place) {
	case ".css", ".mjs", ".svg", ".png", ".woff2":
		return true
	case ".js":
		return place != s.place(workerSource) && (!s.bundled || strings.HasPrefix(place, "bundle/"))
	}
	return false
}
