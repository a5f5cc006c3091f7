package web

import (
	"context"
	"html/template"
	"io/fs"
	"net/http"
)

// UpdatePageOptions configure an update page.
type UpdatePageOptions struct {
	Assets    fs.FS
	Token     string                      // proves that the visitor owns the site
	TokenFile string                      // name of the file that holds it, in the data folder
	Migrate   func(context.Context) error // migrates the database
}

// UpdatePage is the page that migrates an older database on a host without a shell. It answers in place of the
// museum.
type UpdatePage struct {
	UpdatePageOptions
	static *static
	page   *template.Template
}

// updatePageData is the data of the page's template.
type updatePageData struct {
	Static, TokenFile, Token, Problem string
}

// updateNotice says why the museum is closed.
const updateNotice = "The program was updated, and its database has to be updated first. Whoever runs the museum can do that " +
	"on its first page, or with the command: mathmuseums migrate."

// NewUpdatePage returns the page.
func NewUpdatePage(options UpdatePageOptions) (*UpdatePage, error) {
	page, err := template.ParseFS(options.Assets, "html/update.html")
	return &UpdatePage{options, newStatic(options.Assets, false), page}, err
}

// ServeHTTP answers with the page and its files. For other requests the museum is closed.
func (n *UpdatePage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case beginStandalonePage(w, r, n.static):
	case !isFirstPage(r):
		WriteClosed(w, updateNotice)
	case r.Method == http.MethodPost:
		n.migrate(w, r)
	default:
		w.Header().Set("Retry-After", retryClosed)
		n.show(w, http.StatusServiceUnavailable, "", "")
	}
}

// migrate migrates the database if the form is right, or shows the form again with its problem.
func (n *UpdatePage) migrate(w http.ResponseWriter, r *http.Request) {
	typed, status, wrong := readForm(w, r, n.Token)
	if wrong != "" {
		n.show(w, status, typed, wrong)
		return
	}
	if err := n.Migrate(r.Context()); err != nil {
		n.show(w, http.StatusInternalServerError, typed, err.Error()) // whoever has the token may know what is wrong with the folder
		return
	}
	redirectHome(w, r)
}

func (n *UpdatePage) show(w http.ResponseWriter, status int, typed, problem string) {
	writeTemplate(w, status, n.page, updatePageData{n.static.prefix(), n.TokenFile, typed, problem})
}
