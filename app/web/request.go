package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"
	"github.com/mathmuseums/mathmuseums/app"
)

// pathValue gives a part of the path that the route names.
func pathValue(r *http.Request, name string) string { return mux.Vars(r)[name] }

// pathID gives the id in the path. What is no number, or too large, is no id of ours.
func pathID(r *http.Request) (int64, error) {
	text := pathValue(r, "id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strings.HasPrefix(text, "+") {
		return 0, app.Errorf(app.KindNotFound, "Not found.")
	}
	return id, nil
}

// device is from where a user makes a change.
func device(r *http.Request, user *app.User) app.Device {
	return app.Device{SessionID: user.SessionID, UserAgent: app.NewUserAgent(r.UserAgent())}
}

// seenVersion is the version that a client says it saw (If-Match); 0 if it says nothing.
func seenVersion(r *http.Request) int64 {
	match := strings.TrimSpace(r.Header.Get("If-Match"))
	if match == "" || match == "*" {
		return 0
	}
	version, err := strconv.ParseInt(strings.Trim(match, `"`), 10, 64)
	if err != nil || version <= 0 {
		return -1 // no version of ours, so it cannot be the present one
	}
	return version
}
