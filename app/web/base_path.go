package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// basePathKey is the context key of a request's base path.
type basePathKey struct{}

// basePathForm allows letters, digits and - _ . ~ between slashes: characters that need no escaping, also not in the
// configuration of a proxy. A segment of dots alone would be another folder.
var basePathForm = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?$`)

// CheckBasePath returns an error if a museum cannot be served under a path.
func CheckBasePath(base string) error {
	if !basePathForm.MatchString(base) {
		return fmt.Errorf("%q cannot be the path of a museum; write it like /museum, with letters, digits and - _ . ~", base)
	}
	first := firstSegment(base)
	for _, route := range new(Server).routes() {
		if first != "" && first == firstSegment(route.path) {
			return fmt.Errorf("the museum has a page at %s itself, so it cannot lie under %s; choose another path, such as /museum", route.path, base)
		}
	}
	return nil
}

// firstSegment returns the part of a path between its first two slashes.
func firstSegment(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}

// WithBasePath returns the request with the path under which it finds the museum, such as /museum, not escaped; "" is
// the root. It takes precedence over Options.BasePath: under CGI each request brings its own.
func WithBasePath(r *http.Request, base string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), basePathKey{}, base))
}

// basePath returns the escaped path under which a request finds the museum, without a trailing slash; "" is the root.
// Every address that begins with a slash must start with it.
func (s *Server) basePath(r *http.Request) string {
	return (&url.URL{Path: s.plainBasePath(r)}).EscapedPath()
}

// plainBasePath returns the base path unescaped.
func (s *Server) plainBasePath(r *http.Request) string {
	base, ok := r.Context().Value(basePathKey{}).(string)
	if !ok {
		base = s.BasePath
	}
	return strings.TrimRight(base, "/")
}

// underBasePath strips the base path, so that the handlers behind it see paths as at the root. Some proxies strip it
// themselves, so requests without it are served too.
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
		// If the base path is escaped in an unusual way, the rest is escaped as usual: only redirects use it.
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

// addSlash redirects to the path with a trailing slash, whatever the method.
func (s *Server) addSlash(w http.ResponseWriter, r *http.Request) {
	target := ownPath(s.basePath(r) + r.URL.EscapedPath() + "/")
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusMovedPermanently)
}
