package web

import (
	"context"
	"html/template"
	"io/fs"
	"net/http"
)

// UpdatePageOptions say what a page of renewal works with.
type UpdatePageOptions struct {
	Assets    fs.FS
	Token     string                      // the word that shows that the site is one's own
	TokenFile string                      // name of the file with it, in the data folder
	Migrate   func(context.Context) error // does it
}

// UpdatePage is the page on which a database of an older version is brought up to date where there is no shell to do it in. It answers
// in place of the museum.
type UpdatePage struct {
	UpdatePageOptions
	static *static
	page   *template.Template
}

// updatePageData is what the page shows.
type updatePageData struct {
	Static, TokenFile, Token, Problem string
}

// renewalWords say why the museum is closed.
const renewalWords = "The program was renewed, and its database has to be brought up to date first. Whoever runs the museum does that on its first page, or " +
	"with the command: mathmuseums migrate."

// NewUpdatePage makes the page.
func NewUpdatePage(options UpdatePageOptions) (*UpdatePage, error) {
	page, err := template.ParseFS(options.Assets, "html/renewal.html")
	return &UpdatePage{options, newStatic(options.Assets, false), page}, err
}

// ServeHTTP answers with the page, and with the files that it needs. To whoever asks for something else the museum is closed.
func (n *UpdatePage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case beginStandalonePage(w, r, n.static):
	case !isFirstPage(r):
		WriteClosed(w, renewalWords)
	case r.Method == http.MethodPost:
		n.migrate(w, r)
	default:
		w.Header().Set("Retry-After", retryClosed)
		n.show(w, http.StatusServiceUnavailable, "", "")
	}
}

// migrate does what the form asks for, or shows it again with what is wrong.
func (n *UpdatePage) migrate(w http.ResponseWriter, r *http.Request) {
	typed, status, wrong := readForm(w, r, n.Token)
	if wrong != "" {
		n.show(w, status, typed, wrong)
		return
	}
	if err := n.Migrate(r.Context()); err != nil {
		n.show(w, http.StatusInternalServerError, typed, err.Error()) // who knows the word may know what is wrong with the folder
		return
	}
	redirectHome(w, r)
}

func (n *UpdatePage) show(w http.ResponseWriter, status int, typed, problem string) {
	writeTemplate(w, status, n.page, updatePageData{n.static.prefix(), n.TokenFile, typed, problem})
}
