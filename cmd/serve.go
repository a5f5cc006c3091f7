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

// Limits of the server. A class shares one slow line, so a whole request may take minutes; but clients that send no
// request, or trickle bytes to hold a connection open, are disconnected soon.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = 5 * time.Minute // 32 MiB, the largest body, at 1 Mbit/s
	answerTimeout  = requestTimeout + time.Minute
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 64 << 10
	stopTimeout    = 10 * time.Second
)

const serveHelp = `Serves the museum until it is stopped with Ctrl+C or SIGTERM.

The first start creates the data folder with the database museum.db and the key secret.key. An older database is
migrated, after a copy of it was saved next to it. Then the command prints the museum's addresses and what is still
missing.

Sign-in

  Without a mail server (MATHMUSEUMS_MAIL_URL) students' sign-in codes are printed here: do not show them to the class.
  Codes of teachers and superusers are not printed; "mathmuseums code ADDRESS" issues one.

Behind a proxy

  If the proxy serves the museum under a path, such as https://example.com/museum/, set that address as
  MATHMUSEUMS_PUBLIC_URL, or the path with --base-path. The proxy may pass the path on or strip it. List the proxy in
  MATHMUSEUMS_TRUSTED_PROXIES, and let it pass on the requested host name (Host), X-Forwarded-For and
  X-Forwarded-Proto.

  --addr unix:/run/museum.sock listens on a Unix socket, open to this user and group (mode 0660), instead of a port. A
  stale socket is removed. Whoever can open the socket counts as a trusted proxy, which must set X-Forwarded-For or
  append the visitor's address to it; otherwise the visitor's own header is believed. If systemd passes sockets
  (LISTEN_FDS), those are used instead of --addr; see "mathmuseums systemd --help".

https

  Without https, browsers on other devices cannot use the museum offline. A proxy can provide https, or the museum:

  --tls auto   certificates from Let's Encrypt (or MATHMUSEUMS_ACME_URL), renewed automatically, for the host of
               MATHMUSEUMS_PUBLIC_URL. Its port 443 must lead here, and --addr defaults to :443. With port 443, port 80
               redirects to https. Using this means that you accept the terms of that authority. The certificates are
               in the folder "certificates" in the data folder.
  --tls lan    for a classroom: a certificate authority made on and for this computer, which each device installs
               once. http:// at the same address explains how; see also "mathmuseums authority --help".

Replication

  With --replica or MATHMUSEUMS_REPLICA, the museum is continuously copied to another place, half a second behind; see
  "mathmuseums replicate --help". If that place cannot be reached, the museum keeps running and the copy catches up
  later. If several processes serve one museum, only one of them copies.

Stopping

  On Ctrl+C or SIGTERM, running requests are finished and the replica is brought up to date, for at most 10 seconds
  each. A second Ctrl+C exits at once.

Logs and monitoring

  Events are logged to standard error: as text to a terminal, else as JSON, one object per line. With
  MATHMUSEUMS_ACCESS_LOG=short or full each request is logged too: method, route (such as /api/tiles/{id}/), status,
  bytes of the body, milliseconds, and the network address, which "short" reduces to its network, such as
  203.0.113.0/24. Users, queries and content are never logged.

  GET /healthz answers 200 {"status": "ok", "database": "ok"}, or 503 within 3 seconds if the database does not
  answer. With a replica it also reports "replica" and "replica_lag_seconds"; a failing replica does not cause 503.
  GET /metrics answers with metrics in Prometheus' text format to requests with "Authorization: Bearer" and the
  MATHMUSEUMS_METRICS_TOKEN; without such a token it does not exist.

Exit codes: 0 stopped as asked, 1 it could not start or requests were cut off, 2 wrong usage, 78 it could not start
and a retry will not help: the settings are invalid, or the database is damaged, newer than the program, incomplete,
or not a museum's.`

func newServeCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the museum",
		Long:  serveHelp,
		Example: `  mathmuseums serve
  mathmuseums serve --addr 127.0.0.1:8000 --data-dir /srv/museum
  MATHMUSEUMS_MAIL_URL=smtps://museum%40example.com:password@mail.example.com mathmuseums serve`,
		Args: noArgs,
	}
	cmd.Flags().String(addrFlag, defaultAddr, "`address` to listen on; 127.0.0.1:8000 is for this computer only, unix:/run/museum.sock for a proxy on it")
	cmd.Flags().String(basePathFlag, "", "`path` under which a proxy serves the museum, such as /museum")
	cmd.Flags().String(tlsFlag, string(encryptionOff), "https by the museum itself: off, auto or lan")
	addReplicaFlag(cmd)
	dev := cmd.Flags().Bool("dev", false, "read the front end from ./assets on each request, for development")
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

// heapLimit is the heap size in bytes above which garbage is collected more often. A normal school day stays far
// below. The few large request bodies would otherwise leave as much garbage as there is memory in use.
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
	defer func() { // in this order; see replica.Replica.Close
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
	tlsSetup, err := newTLSSetup(c)
	if err != nil {
		return err
	}
	listeners, err := listen(c.Addr)
	if err != nil {
		return err
	}
	listeners = tlsSetup.takePort80(listeners)
	hasSuperuser, err := museum.HasSuperuser(ctx)
	if err != nil {
		return errors.Join(err, closeAll(listeners))
	}
	stopReplica = startReplica(c, log, replica)
	printBanner(cmd.OutOrStdout(), c, listeners, tlsSetup, hasSuperuser)
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
	endpoints := newEndpoints(listeners, tlsSetup, newServer, handler, log)
	endpoints[0].server.RegisterOnShutdown(handler.Close) // open event streams would delay it
	if c.TLS == encryptionAuto {
		go tlsSetup.fetch(ctx, c, log)
	}
	return serveUntilStopped(ctx, stop, cmd.OutOrStdout(), endpoints)
}

// serveUntilStopped serves until ctx ends. After that signals have their default effect, so the next one ends the
// program.
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
	fmt.Fprintln(out, "\nClosing the museum; running requests are finished first."+
		unlessSystemd(" Press Ctrl+C to exit at once."))
	limit, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	for _, endpoint := range endpoints {
		if err := endpoint.server.Shutdown(limit); err != nil {
			return errors.Join(fmt.Errorf("some requests took longer than %s and were cut off", stopTimeout),
				closeServers(endpoints))
		}
	}
	fmt.Fprintln(out, "The museum is closed.")
	return nil
}

// closeServers closes all servers and their connections.
func closeServers(endpoints []endpoint) error {
	var problems []error
	for _, endpoint := range endpoints {
		problems = append(problems, endpoint.server.Close())
	}
	return errors.Join(problems...)
}

// notifySystemd reports a state to systemd if systemd started the program and expects that.
func notifySystemd(server *http.Server, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		server.ErrorLog.Printf("cannot notify systemd of %s: %v", state, err)
	}
}

// unlessSystemd returns words that address a person at the terminal, or "" if systemd started the program.
func unlessSystemd(words string) string {
	if os.Getenv("NOTIFY_SOCKET") != "" { // set by the unit of "mathmuseums systemd"
		return ""
	}
	return words
}

// newHandler creates the museum's HTTP handler. mails says where codes are printed if there is no mail server; change
// adjusts the options before the handler is created.
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
	options.BackupNonce = c.backupNonce
	options.Backup = func(ctx context.Context) (time.Time,
		error) {
		return backupByURL(ctx, options.Version, c, museum)
	}
	if options.Dev {
		options.Assets = os.DirFS("assets")
		if _, err := fs.Stat(options.Assets, "html/index.html"); err != nil {
			return nil, errors.New("--dev reads the front end from the folder assets, which does not exist here; " +
				"run it in the folder of the source code")
		}
	}
	return web.New(options)
}

// newLog returns a logger that writes text to a terminal, and JSON elsewhere.
func newLog(w io.Writer) *slog.Logger {
	if isTerminal(w) {
		return slog.New(slog.NewTextHandler(w, nil))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}
