package cmd

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cgi"
	"net/http/fcgi"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/spf13/cobra"
)

// gateway is the protocol by which a web server started the program, if one did.
type gateway int

const (
	noGateway gateway = iota
	cgiGateway
	fastCGIGateway
)

// detectGateway returns how the program was started. Arguments prove nothing: web servers pass words of the query as
// arguments, as in /?serve+--addr.
func detectGateway() gateway {
	switch {
	case os.Getenv("GATEWAY_INTERFACE") != "" && os.Getenv("REQUEST_METHOD") != "":
		return cgiGateway
	case isListening(os.Stdin):
		return fastCGIGateway
	}
	return noGateway
}

// serveGateway answers one request under CGI, or requests until it is stopped under FastCGI. It returns the exit
// code.
func serveGateway(program Program, kind gateway) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := &gatewayServer{program: program, kind: kind, started: findExecutable(), stop: stop}
	var err error
	if kind == cgiGateway {
		err = cgi.Serve(server)
	} else {
		err = server.serveFastCGI(ctx)
	}
	// Closing the database removes its write-ahead log, which the next process would have to read.
	if err = errors.Join(err, server.close()); err != nil {
		fmt.Fprintln(os.Stderr, "mathmuseums: "+err.Error())
		return exitFailed
	}
	return exitDone
}

// serveFastCGI serves until ctx ends, and then waits for running requests.
func (h *gatewayServer) serveFastCGI(ctx context.Context) error {
	failed := make(chan error, 1)
	go func() { failed <- fcgi.Serve(nil, h) }()
	select {
	case err := <-failed:
		return fmt.Errorf("the web server ended the connection: %w", err)
	case <-ctx.Done():
	}
	finished := make(chan struct{})
	go func() {
		h.underWay.Lock()
		close(finished)
	}()
	select {
	case <-finished:
		return nil
	case <-time.After(stopTimeout):
		return fmt.Errorf("some requests took longer than %s and were cut off", stopTimeout)
	}
}

// drainLimit bounds how much of an unread body is discarded, in bytes. It is the largest body of any request.
const drainLimit = 32 << 20

// gatewayServer is the museum behind a web server. It opens the museum with the first request, so that errors can be
// shown as a page: an operator without a shell sees nothing else.
type gatewayServer struct {
	program  Program
	kind     gateway
	started  executable
	stop     func()       // ends the process after its running requests
	underWay sync.RWMutex // each request holds a read lock

	mu          sync.Mutex
	museum      *openMuseum
	hasBasePath bool // it is configured rather than taken from the web server
	dataDir     string
}

// openMuseum is a museum that is ready to serve.
type openMuseum struct {
	http.Handler
	server *web.Server
	store  *store.Store
}

func (h *gatewayServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.underWay.RLock()
	defer h.underWay.RUnlock()
	defer h.stopIfReplaced(r)
	r.RequestURI = r.URL.RequestURI()
	body := r.Body
	defer io.CopyN(io.Discard, body, drainLimit) // Apache drops the response if the body was not read
	web.SetSafeHeaders(w.Header())
	if h.kind == cgiGateway && hasUnknownLength(r) {
		web.WriteLengthRequired(w)
		return
	}
	handler, err := h.handler(r)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mathmuseums: "+err.Error())
		h.saveClosedReason(err)
		web.WriteClosed(w, closedText(err))
		return
	}
	if script := h.scriptName(r); script != "" && !h.hasBasePath {
		r = web.WithBasePath(r, scriptBase(r.URL.Path, script))
	}
	handler.ServeHTTP(w, r)
}

// hasUnknownLength reports whether a request has a body of unknown length, such as a chunked one. CGI programs read
// CONTENT_LENGTH bytes, so they cannot read such a body.
func hasUnknownLength(r *http.Request) bool {
	if os.Getenv("CONTENT_LENGTH") != "" || r.Method == http.MethodGet || r.Method == http.MethodHead {
		return false
	}
	return os.Getenv("HTTP_TRANSFER_ENCODING") != "" || os.Getenv("CONTENT_TYPE") != ""
}

// executable identifies the file of the running program as it was at the start.
type executable struct {
	path string
	info os.FileInfo
}

func findExecutable() (e executable) {
	var err error
	if e.path, err = os.Executable(); err == nil {
		e.info, _ = os.Stat(e.path)
	}
	return e
}

// settleTime is how long a new program file must be unchanged before it is used, because an upload takes time.
const settleTime = 2 * time.Second

// isReplaced reports whether another program, apparently complete, has replaced this one.
func (e executable) isReplaced() bool {
	if e.info == nil {
		return false
	}
	now, err := os.Stat(e.path)
	if err != nil || os.SameFile(now, e.info) && now.Size() == e.info.Size() && now.ModTime().Equal(e.info.ModTime()) {
		return false
	}
	return now.Size() > 0 && now.Mode()&0o111 != 0 && time.Since(now.ModTime()) > settleTime
}

// stopIfReplaced ends a process of mod_fcgid after a request if the program was replaced: Apache reuses such
// processes for as long as requests arrive, and starts the new program by itself. Other servers may not start it
// again.
func (h *gatewayServer) stopIfReplaced(r *http.Request) {
	if h.kind == fastCGIGateway && fcgidScript(fcgi.ProcessEnv(r)) != "" && h.started.isReplaced() {
		h.stop()
	}
}

