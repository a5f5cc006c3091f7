package web

import (
	"bytes"
	"crypto/subtle"
	"html/template"
	"net/http"
	"strings"
)

// Standalone pages answer in place of a museum that is not open. They share the functions of this file.

// standalonePolicy is the content security policy of standalone pages: no scripts, and nothing from other origins.
const standalonePolicy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// standaloneFormLimit is the limit of a form's body, in bytes.
const standaloneFormLimit = 16 << 10

// beginStandalonePage writes the headers of a standalone page; it returns true if it served a static file.
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

// SetSafeHeaders sets the security headers of answers that do not come from the museum itself: standalone pages,
// refusals and redirects. The museum sets its own.
func SetSafeHeaders(header http.Header) {
	header.Set("X-Frame-Options", "DENY")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	header.Set("Content-Security-Policy", standalonePolicy)
}

// isFirstPage reports whether a request is a visit of the museum's page, under whatever path, rather than an API
// call.
func isFirstPage(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/") && !strings.Contains(r.URL.Path, "/api/") && !strings.Contains(r.URL.Path, "/auth/")
}

// readForm reads the form of a standalone page and checks its token; wrong describes the problem, or is "".
func readForm(w http.ResponseWriter, r *http.Request, token string) (typed string, status int, wrong string) {
	r.Body = http.MaxBytesReader(w, r.Body, standaloneFormLimit)
	if err := r.ParseForm(); err != nil {
		return "", http.StatusBadRequest, "The form could not be read. Please fill it in again."
	}
	typed = strings.TrimSpace(r.PostForm.Get("token"))
	if subtle.ConstantTimeCompare([]byte(plainToken(typed)), []byte(plainToken(token))) != 1 {
		return typed, http.StatusForbidden, "This is not the token in the file."
	}
	return typed, http.StatusOK, ""
}

// plainToken normalises a token, which may be typed in lower case or in groups.
func plainToken(token string) string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(token, func(r rune) bool { return r == ' ' || r == '-' }), ""))
}

// writeTemplate answers with a page rendered from a template that fits its data.
func writeTemplate(w http.ResponseWriter, status int, with *template.Template, page any) {
	var text bytes.Buffer
	if err := with.Execute(&text, page); err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = text.WriteTo(w)
}

// retryClosed is the Retry-After of a closed museum, in seconds.
const retryClosed = "60"

// WriteLengthRequired answers 411: the web server passes the body on without its length, and under CGI it cannot be
// read.
func WriteLengthRequired(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	_ = writeValue(w, http.StatusLengthRequired, map[string]string{
		"detail": "The web server needs to know how long this is before it arrives (Content-Length). Nothing was changed; what you wrote is still on your device."})
}

// WriteClosed answers for a museum that cannot be opened, with the reason.
func WriteClosed(w http.ResponseWriter, why string) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Retry-After", retryClosed)
	writePage(w, http.StatusServiceUnavailable, "The museum is closed for the moment", why+" What was drawn and written is safe.")
}
