package web

import (
	"bytes"
	"crypto/hmac"
	"io"
	"net/http"
	"slices"

	"github.com/mathmuseums/mathmuseums/app"
)

// isSafe reports whether a method changes nothing.
func isSafe(method string) bool {
	return slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace}, method)
}

// checkOrigin refuses requests that another site makes a browser send. Current browsers say where a request comes
// from. Without either header (an old browser, a script), a request with a session needs the token of that session.
func (s *Server) checkOrigin(r *http.Request, session []byte) error {
	if isSafe(r.Method) {
		return nil
	}
	if err := s.crossOrigin.Check(r); err != nil {
		return app.Errorf(app.KindForbidden, "CSRF Failed: Origin checking failed - %s does not match any trusted origins.", r.Header.Get("Origin"))
	}
	if session == nil || r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		return nil
	}
	sent := r.Header.Get("X-Csrftoken")
	if sent == "" && r.Method == http.MethodPost {
		var err error
		if sent, err = tokenInForm(r); err != nil {
			return err
		}
	}
	cookie, err := r.Cookie(csrfCookie)
	want := s.csrfToken(session)
	switch {
	case err != nil:
		return app.Errorf(app.KindForbidden, "CSRF Failed: CSRF cookie not set.")
	case sent == "":
		return app.Errorf(app.KindForbidden, "CSRF Failed: CSRF token missing.")
	case !hmac.Equal([]byte(sent), []byte(want)) || !hmac.Equal([]byte(cookie.Value), []byte(want)):
		return app.Errorf(app.KindForbidden, "CSRF Failed: CSRF token from the 'X-Csrftoken' HTTP header incorrect.")
	}
	return nil
}

// tokenInForm looks for the token in the fields of a form. The body can be read again afterwards. Errors in the form
// take precedence over a missing token, as in the earlier app.
func tokenInForm(r *http.Request) (string, error) {
	var copied bytes.Buffer
	body := r.Body
	r.Body = io.NopCloser(io.TeeReader(body, &copied))
	read, err := readBody(r)
	r.Body = io.NopCloser(&copied)
	if err != nil || !read.isForm {
		return "", err
	}
	object, _ := read.Object()
	token, _ := object["csrfmiddlewaretoken"].Text()
	return token, nil
}

// allowingOrigins opens the API to the origins that the operator has named (CORS).
func (s *Server) allowingOrigins(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		if len(s.CORSOrigins) > 0 {
			addVary(w.Header(), "Origin")
		}
		if !slices.Contains(s.CORSOrigins, origin) {
			next.ServeHTTP(w, r)
			return
		}
		header := w.Header()
		header.Set("Access-Control-Allow-Origin", origin)
		header.Set("Access-Control-Allow-Credentials", "true")
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			header.Set("Access-Control-Allow-Methods", "DELETE, GET, OPTIONS, PATCH, POST, PUT")
			header.Set("Access-Control-Allow-Headers", "accept, content-type, if-match, x-csrftoken")
			header.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
