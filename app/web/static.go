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
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// static serves the files of the front end. Under /static/VERSION/, where VERSION stands for the content of all files,
// they may be kept for ever: modules that import each other by relative path thus always fit together.
type static struct {
	files   fs.FS
	dev     bool
	version func() string
	cache   sync.Map // path to *staticFile
}

// staticFile is a file ready to be sent.
type staticFile struct {
	kind, etag    string
	plain, zipped []byte // zipped is nil where that would not help
}

// mediaTypes are the kinds of file there are. The machine's own table is not asked: it differs from host to host.
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
	s := &static{files: files, dev: dev}
	s.version = sync.OnceValue(s.hash)
	return s
}

// hash gives the version: a hash over all files that are served.
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

// file gives a file by its path below /static/, without the version.
func (s *static) file(name string) (*staticFile, error) {
	if cached, ok := s.cache.Load(name); ok {
		return cached.(*staticFile), nil
	}
	kind := mediaTypes[path.Ext(name)]
	if kind == "" || !fs.ValidPath(name) {
		return nil, fs.ErrNotExist
	}
	content, err := fs.ReadFile(s.files, name)
	if err != nil {
		return nil, err
	}
	if !s.dev && !strings.HasPrefix(name, "vendor/") {
		content = shrink(kind, content)
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

// minifier takes comments and needless spaces out of our own scripts and style sheets, by a third of what is sent. It is
// a library since that means to parse both languages.
var minifier = sync.OnceValue(func() *minify.M {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.Add("text/javascript", &js.Minifier{KeepVarNames: true}) // names stay, for the sake of error reports
	return m
})

// shrink leaves out of a text what only its authors read. What the library cannot read, as a way of writing that is newer
// than it, stays as it is, and so do other kinds of file.
func shrink(kind string, content []byte) []byte {
	kind, _, _ = strings.Cut(kind, ";")
	if kind != "text/css" && kind != "text/javascript" {
		return content
	}
	shrunk, err := minifier().Bytes(kind, content)
	if err != nil {
		return content
	}
	return shrunk
}

// compress makes content as small as gzip can: it is done once a file.
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

// getStatic answers with a file.
func (s *Server) getStatic(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	name := pathValue(r, "path")
	version, rest, _ := strings.Cut(name, "/")
	w.Header().Set("Cache-Control", "no-cache")
	if version == s.static.version() && !s.static.dev {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	file, err := s.static.file(name)
	if err != nil {
		file, err = s.static.file(rest) // with a version, be it an old one: a page that is open still asks for it
	}
	if err != nil {
		s.notFound(w, r)
		return nil
	}
	for _, name := range []string{"Allow", "Cross-Origin-Opener-Policy", "Permissions-Policy"} {
		w.Header().Del(name) // they say nothing of a file, and a first visit asks for many
	}
	if file.kind != mediaTypes[".svg"] {
		w.Header().Del("Content-Security-Policy")
	}
	file.send(w, r)
	return nil
}

// send answers with the file, compressed if the client takes that.
func (f *staticFile) send(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("ETag", f.etag)
	content := f.plain
	if f.zipped != nil {
		header.Set("Vary", "Accept-Encoding")
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
