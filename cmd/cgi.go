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

// gateway is the way in which a web server has started the program, if one has.
type gateway int

const (
	noGateway gateway = iota
	cgiGateway
	fastCGIGateway
)

// detectGateway tells who has started the program. The arguments say nothing of it: a web server passes words of the
// address on as arguments, as of /?serve+--addr.
func detectGateway() gateway {
	switch {
	case os.Getenv("GATEWAY_INTERFACE") != "" && os.Getenv("REQUEST_METHOD") != "":
		return cgiGateway
	case isListening(os.Stdin):
		return fastCGIGateway
	}
	return noGateway
}

// serveGateway answers what a web server passes on: one request under CGI, and under FastCGI all until it is told to stop.
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
	// Only a database that is closed leaves no log behind for the next process to read.
	if err = errors.Join(err, server.close()); err != nil {
		fmt.Fprintln(os.Stderr, "mathmuseums: "+err.Error())
		return exitFailed
	}
	return exitDone
}

// serveFastCGI answers until ctx ends, and then finishes what is under way.
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
		return fmt.Errorf("some requests were not done within %s and were cut off", stopTimeout)
	}
}

// drainLimit is how much is read of a body that nobody wants, in bytes: the most that any request may hold.
const drainLimit = 32 << 20

// gatewayServer is the museum behind a web server. It opens with the first request, so that what is wrong is told in a page
// too: who has no shell sees nothing else.
type gatewayServer struct {
	program  Program
	kind     gateway
	started  executable
	stop     func()       // ends the process, requests under way first
	underWay sync.RWMutex // held for reading by each request

	mu          sync.Mutex
	museum      *openMuseum
	hasBasePath bool // it is set, and not asked of the web server
	dataDir     string
}

// openMuseum is a museum that answers.
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
	defer io.CopyN(io.Discard, body, drainLimit) // Apache drops the answer of who has not read all
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

// hasUnknownLength reports whether a request has a body whose length the web server does not say, as one that comes in chunks. By
// the rules of CGI a program reads as much as CONTENT_LENGTH says, and so nothing.
func hasUnknownLength(r *http.Request) bool {
	if os.Getenv("CONTENT_LENGTH") != "" || r.Method == http.MethodGet || r.Method == http.MethodHead {
		return false
	}
	return os.Getenv("HTTP_TRANSFER_ENCODING") != "" || os.Getenv("CONTENT_TYPE") != ""
}

// executable is the file of a running program as it was when that started.
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

// settleTime is how long a new program must lie unchanged before it counts: an upload may take its time.
const settleTime = 2 * time.Second

// isReplaced reports whether another program lies in the place of this one, whole as far as can be told.
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

// stopIfReplaced ends a process of mod_fcgid after a request once its program was replaced: Apache keeps such processes for as
// long as they are asked, and starts the new program by itself. Elsewhere nobody may start it again.
func (h *gatewayServer) stopIfReplaced(r *http.Request) {
	if h.kind == fastCGIGateway && fcgidScript(fcgi.ProcessEnv(r)) != "" && h.started.isReplaced() {
		h.stop()
	}
}

// handler gives who is to answer: the museum, or the page on which it is set up.
func (h *gatewayServer) handler(r *http.Request) (http.Handler, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.museum != nil {
		return h.museum, nil
	}
	c, err := loadConfig(&cobra.Command{}) // a command without flags
	h.dataDir = c.DataDir
	if err != nil && isBackupRequest(r, c) && backup.Rest(c.databasePath(), time.Now()) == nil {
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
		c.traces = filepath.Join(os.TempDir(), fmt.Sprintf("mathmuseums-%d-%x", os.Getuid(), sha256.Sum256([]byte(c.DataDir)))[:40])
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
	handler, err := newHandler(mail.Options{Console: os.Stderr, IsLog: true}, c, museum, newLog(os.Stderr), func(options *web.Options) {
		setGatewayOptions(options)
		options.Version, options.Exposed = h.program.Version, exposed.root != ""
		if c.Replica != "" { // which cron writes
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

// scriptName is the address of the program as the web server has it, "" where it does not say.
func (h *gatewayServer) scriptName(r *http.Request) string {
	if h.kind == cgiGateway {
		return os.Getenv("SCRIPT_NAME")
	}
	return fcgidScript(fcgi.ProcessEnv(r))
}

// fcgidScript is the address of the script with which Apache's mod_fcgid has started the program. Other servers name under FastCGI
// what they were asked for, and no script. Go keeps SCRIPT_NAME for itself, but where the script lies tells as much.
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

// scriptBase is the path under which the museum lies by what a web server says of the program's place: its own address where
// it was asked for by that, else the folder it lies in, to which rewriting sends all addresses.
func scriptBase(asked, script string) string {
	if asked == script || strings.HasPrefix(asked, script+"/") {
		return script
	}
	return strings.TrimRight(path.Dir(script), "/")
}

// setGatewayOptions are the options of a museum behind a web server, which knows for itself under which names it is asked for. A
// stream of events would hold a whole process, and figures would be those of one process among many.
func setGatewayOptions(options *web.Options) {
	options.AnyHost, options.Polling, options.MetricsToken = true, true, ""
}

// closedFile holds why the museum was closed to a visitor, for whoever can neither read the web server's error log nor run doctor.
const closedFile = "why-closed.txt"

// saveClosedReason writes it, as far as it can. A data folder among the files of the web server gets nothing.
func (h *gatewayServer) saveClosedReason(err error) {
	if info, statErr := os.Stat(h.dataDir); h.dataDir == "" || statErr != nil || !info.IsDir() || errors.Is(err, errExposed) {
		return
	}
	text := fmt.Sprintf("%s: %v\n", formatTime(time.Now()), err)
	_ = os.WriteFile(filepath.Join(h.dataDir, closedFile), []byte(text), 0o600)
}

// closedText says to visitors why there is no museum. What else is wrong, such as a path, is for the log alone.
func closedText(err error) string {
	if errors.Is(err, errOutdated) {
		return "The program was renewed, and its database has to be brought up to date first. Whoever runs the museum does that with the command: mathmuseums migrate."
	}
	if errors.Is(err, errExposed) {
		return "It is not set up yet, and its data folder lies where the web server hands out files, so everybody could read the database. Whoever sets " +
			"it up chooses another folder with " + dataDirSetting.name + "; the error log of the web server names this one."
	}
	var mistakes *configError
	if errors.As(err, &mistakes) {
		return "Its settings have a mistake. Whoever runs the museum finds it in the file " + closedFile + " in the data folder, and in the error log of the web server."
	}
	return "Its database cannot be opened. Whoever runs the museum finds the reason in the file " + closedFile + " in the data folder, and in the error log of the web server."
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
