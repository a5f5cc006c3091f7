package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// resource holds the handlers of one address, by method. A method without one is answered with 405.
type resource struct {
	about                         string   // the answer to OPTIONS: JSON
	limit                         int64    // largest body in bytes; 0 means jsonLimit
	photos                        bool     // older clients embed photos in its body, which then may have up to photosLimit
	kinds                         []string // media types of its answers, besides JSON
	get, post, put, patch, delete handler
}

// handler returns the handler of a method, or nil. HEAD uses GET's; net/http drops the body.
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

// allow returns the methods for the Allow header.
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

// negotiate returns an error unless the client accepts one of the resource's media types. The earlier app took what
// follows a dot in an id for a format.
func (r resource) negotiate(request *http.Request) error {
	if format := request.URL.Query().Get("format"); !slices.Contains([]string{"", "json", "api"}, format) || strings.Contains(pathValue(request, "id"), ".") {
		return app.Errorf(app.KindNotFound, "Not found.")
	}
	if acceptsKind(request, "application/json") || slices.ContainsFunc(r.kinds, func(kind string) bool { return acceptsKind(request, kind) }) {
		return nil
	}
	return httpError{http.StatusNotAcceptable, "Could not satisfy the request Accept header."}
}

// spelling also serves collections under names such as /api/tiles.json, as the earlier app did.
func (s *Server) spelling(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path, ok := strings.CutSuffix(r.URL.Path, ".json"); ok && strings.HasPrefix(path, "/api/") {
			r.URL.Path = strings.TrimSuffix(path, "/") + "/"
			r.URL.RawPath = ""
		}
		next.ServeHTTP(w, r)
	})
}
