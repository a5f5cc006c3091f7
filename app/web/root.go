package web

import (
	"net/http"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// getRoot lists the collections of the API, spelled like the request itself.
func (s *Server) getRoot(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	end := "/"
	if path, _, _ := strings.Cut(r.RequestURI, "?"); strings.HasSuffix(path, ".json") {
		end = ".json"
	}
	base := s.scheme(r) + "://" + r.Host + s.basePath(r) + "/api/"
	return writeValue(w, http.StatusOK, map[string]string{"tiles": base + "tiles" + end, "preferences": base + "preferences" + end})
}
