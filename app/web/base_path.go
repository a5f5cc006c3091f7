package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// basePathKey finds the base path of a request in its context.
type basePathKey struct{}

// basePathForm is letters, digits and - _ . ~ between slashes: all that needs no escape and no thought in the files of a
// proxy. A segment of dots alone would be another folder.
var basePathForm = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?$`)

// CheckBasePath says why a museum cannot lie under a path, or nil.
func CheckBasePath(base string) error {
	if !basePathForm.MatchString(base) {
		return fmt.Errorf("%q is no path to put a museum under; write it like /museum, of letters, digits and - _ . ~", base)
	}
	first := firstSegment(base)
	for _, route := range new(Server).routes() {
		if first != "" && first == firstSegment(route.path) {
			return fmt.Errorf("the museum has a page at %s itself, so it cannot lie under %s; choose another path, such as /museum", route.path, base)
		}
	}
	return nil
}

// firstSegment is what stands between the first two slashes of a path.
func firstSegment(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}

// WithBasePath gives the request with the path under which the museum lies for this one, such as /museum, not escaped; ""
// is the root. It counts before Options.BasePath: under CGI a request brings it along.
func WithBasePath(r *http.Request, base string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), basePathKey{}, base))
}

// basePath is the path under which the museum lies for a request, escaped, without a slash at its end; "" is the root.
// Whatever names an address of ours with a leading slash begins with it.
func (s *Server) basePath(r *http.Request) string {
	return (&url.URL{Path: s.plainBasePath(r)}).EscapedPath()
}

// plainBasePath is the base path before it is escaped.
func (s *Server) plainBasePath(r *http.Request) string {
	base, ok := r.Context().Value(basePathKey{}).(string)
	if !ok {
		base = s.BasePath
	}
	return strings.TrimRight(base, "/")
}

// underBasePath takes the base path off, so that all behind it knows addresses as they are at the root. Some proxies take
// it off themselves: what comes without it is answered too.
func (s *Server) underBasePath(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base := s.plainBasePath(r)
		path, ok := strings.CutPrefix(r.URL.Path, base)
		if base == "" || !ok || (path != "" && path[0] != '/') { // /museums is not below /museum
			next.ServeHTTP(w, r)
			return
		}
		inner := *r
		inner.URL = new(url.URL)
		*inner.URL = *r.URL
		inner.URL.Path = path
		// Where the base is escaped in an odd way the rest is escaped as usual: nothing but a redirect asks for it.
		inner.URL.RawPath, ok = strings.CutPrefix(r.URL.RawPath, s.basePath(r))
		if !ok {
			inner.URL.RawPath = ""
		}
		if path == "" { // relative addresses in the page need the slash
			s.addSlash(w, &inner)
			return
		}
		next.ServeHTTP(w, &inner)
	})
}

// addSlash sends a client to the path with a slash at its end, whatever the method.
func (s *Server) addSlash(w http.ResponseWriter, r *http.Request) {
	target := ownPath(s.basePath(r) + r.URL.EscapedPath() + "/")
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusMovedPermanently)
}
