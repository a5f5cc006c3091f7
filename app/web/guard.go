package web

import (
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
)

// handler answers a request. The user is who is signed in, nil if nobody is; where the guard is member or superuser there
// is always one.
type handler func(w http.ResponseWriter, r *http.Request, user *app.User) error

// guarded is a resource with the word who may come in. Only the functions below make one, so a route cannot forget.
type guarded struct {
	resource
	access access
	task   string // its path, where it is one
}

// access is who may come in.
type access int

const (
	nobody access = iota // the zero value: closed
	anybody
	members
	superusers
	anonymous // as anybody, and who is signed in is not even asked
	signed    // who has an address with a signature in it, see task
)

// page opens a page or file to all. It needs no database.
func page(get handler) guarded { return guarded{resource: resource{get: get}, access: anonymous} }

// public opens a resource of the API to all.
func public(r resource) guarded { return guarded{resource: r, access: anybody} }

// member opens a resource of the API to who is signed in.
func member(r resource) guarded { return guarded{resource: r, access: members} }

// superuser opens a resource of the API to superusers.
func superuser(r resource) guarded { return guarded{resource: r, access: superusers} }

// task opens something that is done by the clock to who has its signed address.
func task(path string, do handler) guarded {
	return guarded{resource: resource{post: do}, access: signed, task: path}
}

// admit tells why a user may not come in.
func (g guarded) admit(user *app.User) error {
	switch {
	case g.access == anybody, g.access == anonymous:
		return nil
	case g.access == nobody || user == nil:
		return app.Errorf(app.KindAnonymous, "Authentication credentials were not provided.")
	case g.access == superusers && !user.IsSuperuser:
		return app.Errorf(app.KindForbidden, "You do not have permission to perform this action.")
	}
	return nil
}

// serve makes a guarded resource answer. The order of what is checked is the contract's: format, session, token, method.
func (s *Server) serve(g guarded) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.access == signed {
			s.serveTask(w, r, g)
			return
		}
		w.Header().Set("Allow", g.allow())
		if g.access == anonymous {
			s.servePage(w, r, g)
			return
		}
		addVary(w.Header(), "Accept", "Origin")
		w.Header().Set("Cache-Control", "no-store")
		if err := s.serveAPI(w, r, g); err != nil {
			s.writeError(w, r, err)
		}
	})
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, g guarded) error {
	if err := g.negotiate(r); err != nil {
		return err
	}
	addVary(w.Header(), "Cookie")
	user, token, err := s.authenticate(w, r)
	if err != nil {
		return err
	}
	if g.limit == 0 {
		g.limit = jsonLimit
	}
	defer s.bodies.limit(w, r, g.resource, user)()
	if user != nil || g.access == anybody { // anonymous elsewhere hears first that it is
		if err := s.checkOrigin(r, token); err != nil {
			return err
		}
	}
	if err := g.admit(user); err != nil {
		return err
	}
	handle := g.handler(r.Method)
	if handle == nil {
		return errMethod(r.Method)
	}
	return handle(w, r, user)
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request, g guarded) {
	handle := g.handler(r.Method)
	if handle == nil || r.Method == http.MethodOptions {
		writePage(w, http.StatusMethodNotAllowed, "Method Not Allowed", "This address can be read, and nothing else.")
		return
	}
	if err := handle(w, r, nil); err != nil {
		s.writeError(w, r, err)
	}
}
