package cmd

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
)

const replicateHelp = `Brings the museum's replica up to date once, and exits.

"mathmuseums serve" keeps the replica up to date by itself, half a second behind. This command is for museums that a
web server runs through CGI or FastCGI: run it from cron. If the disk fails, everything written since the last run is
lost. After a change the whole database is sent; if nothing has changed, nothing is sent.

Set the replica's address with MATHMUSEUMS_REPLICA or --replica:

` + replicaAbout + `

A replica keeps seven days of history. "mathmuseums restore" restores from it, and "mathmuseums drill" tests that.
Litestream's own program (0.5.18) can read it too, from the same S3 and file addresses:
litestream restore -o museum.db ADDRESS

A place belongs to the museum that first wrote to it, and to one copy of that museum at a time. Another museum, for
example one with a copied .env file, is refused until the place is emptied. A museum that was restored on another
computer takes over the place by itself; the old copy then stops sending and reports that. To continue with the old
copy instead, run this command there once with --take-over. If files are missing at the place or here, such as after
a power cut or when the bucket was emptied, the whole museum is sent again automatically.

If another process already replicates the museum, there is nothing to do.

Exit codes: 0 the replica is up to date, 1 it is not, 2 wrong usage.`

func newReplicateCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "replicate --once",
		Short: "Bring the replica up to date",
		Long:  replicateHelp,
		Example: `  mathmuseums replicate --once --replica file:///mnt/stick/museum
  */5 * * * *  mathmuseums replicate --once --data-dir /srv/museum >/dev/null`,
		Args: noArgs,
	}
	addReplicaFlag(cmd)
	once := cmd.Flags().Bool("once", false, "send what is missing, then exit")
	takeOver := cmd.Flags().Bool("take-over", false, "take the place over from another copy of this museum that "+
		"has written there since")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !*once {
			return &usageError{cmd.CommandPath(), errors.New(`replicate needs --once; to replicate continuously, use "mathmuseums serve --replica ADDRESS"`)}
		}
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		return replicateOnce(cmd, program, c, *takeOver)
	}
	return cmd
}

func replicateOnce(cmd *cobra.Command, program Program, c *Config, takeOver bool) error {
	switch {
	case c.Replica == "":
		return fmt.Errorf("no replica is set; set %sREPLICA or --%s", prefix, replicaFlag)
	case !c.hasDatabase():
		return noMuseumError(c)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	museum, err := openCurrentStore(ctx, program, c) // verifies that the file is a museum
	if err != nil {
		return err
	}
	if err := museum.Close(); err != nil {
		return err
	}
	options := c.replicaOptions(slog.New(slog.DiscardHandler))
	options.TakeOver = takeOver
	sent, err := replica.SendOnce(ctx, options)
	switch where := replica.RedactURL(c.Replica); {
	case errors.Is(err, store.ErrLocked) && takeOver:
		fmt.Fprintf(cmd.OutOrStdout(), "The museum is running: its server takes over %s within a minute.\n", where)
	case errors.Is(err, store.ErrLocked):
		fmt.Fprintln(cmd.OutOrStdout(), "Another process already replicates this museum; there was nothing to do.")
	case isMisplaced(err):
		return err
	case err != nil:
		return fmt.Errorf("the replica %s is not up to date: %w", where, err)
	case sent:
		fmt.Fprintf(cmd.OutOrStdout(), "The replica %s is up to date.\n", where)
	default:
		fmt.Fprintf(cmd.OutOrStdout(), "The replica %s is up to date; nothing has changed since the last run.\n", where)
	}
	return nil
}

// isMisplaced reports whether the replica's place belongs to another museum or another copy of this one. Such an
// error needs no further explanation.
func isMisplaced(err error) bool {
	_, ok := errors.AsType[*replica.PlaceError](err)
	return ok
}

// replicaAbout explains replica addresses, for the help texts.
const replicaAbout = `  s3://bucket/museum?endpoint=https://s3.example.com&region=eu-central-1
      a bucket on any S3 server; without an endpoint, on Amazon S3. The keys are MATHMUSEUMS_S3_KEY_ID and
      MATHMUSEUMS_S3_SECRET, else AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, else those in ~/.aws/credentials
  sftp://user@host/path?key=/home/user/.ssh/id_ed25519&hostkey=ecdsa-sha2-nistp256%20AAAA...
      a folder on another computer; "ssh-keyscan -t ecdsa host" prints its host key
  file:///mnt/stick/museum
      a folder on this computer, preferably on another disk

The place holds the replica of this museum only: no other museum can use it, and only one computer at a time can
write to it.`

func addReplicaFlag(cmd *cobra.Command) {
	cmd.Flags().String(replicaFlag, "", "`address` that the museum is continuously copied to, such as s3://bucket/museum")
}

// replicaOptions returns what to replicate, and where to.
func (c *Config) replicaOptions(log *slog.Logger) replica.Options {
	return replica.Options{Database: c.databasePath(), URL: c.Replica, Keys: c.BucketKeys, Log: log}
}

// replicaWatch reports the replica's status as known to the process that writes it, be it this one or another.
type replicaWatch struct {
	database string
	own      atomic.Pointer[replica.Replica]
}

func (w *replicaWatch) status() (replica.Status, error) {
	if own := w.own.Load(); own != nil {
		if status := own.Status(); status.State != replica.Waiting {
			return status, nil
		}
	}
	return replica.ReadStatus(w.database)
}

// startReplica starts replication if a replica is configured, and returns the function that stops it. A museum
// without its replica is better than no museum, so failures are only logged.
func startReplica(c *Config, log *slog.Logger, watch *replicaWatch) (stop func()) {
	if c.Replica == "" {
		return func() {}
	}
	replica, err := replica.Start(c.replicaOptions(log))
	if err != nil {
		log.Error("The museum is not replicated.", "error", err)
		return func() {}
	}
	watch.own.Store(replica)
	return func() {
		if err := replica.Close(); err != nil {
			log.Error("The replica could not be closed cleanly.", "error", err)
		}
	}
}
