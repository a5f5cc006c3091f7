package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/coreos/go-systemd/v22/daemon" // the message is short, the rules for its socket are not
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
	"github.com/spf13/cobra"
)

// Limits of the server. A class shares one slow line, so a whole request may take minutes; who sends no request at
// all, or a byte now and then to hold a connection open, is put out soon.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = 5 * time.Minute // 32 MiB, the largest body, at 1 Mbit/s
	answerTimeout  = requestTimeout + time.Minute
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 64 << 10
	stopTimeout    = 10 * time.Second
)

const serveHelp = `Opens the museum: serves it until it is stopped with Ctrl+C or SIGTERM.

On first start it makes the data folder with the database museum.db and the file secret.key in it. A database of an
older version is brought up to date, after a copy of it was laid beside it. Then it prints where the museum is found,
and what is still missing.

Without a mail server (MATHMUSEUMS_MAIL_URL) the sign-in codes of the students are printed here: do not show them to the class.
Those of teachers and superusers are not printed; "mathmuseums code ADDRESS" issues one.

Behind a proxy that shows the museum under a path of its own, such as https://example.com/museum/, set that address as
MATHMUSEUMS_PUBLIC_URL, or the path with --base-path. The proxy may pass the path on or take it off: both work. Name the
proxy in MATHMUSEUMS_TRUSTED_PROXIES, and let it pass on the name it was asked for (Host), X-Forwarded-For and
X-Forwarded-Proto.

With --addr unix:/run/museum.sock it listens at a socket that this user and group can open (mode 0660) and no network. A
socket that is left from earlier is removed, if nobody answers there. Who may open it counts as a trusted proxy, which must set
X-Forwarded-For itself or add the visitor's address at its end; otherwise the visitor's own header is believed. Where
systemd holds sockets open for the museum (LISTEN_FDS), those are used and --addr is not; see mathmuseums systemd.

Without https, browsers on other devices do not keep the museum for use without a network. https comes from a proxy, or
from the museum itself:

  --tls auto   certificates by Let's Encrypt (or MATHMUSEUMS_ACME_URL), which are renewed by themselves. They are for the host
               of MATHMUSEUMS_PUBLIC_URL, whose port 443 must lead here; the default of --addr is then :443. With port 443,
               port 80 leads to https. Using this means that you agree to the terms of that authority. They are kept
               in the folder "certificates" in the data folder.
  --tls lan    for a classroom: an authority made on this computer, good for it alone, which each device installs once.
               http:// at the same address says how; see also mathmuseums authority.

With --replica, or MATHMUSEUMS_REPLICA, the museum is copied elsewhere as it is written, half a second behind: see
"mathmuseums replicate --help". Where that place cannot be reached the museum is open all the same, and the copy catches up when it can be.
Of several processes that serve one museum only one copies.

When it is stopped, requests under way are finished first, and what is missing is sent to the replica, for 10 seconds each at
most; a second Ctrl+C ends it at once.

What happens is logged to standard error: as plain lines to a terminal, else as JSON, one object a line. With
MATHMUSEUMS_ACCESS_LOG=short or full each request is logged too: method, route (such as /api/tiles/{id}/), status, bytes of
the body, milliseconds, and the network address: of "short" only its network, 203.0.113.0/24. Who asked, what for, and what
was sent is never logged.

GET /healthz answers 200 {"status": "ok", "database": "ok"}, or 503 within 3 seconds where the database does not answer.
With a replica it says how that fares, as "replica" and "replica_lag_seconds"; a replica that fails is no 503.
GET /metrics answers with figures in Prometheus' text format, to who sends "Authorization: Bearer" and the
MATHMUSEUMS_METRICS_TOKEN; while none is set, there is nothing.

Exit codes: 0 stopped as asked, 1 it could not start or requests were cut off, 2 wrong usage, 78 it could not start and will not
before somebody has put right what is wrong: the settings, or a database that is damaged, newer than the program, without the tables that it needs, or no museum's.`

func newServeCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Open the museum",
		Long:  serveHelp,
		Example: `  mathmuseums serve
  mathmuseums serve --addr 127.0.0.1:8000 --data-dir /srv/museum
  MATHMUSEUMS_MAIL_URL=smtps://museum%40example.com:password@mail.example.com mathmuseums serve`,
		Args: noArgs,
	}
	cmd.Flags().String(addrFlag, defaultAddr, "`address` to listen at; 127.0.0.1:8000 is for this computer alone, unix:/run/museum.sock for a proxy on it")
	cmd.Flags().String(basePathFlag, "", "`path` under which a proxy shows the museum, such as /museum")
	cmd.Flags().String(tlsFlag, string(encryptionOff), "https by the museum itself: off, auto or lan")
	addReplicaFlag(cmd)
	dev := cmd.Flags().Bool("dev", false, "read the front end from ./assets at each request, for those who work on it")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return &permanentError{err}
		}
		err = serve(cmd, program, c, *dev)
		if errors.Is(err, store.ErrNotMuseum) || errors.Is(err, store.ErrNewer) || errors.Is(err, store.ErrSchema) || errors.Is(err, store.ErrDamaged) {
			err = &permanentError{err}
		}
		return err
	}
	return cmd
}

// heapLimit is the size of the heap in bytes above which garbage is collected as often as it takes. A school's day stays far below;
// large bodies, which come few at a time, would else leave as much garbage as there is in use.
const heapLimit = 128 << 20

