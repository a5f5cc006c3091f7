// Package web serves HTTP: the API, including the one that older clients use, the museum's page, and its files.
package web

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/gorilla/mux"
	"github.com/gorilla/securecookie"
	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// Options configure a Server. Store, Mail and Assets are required.
type Options struct {
	Store          *store.Store
	Mail           mail.Sender
	NoMailServer   bool  // Mail prints codes for the operator, or discards them
	Assets         fs.FS // html/, vendor/, img/, and js/ and css/ or bundle/
	Dev            bool  // Assets may change while the server runs
	PublicURL      *url.URL
	BasePath       string // path of the museum on its host, such as /museum; "" is the root; see WithBasePath
	TrustedProxies []netip.Prefix
	CORSOrigins    []string
	AnyHost        bool // accept any Host header, since another server has checked it
	Polling        bool // offer no event streams: devices poll
	Limits         app.SignInLimits
	Log            *slog.Logger
	Exposed        bool                           // the data folder is where a web server publishes files
	OwnAuthority   bool                           // https uses a certificate authority of our own
	Replica        func() (replica.Status, error) // status of the replica; nil if there is none
	AccessLog      AccessLog
	MetricsToken   string // protects /metrics; "" closes it
	Version        string // of the program, for /metrics
	// Backup makes a backup for a request to the signed address, and notifies the superusers if that fails. existing
	// is the time of a recent backup that made a new one unnecessary. nil: there is no such address.
	Backup func(context.Context) (existing time.Time, err error)
	// BackupNonce returns a part of what signs that address: changing it revokes the address. nil: there is none.
	BackupNonce func() (string, error)
}

// Server is the museum as an http.Handler.
type Server struct {
	Options
	router      *mux.Router
	cookies     *securecookie.SecureCookie
	crossOrigin *http.CrossOriginProtection
	hosts       hostNames
	static      *static
	events      *events
	bodies      *bodyLimits
	metrics     *metrics // nil if /metrics is closed
	heartbeat   time.Duration
	watchEvery  time.Duration
	handler     http.Handler
}

// New returns a server.
func New(options Options) (*Server, error) {
	if options.Log == nil {
		options.Log = slog.Default()
	}
	secret := options.Store.Secret()
	s := &Server{
		Options:     options,
		cookies:     securecookie.New(secret.Key("cookie signature", 32), secret.Key("cookie encryption", 32)),
		crossOrigin: http.NewCrossOriginProtection(),
		hosts:       newHostNames(options.PublicURL),
		static:      newStatic(options.Assets, options.Dev),
		events:      newEvents(),
		bodies:      newBodyLimits(),
		heartbeat:   heartbeat,
		watchEvery:  watchEvery,
	}
	options.Store.OnChange(s.events.publish)
	s.cookies.MaxAge(0) // the table of sessions decides how long
	for _, origin := range options.CORSOrigins {
		if err := s.crossOrigin.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("the origin %q for CORS: %w", origin, err)
		}
	}
	if s.MetricsToken != "" {
		s.metrics = s.newMetrics()
	}
	s.router = s.newRouter()
	// The outermost comes first.
	s.handler = s.observing(s.recovering(s.securing(s.checkingHost(s.allowingOrigins(s.underBasePath(s.spelling(s.router)))))))
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the event streams and opens no more: a server that shuts down when all requests are done would wait for
// them. It may be called twice.
func (s *Server) Close() { s.events.close() }

// recovering answers 500 if a handler panics, and keeps the server running.
func (s *Server) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == http.ErrAbortHandler {
				panic(fault) // net/http's way to cut a connection
			}
			if fault != nil {
				s.writeError(w, r, fmt.Errorf("panic: %v\n%s", fault, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
