package web

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
)

// plainPage is a page for errors that needs no other file.
var plainPage = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{{.Title}}</title></head>
<body><h1>{{.Title}}</h1><p>{{.Text}}</p></body>
</html>
`))

// writePage answers with a page of one sentence.
func writePage(w http.ResponseWriter, status int, title, text string) {
	var page bytes.Buffer
	if err := plainPage.Execute(&page, struct{ Title, Text string }{title, text}); err != nil {
		panic(err) // the template fits any two strings
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(page.Len()))
	w.WriteHeader(status)
	_, _ = page.WriteTo(w)
}

// notFound answers for an address that does not exist.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	writePage(w, http.StatusNotFound, "Not Found", "There is nothing at this address. The museum is at the beginning of it.")
}