func serve(cmd *cobra.Command, program Program, c *Config, dev bool) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := newLog(cmd.ErrOrStderr())
	museum, err := openStore(ctx, program, c)
	if err != nil {
		return err
	}
	replica := &replicaWatch{database: c.databasePath()}
	stopReplica := func() {}
	defer func() { // in this order: see replica.Replica.Close
		museum.Close()
		stopReplica()
	}()
	if err := migrate(ctx, cmd.OutOrStdout(), museum); err != nil {
		return err
	}
	handler, err := newHandler(mail.Options{Console: cmd.OutOrStdout()}, c, museum, log, func(options *web.Options) {
		options.Dev, options.Version, options.OwnAuthority = dev, program.Version, c.TLS == encryptionLAN
		if c.Replica != "" {
			options.Replica = replica.status
		}
	})
	if err != nil {
		return err
	}
	defer handler.Close()
	encryption, err := newTLSSetup(c)
	if err != nil {
		return err
	}
	listeners, err := listen(c.Addr)
	if err != nil {
		return err
	}
	listeners = encryption.takePort80(listeners)
	hasSuperuser, err := museum.HasSuperuser(ctx)
	if err != nil {
		return errors.Join(err, closeAll(listeners))
	}
	stopReplica = startReplica(c, log, replica)
	printBanner(cmd.OutOrStdout(), c, listeners, encryption, hasSuperuser)
	newServer := func(handler http.Handler) *http.Server {
		return &http.Server{
			Handler:           handler,
			ReadHeaderTimeout: headerTimeout,
			ReadTimeout:       requestTimeout,
			WriteTimeout:      answerTimeout,
			IdleTimeout:       idleTimeout,
			MaxHeaderBytes:    maxHeaderBytes,
			ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		}
	}
	endpoints := newEndpoints(listeners, encryption, newServer, handler, log)
	endpoints[0].server.RegisterOnShutdown(handler.Close) // streams of events would hold it up
	if c.TLS == encryptionAuto {
		go encryption.fetch(ctx, c, log)
	}
	return serveUntilStopped(ctx, stop, cmd.OutOrStdout(), endpoints)
}

// serveUntilStopped serves until ctx ends. From then on signals have their usual effect: the next one ends the program.
func serveUntilStopped(ctx context.Context, stop func(), out io.Writer, endpoints []endpoint) error {
	failed := make(chan error, len(endpoints))
	for _, endpoint := range endpoints {
		go func() { failed <- endpoint.serve() }()
	}
	notifySystemd(endpoints[0].server, daemon.SdNotifyReady)
	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("the server stopped by itself: %w", err), closeServers(endpoints))
	case <-ctx.Done():
		stop()
	}
	notifySystemd(endpoints[0].server, daemon.SdNotifyStopping)
	fmt.Fprintln(out, "\nClosing the museum; requests under way are finished first."+unlessSystemd(" Ctrl+C ends it at once."))
	limit, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	for _, endpoint := range endpoints {
		if err := endpoint.server.Shutdown(limit); err != nil {
			return errors.Join(fmt.Errorf("some requests were not done within %s and were cut off", stopTimeout), closeServers(endpoints))
		}
	}
	fmt.Fprintln(out, "The museum is closed.")
	return nil
}

// closeServers ends all connections.
func closeServers(endpoints []endpoint) error {
	var problems []error
	for _, endpoint := range endpoints {
		problems = append(problems, endpoint.server.Close())
	}
	return errors.Join(problems...)
}

// notifySystemd tells systemd how far the server is, where it has started it and waits for that.
func notifySystemd(server *http.Server, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		server.ErrorLog.Printf("systemd cannot be told %s: %v", state, err)
	}
}

// unlessSystemd gives words for who has started the museum, "" where systemd has.
func unlessSystemd(words string) string {
	if os.Getenv("NOTIFY_SOCKET") != "" { // which the unit of "mathmuseums systemd" asks for
		return ""
	}
	return words
}

// newHandler makes the museum's handler. mails says where codes appear if there is no mail server.
func newHandler(mails mail.Options, c *Config, museum *store.Store, log *slog.Logger, change func(*web.Options)) (*web.Server, error) {
	mails.From, mails.IssueCommand = c.MailFrom, c.command("code")
	sender, err := mail.Open(c.MailURL, mails)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	options := web.Options{
		Store: museum, Mail: sender, NoMailServer: c.noMailServer(), Assets: assets.FS, PublicURL: c.PublicURL, BasePath: c.BasePath,
		TrustedProxies: c.TrustedProxies, CORSOrigins: c.CORSOrigins, Limits: c.Limits, Log: log, AccessLog: c.AccessLog, MetricsToken: c.MetricsToken,
	}
	change(&options)
	options.BackupWord = c.backupNonce
	options.Backup = func(ctx context.Context) (time.Time, error) { return backupByURL(ctx, options.Version, c, museum) }
	if options.Dev {
		options.Assets = os.DirFS("assets")
		if _, err := fs.Stat(options.Assets, "html/index.html"); err != nil {
			return nil, errors.New("--dev reads the front end from the folder assets, which is not here; start it in the folder of the source code")
		}
	}
	return web.New(options)
}

// newLog logs to a terminal for eyes, else for programs.
func newLog(w io.Writer) *slog.Logger {
	if isTerminal(w) {
		return slog.New(slog.NewTextHandler(w, nil))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}
