package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// resource is what stands behind one address: a handler a method. A method without one is answered with 405.
type resource struct {
	about                         string   // what OPTIONS answers: JSON
	limit                         int64    // the largest body in bytes; 0: jsonLimit
	photos                        bool     // older clients embed photos in it; with one it may be as large as photosLimit
	kinds                         []string // media types of its answers, besides JSON
	get, post, put, patch, delete handler
}

// handler gives what answers a method, nil if nothing does. HEAD is a GET whose body net/http leaves out.
func (r resource) handler(method string) handler {
	switch method {
	case http.MethodGet, http.MethodHead:
		return r.get
	case http.MethodPost:
		return r.post
	case http.MethodPut:
		return r.put
	case http.MethodPatch:
		return r.patch
	case http.MethodDelete:
		return r.delete
	case http.MethodOptions:
		return func(w http.ResponseWriter, _ *http.Request, _ *app.User) error {
			return writeJSON(w, http.StatusOK, []byte(r.about))
		}
	}
	return nil
}

// allow lists the methods for the header of that name.
func (r resource) allow() string {
	var methods []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if r.handler(method) != nil {
			methods = append(methods, method)
		}
	}
	if r.get != nil {
		methods = append(methods, http.MethodHead)
	}
	return strings.Join(append(methods, http.MethodOptions), ", ")
}

// negotiate finds whether the client takes JSON, or what else there is. What follows a dot in an id was a format once.
func (r resource) negotiate(request *http.Request) error {
	if format := request.URL.Query().Get("format"); !slices.Contains([]string{"", "json", "api"}, format) || strings.Contains(pathValue(request, "id"), ".") {
		return app.Errorf(app.KindNotFound, "Not found.")
	}
	if acceptsKind(request, "application/json") || slices.ContainsFunc(r.kinds, func(kind string) bool { return acceptsKind(request, kind) }) {
		return nil
	}
	return httpError{http.StatusNotAcceptable, "Could not satisfy the request Accept header."}
}

// spelling lets the list of tiles be asked for as /api/tiles.json too, as the earlier app did.
func (s *Server) spelling(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path, ok := strings.CutSuffix(r.URL.Path, ".json"); ok && strings.HasPrefix(path, "/api/") {
			r.URL.Path = strings.TrimSuffix(path, "/") + "/"
			r.URL.RawPath = ""
		}
		next.ServeHTTP(w, r)
	})
}
