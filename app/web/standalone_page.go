package web

import (
	"bytes"
	"crypto/subtle"
	"html/template"
	"net/http"
	"strings"
)

// What pages beside the museum have in common: they answer in its place while it is not open.

// standalonePolicy is the content security policy of pages beside the museum: no scripts, and nothing from elsewhere.
const standalonePolicy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// standaloneFormLimit is the most that the form may hold, in bytes.
const standaloneFormLimit = 16 << 10

// beginStandalonePage begins the answer of a page beside the museum. It tells whether that was one of the files that such pages need.
func beginStandalonePage(w http.ResponseWriter, r *http.Request, files *static) bool {
	header := w.Header()
	SetSafeHeaders(header)
	_, name, ok := strings.Cut(r.URL.Path, "/static/")
	if ok {
		files.sendVersioned(w, r, name)
	} else {
		header.Set("Cache-Control", "no-store")
	}
	return ok
}

// SetSafeHeaders sets the security headers of answers that do not come from the museum itself: pages beside it, refusals and
// redirects. The museum sets its own in their place.
func SetSafeHeaders(header http.Header) {
	header.Set("X-Frame-Options", "DENY")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	header.Set("Content-Security-Policy", standalonePolicy)
}

// isFirstPage tells whether somebody opens the museum, under whatever path it lies, and no program asks it for something.
func isFirstPage(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/") && !strings.Contains(r.URL.Path, "/api/") && !strings.Contains(r.URL.Path, "/auth/")
}

// readForm reads the form of a page beside the museum, with the word in it; wrong says what is the matter with that, "" that nothing
// is.
func readForm(w http.ResponseWriter, r *http.Request, token string) (typed string, status int, wrong string) {
	r.Body = http.MaxBytesReader(w, r.Body, standaloneFormLimit)
	if err := r.ParseForm(); err != nil {
		return "", http.StatusBadRequest, "The form could not be read. Please fill it in again."
	}
	typed = strings.TrimSpace(r.PostForm.Get("token"))
	if subtle.ConstantTimeCompare([]byte(plainToken(typed)), []byte(plainToken(token))) != 1 {
		return typed, http.StatusForbidden, "The word is not the one in the file."
	}
	return typed, http.StatusOK, ""
}

// plainToken is a token as it counts: copied by hand it may come in small letters, or in groups.
func plainToken(token string) string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(token, func(r rune) bool { return r == ' ' || r == '-' }), ""))
}

// writeTemplate answers with a page made of a template that fits it.
func writeTemplate(w http.ResponseWriter, status int, with *template.Template, page any) {
	var text bytes.Buffer
	if err := with.Execute(&text, page); err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = text.WriteTo(w)
}

// retryClosed is after how many seconds it is worth asking a closed museum again.
const retryClosed = "60"

// WriteLengthRequired answers 411: the web server passes a body on without its length, and under CGI none of it can be read.
func WriteLengthRequired(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	_ = writeValue(w, http.StatusLengthRequired, map[string]string{
		"detail": "The web server needs to know how long this is before it arrives (Content-Length). Nothing was changed; what you wrote is still on your device."})
}

// WriteClosed answers for a museum that cannot be opened, and says why.
func WriteClosed(w http.ResponseWriter, why string) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Retry-After", retryClosed)
	writePage(w, http.StatusServiceUnavailable, "The museum is closed for the moment", why+" What was drawn and written is safe.")
}
