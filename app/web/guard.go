package web

import (
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
)

// handler answers a request. The user is nil unless somebody is signed in; behind the guards member and superuser it
// never is.
type handler func(w http.ResponseWriter, r *http.Request, user *app.User) error

// guarded is a resource together with its access rule. Only the functions below make one, so a route cannot forget
// it.
type guarded struct {
	resource
	access access
	task   string // the task's path, for task
}

// access says who may use a resource.
type access int

const (
	nobody access = iota // the zero value: closed
	anybody
	members
	superusers
	anonymous // like anybody, but skips the session lookup
	signed    // whoever has a signed address, see task
)

// page opens a page or file to everyone. It needs no database.
func page(get handler) guarded { return guarded{resource: resource{get: get}, access: anonymous} }

// public opens an API resource to everyone.
func public(r resource) guarded { return guarded{resource: r, access: anybody} }

// member opens an API resource to signed-in users.
func member(r resource) guarded { return guarded{resource: r, access: members} }

// superuser opens an API resource to superusers.
func superuser(r resource) guarded { return guarded{resource: r, access: superusers} }

// task opens a scheduled task to whoever has its signed address.
func task(path string, do handler) guarded {
	return guarded{resource: resource{post: do}, access: signed, task: path}
}

// admit returns an error if a user may not use the resource.
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

// serve returns the handler of a guarded resource. The order of its checks is part of the contract: format, session,
// token, method.
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
	if user != nil || g.access == anybody { // elsewhere anonymous clients first learn that they are not signed in
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
		writePage(w, http.StatusMethodNotAllowed, "Method Not Allowed", "This page can only be read.")
		return
	}
	if err := handle(w, r, nil); err != nil {
		s.writeError(w, r, err)
	}
}
