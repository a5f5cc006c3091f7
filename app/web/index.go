package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// opening describes what the page loads first. Paths are below static/.
type opening struct {
	script    string            // the entry script
	preloads  []string          // scripts that it imports, directly or indirectly
	libraries map[string]string // the import map: paths of libraries that scripts import by name
}

// sourceOpening is the opening of the sources.
var sourceOpening = opening{script: "js/main.js", libraries: map[string]string{
	"idb":                   "vendor/idb/index.js",
	"mathlive":              "vendor/mathlive/mathlive.min.mjs",
	"@noble/hashes/sha2.js": "vendor/noble-hashes/sha2.js",
}}

// bundledOpening is the opening of the bundle, which contains all libraries but the large one.
var bundledOpening = opening{script: "js/main/main.js", libraries: map[string]string{
	"mathlive": "vendor/mathlive/mathlive.min.mjs",
}}

// index is the museum's page with its content security policy.
type index struct {
	file   staticFile
	policy string
}

// getIndex returns the museum's page.
func (s *Server) getIndex(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	index, err := s.static.index()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", index.policy)
	w.Header().Set("Cache-Control", "no-cache")
	index.file.send(w, r)
	return nil
}

// index renders the page. All its addresses are relative, so that it works under any prefix.
func (s *static) index() (*index, error) {
	if cached, ok := s.cache.Load("index"); ok {
		return cached.(*index), nil
	}
	page, err := template.ParseFS(s.files, "html/index.html")
	if err != nil {
		return nil, err
	}
	begin, err := s.opening()
	if err != nil {
		return nil, err
	}
	prefix := s.prefix()
	imports := map[string]string{}
	for name, file := range begin.libraries {
		imports[name] = "./" + prefix + file
	}
	importMap, err := json.Marshal(map[string]any{"imports": imports})
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = page.Execute(&text, map[string]any{
		"Static":    prefix,
		"Script":    begin.script,
		"Preloads":  begin.preloads,
		"ImportMap": template.HTML(`<script type="importmap">` + string(importMap) + `</script>`),
	})
	if err != nil {
		return nil, err
	}
	made := &index{policy: policy(importMap)}
	sum := sha256.Sum256(text.Bytes())
	made.file = staticFile{kind: "text/html; charset=utf-8", plain: text.Bytes(), etag: strconv.Quote(hex.EncodeToString(sum[:8]))}
	if made.file.zipped, err = compress(text.Bytes()); err != nil {
		return nil, err
	}
	if !s.dev {
		s.cache.Store("index", made)
	}
	return made, nil
}

// opening returns what the page loads first. Nothing is preloaded while files may change.
func (s *static) opening() (begin opening, err error) {
	begin = sourceOpening
	if s.bundled {
		begin = bundledOpening
	}
	if !s.dev {
		begin.preloads, err = s.importsOf(begin)
	}
	return begin, err
}

// staticImport matches the static imports of a script, in the forms that the bundle and the sources have.
var staticImport = regexp.MustCompile(`(?m)(?:\bfrom|\bimport)"(\./[^"]+)"|^(?:import|export|\}) (?:[^;']+ )?from '([^']+)';$`)

// importsOf returns the scripts that the entry script imports, directly or indirectly, so that the page can fetch
// them all at once.
func (s *static) importsOf(begin opening) (found []string, err error) {
	for waiting := []string{begin.script}; len(waiting) > 0; waiting = waiting[1:] {
		content, err := fs.ReadFile(s.files, s.place(waiting[0]))
		if err != nil {
			return nil, err
		}
		for _, match := range staticImport.FindAllSubmatch(content, -1) {
			imported := string(match[1]) + string(match[2])
			name, isLibrary := begin.libraries[imported]
			if !isLibrary {
				name = path.Join(path.Dir(waiting[0]), imported)
			}
			if !slices.Contains(found, name) {
				found = append(found, name)
				waiting = append(waiting, name)
			}
		}
	}
	return found, nil
}

// policy returns the page's content security policy: nothing from other origins, no eval, and no inline script but
// the import map. MathLive sets styles on its elements, hence unsafe-inline for styles. It also sets innerHTML in a
// dozen places that its hook for Trusted Types does not cover, so require-trusted-types-for would need a default
// policy that lets everything through.
func policy(importMap []byte) string {
	hash := sha256.Sum256(importMap)
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}
