package web

import (
	"net/http"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
)

// sessionJSON describes a browser in which the user is signed in.
type sessionJSON struct {
	ID         int64  `json:"id"`
	Device     string `json:"device"` // user agent
	SignedInAt string `json:"signed_in_at"`
	LastSeenAt string `json:"last_seen_at"` // to within an hour
	ThisDevice bool   `json:"this_device"`
}

// listOwnSessions lists the browsers in which the user is signed in, the last used first.
func (s *Server) listOwnSessions(w http.ResponseWriter, r *http.Request, user *app.User) error {
	sessions, err := s.Store.ListSessions(r.Context(), user.ID)
	if err != nil {
		return err
	}
	list := []sessionJSON{}
	for _, session := range sessions {
		list = append(list, sessionJSON{session.ID, session.UserAgent, app.FormatTimestamp(session.CreatedAt),
			app.FormatTimestamp(session.LastSeenAt), session.ID == user.SessionID})
	}
	return writeValue(w, http.StatusOK, list)
}

// endOtherSessions signs the user out in all browsers but this one.
func (s *Server) endOtherSessions(w http.ResponseWriter, r *http.Request, user *app.User) error {
	ended, err := s.Store.DeleteOtherSessions(r.Context(), s.actor(r, user), user.SessionID)
	if err != nil {
		return err
	}
	s.events.endOtherSessions(user.ID, user.SessionID)
	return writeValue(w, http.StatusOK, map[string]int64{"ended": ended})
}

// endOwnSession signs the user out in one browser.
func (s *Server) endOwnSession(w http.ResponseWriter, r *http.Request, user *app.User) error {
	id, err := strconv.ParseInt(pathValue(r, "id"), 10, 64)
	if err != nil {
		return app.Errorf(app.KindNotFound, "Not found.")
	}
	if err := s.Store.DeleteSession(r.Context(), s.actor(r, user), id); err != nil {
		return err
	}
	s.events.endSession(user.ID, id)
	if id == user.SessionID {
		s.clearCookie(w, r, sessionCookie)
		clearCache(w)
	}
	return writeValue(w, http.StatusOK, map[string]int64{"ended": 1})
}
