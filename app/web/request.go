package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"
	"github.com/mathmuseums/mathmuseums/app"
)

// pathValue returns a variable of the route's path.
func pathValue(r *http.Request, name string) string { return mux.Vars(r)[name] }

// pathID returns the id in the path. Malformed and too large numbers are not found.
func pathID(r *http.Request) (int64, error) {
	text := pathValue(r, "id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strings.HasPrefix(text, "+") {
		return 0, app.Errorf(app.KindNotFound, "Not found.")
	}
	return id, nil
}

// device identifies the browser of a change, for the history.
func device(r *http.Request, user *app.User) app.Device {
	return app.Device{SessionID: user.SessionID, UserAgent: app.NewUserAgent(r.UserAgent())}
}

// seenVersion returns the version in If-Match, or 0 if there is none.
func seenVersion(r *http.Request) int64 {
	match := strings.TrimSpace(r.Header.Get("If-Match"))
	if match == "" || match == "*" {
		return 0
	}
	version, err := strconv.ParseInt(strings.Trim(match, `"`), 10, 64)
	if err != nil || version <= 0 {
		return -1 // malformed, so it never matches the current version
	}
	return version
}