// handler returns the museum's handler, or that of the page that sets it up or migrates it.
func (h *gatewayServer) handler(r *http.Request) (http.Handler, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.museum != nil {
		return h.museum, nil
	}
	c, err := loadConfig(&cobra.Command{}) // a command without flags
	h.dataDir = c.DataDir
	if err != nil && isBackupRequest(r, c) && backup.LimitRequests(c.databasePath(), time.Now()) == nil {
		err = errors.Join(err, mailSettingsFailure(r.Context(), h.program, c, err))
	}
	if err != nil {
		return nil, err
	}
	switch {
	case !c.hasDatabase() && isBackupRequest(r, c):
		return nil, failBackupByURL(r.Context(), c, noMuseumError(c))
	case !c.hasDatabase():
		return newSetupPage(h.program, c, r)
	}
	if h.kind == cgiGateway {
		c.epochFiles = filepath.Join(os.TempDir(),
			fmt.Sprintf("mathmuseums-%d-%x", os.Getuid(), sha256.Sum256([]byte(c.DataDir)))[:40])
	}
	museum, err := openCurrentStore(r.Context(), h.program, c)
	switch {
	case err != nil && isBackupRequest(r, c):
		err = failBackupByURL(r.Context(), c, fmt.Errorf("no backup was made: %w", err))
	case errors.Is(err, errOutdated):
		return newUpdatePage(h.program, c, r)
	}
	if err != nil {
		return nil, err
	}
	exposed := findExposure(r, c)
	c.saveExposure(exposed)
	_ = os.Remove(filepath.Join(c.DataDir, closedFile))
	handler, err := newHandler(mail.Options{Console: os.Stderr, IsLog: true}, c, museum, newLog(os.Stderr),
		func(options *web.Options) {
			setGatewayOptions(options)
			options.Version, options.Exposed = h.program.Version, exposed.root != ""
			if c.Replica != "" { // written by "replicate --once" from cron
				options.Replica = (&replicaWatch{database: c.databasePath()}).status
			}
		})
	if err != nil {
		return nil, errors.Join(err, museum.Close())
	}
	h.museum = &openMuseum{web.AfterSetup(handler), handler, museum}
	h.hasBasePath = c.BasePath != ""
	return h.museum, nil
}

// scriptName returns the program's path in URLs according to the web server, or "" if unknown.
func (h *gatewayServer) scriptName(r *http.Request) string {
	if h.kind == cgiGateway {
		return os.Getenv("SCRIPT_NAME")
	}
	return fcgidScript(fcgi.ProcessEnv(r))
}

// fcgidScript returns the URL path of the script with which Apache's mod_fcgid started the program, or "". Under
// FastCGI other servers pass the requested path instead of a script. Go does not pass SCRIPT_NAME on, but the path
// can be derived from the script's file.
func fcgidScript(environment map[string]string) string {
	file, root, prefix := environment["SCRIPT_FILENAME"], environment["CONTEXT_DOCUMENT_ROOT"], environment["CONTEXT_PREFIX"]
	if root == "" {
		root = environment["DOCUMENT_ROOT"]
	}
	below, ok := strings.CutPrefix(file, strings.TrimRight(root, "/")+"/")
	if !ok || root == "" || path.Ext(file) != ".fcgi" {
		return ""
	}
	return strings.TrimRight(prefix, "/") + "/" + below
}

// scriptBase returns the museum's base path: the program's own URL path if the request used that, else its folder, to
// which rewrite rules send all requests.
func scriptBase(asked, script string) string {
	if asked == script || strings.HasPrefix(asked, script+"/") {
		return script
	}
	return strings.TrimRight(path.Dir(script), "/")
}

// setGatewayOptions sets the options for a museum behind a web server. The web server decides which host names are
// valid; a stream of events would occupy a whole process; metrics would be those of one process among many.
func setGatewayOptions(options *web.Options) {
	options.AnyHost, options.Polling, options.MetricsToken = true, true, ""
}

// closedFile is the file in the data folder with the reason why the last visitor found the museum closed, for
// operators who can neither read the web server's error log nor run doctor.
const closedFile = "why-closed.txt"

// saveClosedReason writes the reason to closedFile if it can. It writes nothing to a data folder that the web server
// publishes.
func (h *gatewayServer) saveClosedReason(err error) {
	if info, statErr := os.Stat(h.dataDir); h.dataDir == "" || statErr != nil || !info.IsDir() || errors.Is(err, errExposed) {
		return
	}
	text := fmt.Sprintf("%s: %v\n", formatTime(time.Now()), err)
	_ = os.WriteFile(filepath.Join(h.dataDir, closedFile), []byte(text), 0o600)
}

// closedText returns the explanation for visitors. It contains no details such as paths, which belong in the log
// only.
func closedText(err error) string {
	if errors.Is(err, errOutdated) {
		return "The program was updated, and its database must be migrated first. The operator does that with " +
			"the command: mathmuseums migrate."
	}
	if errors.Is(err, errExposed) {
		return "It is not set up yet, and its data folder is among the files that the web server publishes, so " +
			"anyone could read the database. " +
			"The operator must choose another folder with " + dataDirSetting.name + "; the error log of the web " +
			"server names this one."
	}
	var mistakes *configError
	if errors.As(err, &mistakes) {
		return "Its settings have a mistake. The operator finds it in the " +
			"file " + closedFile + " in the data folder and in the error log of the web server."
	}
	return "Its database cannot be opened. The operator finds the reason in the " +
		"file " + closedFile + " in the data folder and in the error log of the web server."
}

func (h *gatewayServer) close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.museum == nil {
		return nil
	}
	h.museum.server.Close()
	return h.museum.store.Close()
}
