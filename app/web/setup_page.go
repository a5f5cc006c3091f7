package web

import (
	"context"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// SetupOptions say what a set-up page works with.
type SetupOptions struct {
	Assets    fs.FS
	Token     string // the word that shows that the site is one's own
	TokenFile string // where it is found
	// Create makes the museum with its first superuser. It is not called again once it has worked.
	Create func(ctx context.Context, superuser app.Address, password string) error
}

// Setup is the page on which a museum is made where there is no shell. It answers in place of the museum.
type Setup struct {
	SetupOptions
	static *static
	page   *template.Template
}

// setupPage is what the page shows.
type setupPage struct {
	Static, TokenFile string
	Token, Email      string // as they were typed
	Problems          []string
}

// setupQuery is what the address of the form has behind that of its page.
const setupQuery = "setup"

// NewSetup makes the page.
func NewSetup(options SetupOptions) (*Setup, error) {
	page, err := template.ParseFS(options.Assets, "html/setup.html")
	return &Setup{options, newStatic(options.Assets, false), page}, err
}

// ServeHTTP answers with the page, and with the files that it needs. Whoever asks for something else hears that there is
// nothing yet.
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

// create makes the museum of the form, or shows the form again with what is wrong in it.
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
		typed.Problems = []string{err.Error()} // who knows the word may know what is wrong with the folder
		s.show(w, http.StatusInternalServerError, typed)
		return
	}
	redirectHome(w, r)
}

// AfterSetup leads the form of the set-up page, or that of UpdatePage, to the museum where that is open already, such as after a second press of the
// button, and leaves all else to next.
func AfterSetup(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.RawQuery == setupQuery {
			redirectHome(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownPath makes an escaped path safe as the target of a redirect: one that begins with two slashes leads to another host.
func ownPath(path string) string { return "/" + strings.TrimLeft(path, "/") }

// redirectHome leads from the form to the page that it was on.
func redirectHome(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", ownPath(r.URL.EscapedPath()))
	w.WriteHeader(http.StatusSeeOther)
}

func (s *Setup) show(w http.ResponseWriter, status int, page setupPage) {
	page.Static, page.TokenFile = s.static.prefix(), s.TokenFile
	writeTemplate(w, status, s.page, page)
}
