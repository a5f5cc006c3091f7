// Package web answers HTTP: the API that older clients know as well, the museum's page, and the files it is made of.
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

// Options say what a Server works with. Store, Mail and Assets are needed.
type Options struct {
	Store          *store.Store
	Mail           mail.Sender
	NoMailServer   bool  // Mail shows codes to whoever runs the museum, or to nobody
	Assets         fs.FS // html/, vendor/, img/, and js/ and css/ or bundle/
	Dev            bool  // Assets may change while the server runs
	PublicURL      *url.URL
	BasePath       string // where the museum lies on its host, such as /museum; "" is the root; see WithBasePath
	TrustedProxies []netip.Prefix
	CORSOrigins    []string
	AnyHost        bool // who asks is let in under any name, since another server has looked at it
	Polling        bool // no streams of events are opened: devices ask from time to time
	Limits         app.SignInLimits
	Log            *slog.Logger
	Exposed        bool                           // the data folder lies among files that a web server hands out
	OwnAuthority   bool                           // https is vouched for by an authority of our own
	Replica        func() (replica.Status, error) // how the replica fares; nil where there is none
	AccessLog      AccessLog
	MetricsToken   string // opens /metrics; "" keeps it closed
	Version        string // of the program, for /metrics
	// Backup makes a backup for who asks by the signed address, and tells those who run the museum where that fails. Where
	// there is one already that is as good, it gives the moment of that. nil: nobody can ask for one.
	Backup func(context.Context) (existing time.Time, err error)
	// BackupWord is part of what signs that address: another one revokes it. nil: there is none.
	BackupWord func() (string, error)
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
	metrics     *metrics // nil where nobody may see them
	heartbeat   time.Duration
	watchEvery  time.Duration
	handler     http.Handler
}

// New makes a server.
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
	s.cookies.MaxAge(0) // the table of sessions says how long
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

// Close ends the streams of events, and opens no more: a server that is to stop once all requests are done would wait for
// them. It is safe to call it twice.
func (s *Server) Close() { s.events.close() }

// recovering answers 500 where a handler panics, and keeps the server up.
func (s *Server) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == http.ErrAbortHandler {
				panic(fault) // the way of net/http to cut a connection
			}
			if fault != nil {
				s.writeError(w, r, fmt.Errorf("panic: %v\n%s", fault, debug.Stack()))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
