package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/mathmuseums/mathmuseums/app"
)

// static serves the files of the front end. Under /static/VERSION/, where VERSION is a hash of all files, they may be
// cached for ever: modules that import each other by relative path always fit together. Scripts and style sheets come
// from the bundle, if there is one, otherwise from the sources.
type static struct {
	files   fs.FS
	dev     bool // files may change, and the bundle is not used
	bundled bool // scripts and style sheets are in bundle/
	version func() string
	cache   sync.Map // path to *staticFile
}

// staticFile is a file ready to be sent.
type staticFile struct {
	kind, etag    string
	plain, zipped []byte // zipped is nil if compression does not help
}

// mediaTypes are the media types by extension. The system's own table is not used: it differs between hosts.
var mediaTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".mjs":   "text/javascript; charset=utf-8",
	".json":  "application/json",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".woff2": "font/woff2",
	".txt":   "text/plain; charset=utf-8",
}

func newStatic(files fs.FS, dev bool) *static {
	_, err := fs.Stat(files, "bundle")
	s := &static{files: files, dev: dev, bundled: err == nil && !dev}
	s.version = sync.OnceValue(s.hash)
	return s
}

// hash returns the version: a hash of all files that are served.
func (s *static) hash() string {
	if s.dev {
		return "dev"
	}
	sum := sha256.New()
	_ = fs.WalkDir(s.files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(s.files, name)
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// place returns the path of the file that is served under a name.
func (s *static) place(name string) string {
	if s.bundled && (strings.HasPrefix(name, "js/") || strings.HasPrefix(name, "css/")) {
		return "bundle/" + name
	}
	return name
}

// file returns a file by its path below /static/VERSION/.
func (s *static) file(name string) (*staticFile, error) {
	if cached, ok := s.cache.Load(name); ok {
		return cached.(*staticFile), nil
	}
	kind := mediaTypes[path.Ext(name)]
	if kind == "" || !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	content, err := fs.ReadFile(s.files, s.place(name))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	file := &staticFile{kind: kind, plain: content, etag: strconv.Quote(hex.EncodeToString(sum[:8]))}
	if strings.HasPrefix(kind, "text/") || kind == mediaTypes[".svg"] || kind == mediaTypes[".json"] {
		if file.zipped, err = compress(content); err != nil {
			return nil, err
		}
	}
	if !s.dev {
		s.cache.Store(name, file)
	}
	return file, nil
}

// compress compresses content as far as gzip can, which is done once per file.
func compress(content []byte) ([]byte, error) {
	var buffer bytes.Buffer
	writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = writer.Write(content)
	err = errors.Join(err, writer.Close())
	return buffer.Bytes(), err
}

// prefix returns the prefix of the files' addresses, below the museum's base path.
func (s *static) prefix() string { return "static/" + s.version() + "/" }

// sendVersioned serves a file for a standalone page, by the rest of its path after static/.
func (s *static) sendVersioned(w http.ResponseWriter, r *http.Request, rest string) {
	_, name, _ := strings.Cut(rest, "/")
	file, err := s.file(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	file.send(w, r)
}

// getStatic serves a file.
func (s *Server) getStatic(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	name := pathValue(r, "path")
	version, rest, _ := strings.Cut(name, "/")
	w.Header().Set("Cache-Control", "no-cache")
	if version == s.static.version() && !s.static.dev {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	file, err := s.static.file(name)
	if err != nil {
		file, err = s.static.file(rest) // whatever the version: an open page still asks for an old one
	}
	if err != nil {
		s.notFound(w, r)
		return nil
	}
	unused := []string{"Allow", "Cross-Origin-Opener-Policy", "Permissions-Policy"} // a first visit asks for many files
	if file.kind != mediaTypes[".svg"] {
		unused = append(unused, "Content-Security-Policy", "Referrer-Policy", "X-Frame-Options")
	}
	for _, name := range unused {
		w.Header().Del(name)
	}
	file.send(w, r)
	return nil
}

// send answers with the file, compressed if the client accepts that.
func (f *staticFile) send(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("ETag", f.etag)
	content := f.plain
	if f.zipped != nil {
		addVary(header, "Accept-Encoding")
		if acceptsGzip(r) {
			header.Set("Content-Encoding", "gzip")
			content = f.zipped
		}
	}
	if strings.Contains(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	_, _ = w.Write(content)
}
