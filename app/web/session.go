package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// The cookies have the names and lifetimes of the earlier app.
const (
	sessionCookie = "sessionid"
	csrfCookie    = "csrftoken"
	csrfLifetime  = 52 * 7 * 24 * time.Hour
)

// authenticate returns the signed-in user and the session's token, or nil. It clears a cookie that is no longer
// valid.
func (s *Server) authenticate(w http.ResponseWriter, r *http.Request) (*app.User, []byte, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil, nil, nil
	}
	var token []byte
	if s.cookies.Decode(sessionCookie, cookie.Value, &token) != nil {
		s.clearCookie(w, r, sessionCookie)
		return nil, nil, nil
	}
	user, renewed, err := s.Store.FindSession(r.Context(), token)
	if app.KindOf(err) == app.KindAnonymous {
		s.clearCookie(w, r, sessionCookie)
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	if renewed {
		err = s.setSession(w, r, token)
	}
	return &user, token, err
}

// setSession sets the cookie of a session.
func (s *Server) setSession(w http.ResponseWriter, r *http.Request, token []byte) error {
	value, err := s.cookies.Encode(sessionCookie, token)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.newCookie(r, sessionCookie, value, app.SessionLifetime, true))
	return nil
}

// newCookie returns a cookie for the museum's path only.
func (s *Server) newCookie(r *http.Request, name, value string, life time.Duration, hidden bool) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: s.basePath(r) + "/",
		Expires: s.Store.Now().Add(life), MaxAge: int(life.Seconds()),
		HttpOnly: hidden, Secure: s.isHTTPS(r), SameSite: http.SameSiteLaxMode,
	}
}

// clearCookie clears a cookie.
func (s *Server) clearCookie(w http.ResponseWriter, r *http.Request, name string) {
	http.SetCookie(w, &http.Cookie{Name: name, Path: s.basePath(r) + "/", Expires: time.Unix(0, 0), MaxAge: -1, SameSite: http.SameSiteLaxMode})
}

// csrfToken returns the token of a session, which other sites cannot know.
func (s *Server) csrfToken(session []byte) string {
	mac := hmac.New(sha256.New, s.Store.Secret().Key("csrf token", 32))
	mac.Write(session)
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
