package web

import (
	"net/http"

	"github.com/gorilla/mux"
	"github.com/mathmuseums/mathmuseums/app"
)

// route is one line of the table of contents. Its guard says who may use it; there is no default.
type route struct {
	path    string
	guarded guarded
}

// routes returns all addresses of the museum.
func (s *Server) routes() []route {
	return []route{
		{"/", page(s.getIndex)},
		{"/sw.js", page(s.getWorker)},
		{"/static/{path:.+}", page(s.getStatic)},
		{"/healthz", page(s.getHealth)},
		{"/metrics", page(s.getMetrics)},

		{backupPath, task(backupPath, s.makeBackup)},

		{"/auth/request-otp/", public(resource{about: aboutRequestCode, limit: signInLimit, post: s.requestCode})},
		{"/auth/verify-otp/", public(resource{about: aboutVerifyCode, limit: signInLimit, post: s.verifyCode})},
		{"/auth/password/", public(resource{about: aboutPassword, limit: signInLimit, post: s.signInWithPassword})},
		{"/auth/logout/", member(resource{about: aboutLogout, post: s.logout})},
		{"/auth/profile/", member(resource{about: aboutProfile, get: s.getProfile})},

		{"/api/", member(resource{about: aboutRoot, get: s.getRoot})},
		{"/api/tiles/", member(resource{about: aboutTiles, limit: tilesLimit, photos: true, get: s.listTiles, post: s.createTile})},
		{"/api/tiles/sync/", member(resource{about: aboutSync, limit: tilesLimit, photos: true, post: s.syncTiles})},
		{"/api/tiles/{id:[^/]+}/", member(resource{about: aboutTile, limit: tilesLimit, photos: true,
			get: s.getTile, put: s.replaceTile, patch: s.updateTile, delete: s.deleteTile})},
		{"/api/tiles/{id:[^/]+}/versions/", member(resource{about: aboutVersions, get: s.listVersions})},
		{"/api/tiles/{id:[^/]+}/versions/{version:[0-9]+}/", member(resource{about: aboutVersions, get: s.getVersion})},
		{"/api/tiles/{id:[^/]+}/versions/{version:[0-9]+}/restore/", member(resource{about: aboutVersions, post: s.restoreVersion})},
		{"/api/sync/", member(resource{about: aboutDeviceSync, limit: tilesLimit, photos: true, post: s.sync})},
		{"/api/preferences/", member(resource{about: aboutPreferences, get: s.listPreferences, post: s.createPreference})},
		{"/api/preferences/current/", member(resource{about: aboutCurrent, get: s.getCurrentPreference})},
		{"/api/preferences/{id:[^/]+}/", member(resource{about: aboutPreference,
			get: s.getPreference, put: s.updatePreference, patch: s.updatePreference, delete: s.deletePreference})},

		{"/api/images/", member(resource{about: aboutImages, limit: app.MaxImageSize, post: s.createImage})},
		{"/api/images/missing/", member(resource{about: aboutImagesMissing, post: s.findMissingImages})},
		{"/api/images/{sha256}", member(resource{about: aboutImage, kinds: imageKinds, get: s.getImage})},
		{"/api/images/{sha256}/parts/", member(resource{about: aboutImageParts, get: s.getImageUpload})},
		{"/api/images/{sha256}/parts/{position}", member(resource{about: aboutImageParts, limit: app.ImagePartSize, put: s.putImagePart})},

		{"/api/museum/", member(resource{about: aboutMuseum, kinds: []string{zipType}, get: s.downloadMuseum})},
		{"/api/account/delete-code/", member(resource{about: aboutDeletionCode, post: s.requestDeletionCode})},
		{"/api/account/sessions/", member(resource{about: aboutOwnSessions, get: s.listOwnSessions, delete: s.endOtherSessions})},
		{"/api/account/sessions/{id:[^/]+}/", member(resource{about: aboutOwnSession, delete: s.endOwnSession})},
		{"/api/account/delete/", member(resource{about: aboutDeletion, limit: signInLimit, post: s.deleteAccount})},
		{"/api/events/", member(resource{about: aboutEvents, kinds: []string{eventStream}, get: s.getEvents})},

		{"/api/tasks/", superuser(resource{about: aboutTasks, get: s.getTasks})},
		{"/api/users/{email}/sessions/", superuser(resource{about: aboutSessions, delete: s.deleteSessions})},
	}
}

// newRouter returns a router of the routes. A path without its trailing slash is redirected.
func (s *Server) newRouter() *mux.Router {
	router := mux.NewRouter().SkipClean(true) // a double slash is a different path, as in the earlier app
	for _, route := range s.routes() {
		router.Handle(route.path, naming(route.path, s.serve(route.guarded)))
		if slashless := route.path[:len(route.path)-1]; route.path[len(slashless):] == "/" && slashless != "" {
			router.Handle(slashless, naming(slashless, http.HandlerFunc(s.addSlash)))
		}
	}
	router.NotFoundHandler = http.HandlerFunc(s.notFound)
	return router
}
