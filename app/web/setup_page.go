package web

import (
	"context"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// SetupOptions configure a set-up page.
type SetupOptions struct {
	Assets    fs.FS
	Token     string // proves that the visitor owns the site
	TokenFile string // path of the file that holds it
	// Create creates the museum with its first superuser. It is not called again after it succeeded.
	Create func(ctx context.Context, superuser app.Address, password string) error
}

// Setup is the page that creates a museum on a host without a shell. It answers in place of the museum.
type Setup struct {
	SetupOptions
	static *static
	page   *template.Template
}

// setupPage is the data of the page's template.
type setupPage struct {
	Static, TokenFile string
	Token, Email      string // as typed
	Problems          []string
}

// setupQuery is the query of the form's address.
const setupQuery = "setup"

// NewSetup returns the page.
func NewSetup(options SetupOptions) (*Setup, error) {
	page, err := template.ParseFS(options.Assets, "html/setup.html")
	return &Setup{options, newStatic(options.Assets, false), page}, err
}

// ServeHTTP answers with the page and its files. Other requests are told that the museum does not exist yet.
func (s *Setup) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case beginStandalonePage(w, r, s.static):
	case !isFirstPage(r):
		WriteClosed(w, "It was not set up yet. Whoever runs it does that on its first page.")
	case r.Method == http.MethodPost:
		s.create(w, r)
	default:
		s.show(w, http.StatusOK, setupPage{})
	}
}

// create creates the museum from the form, or shows the form again with its problems.
func (s *Setup) create(w http.ResponseWriter, r *http.Request) {
	token, status, wrong := readForm(w, r, s.Token)
	typed := setupPage{Token: token, Email: r.PostForm.Get("email")}
	if wrong != "" {
		typed.Problems = []string{wrong}
		s.show(w, status, typed)
		return
	}
	password := r.PostForm.Get("password")
	address, err := app.ParseAddress(typed.Email)
	if err != nil {
		typed.Problems = append(typed.Problems, err.Error())
	}
	if len(password) > maxPassword {
		typed.Problems = append(typed.Problems, "This password is too long.")
	} else {
		typed.Problems = append(typed.Problems, app.CheckPassword(password, address)...)
	}
	if len(typed.Problems) > 0 {
		s.show(w, http.StatusBadRequest, typed)
		return
	}
	if err := s.Create(r.Context(), address, password); err != nil {
		typed.Problems = []string{err.Error()} // whoever has the token may know what is wrong with the folder
		s.show(w, http.StatusInternalServerError, typed)
		return
	}
	redirectHome(w, r)
}

// AfterSetup redirects the form of the set-up or update page to the museum if that is open already, as after a second
// click, and passes everything else to next.
func AfterSetup(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.RawQuery == setupQuery {
			redirectHome(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownPath makes an escaped path safe as the target of a redirect: two leading slashes would lead to another host.
func ownPath(path string) string { return "/" + strings.TrimLeft(path, "/") }

// redirectHome redirects from the form to its page.
func redirectHome(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", ownPath(r.URL.EscapedPath()))
	w.WriteHeader(http.StatusSeeOther)
}

func (s *Setup) show(w http.ResponseWriter, status int, page setupPage) {
	page.Static, page.TokenFile = s.static.prefix(), s.TokenFile
	writeTemplate(w, status, s.page, page)
}
