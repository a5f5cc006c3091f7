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

const replicateHelp = `Brings the replica of the museum up to date, and ends.

"serve" keeps the replica up to date by itself, half a second behind. This command is for museums that a web server runs by CGI
or FastCGI: let cron call it. What was written since the last time would be lost with the disk. After each change the whole
database is sent, where nothing was written nothing is.

Where the replica is, MATHMUSEUMS_REPLICA or --replica says:

` + replicaAbout + `

A replica goes back seven days. "mathmuseums restore" takes it back, and "mathmuseums drill" shows whether it could.
Litestream's own program (0.5.18) reads it too, by the same address, at S3 and in folders: litestream restore -o museum.db ADDRESS

A place belongs to the museum that wrote there first, and to one copy of it at a time. Another museum, as after a copied .env, is
refused until the place is emptied. A museum that was put back on another computer takes the place over by itself; the old one then
stops sending, and says so. If that one is to go on instead, give it --take-over once. Where files are missing at the place, or
here, such as after a power cut or in a bucket that was emptied, the whole museum is sent again by itself.

Where a process replicates the museum already, there is nothing to do.

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
	once := cmd.Flags().Bool("once", false, "send what is not sent yet, and end")
	takeOver := cmd.Flags().Bool("take-over", false, "write to the place from now on, although another copy of this museum has written there since")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !*once {
			return &usageError{cmd.CommandPath(), errors.New(`replicate wants --once; what replicates all the time is "mathmuseums serve --replica ADDRESS"`)}
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
		return fmt.Errorf("where the replica is, is not set: set %sREPLICA, or --%s", prefix, replicaFlag)
	case !c.hasDatabase():
		return noMuseumError(c)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	museum, err := openCurrentStore(ctx, program, c) // makes sure that it is one
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
		fmt.Fprintf(cmd.OutOrStdout(), "The museum is open: the process that serves it takes %s over within a minute.\n", where)
	case errors.Is(err, store.ErrLocked):
		fmt.Fprintln(cmd.OutOrStdout(), "Another process replicates this museum already; there was nothing to do.")
	case isMisplaced(err):
		return err
	case err != nil:
		return fmt.Errorf("the replica %s is not up to date: %w", where, err)
	case sent:
		fmt.Fprintf(cmd.OutOrStdout(), "The replica %s is up to date.\n", where)
	default:
		fmt.Fprintf(cmd.OutOrStdout(), "The replica %s is up to date; nothing was written since the last time.\n", where)
	}
	return nil
}

// isMisplaced reports whether a place belongs to another museum or another copy of this one, which the error says in full.
func isMisplaced(err error) bool {
	_, ok := errors.AsType[*replica.PlaceError](err)
	return ok
}

// replicaAbout says what the address of a replica is, for the help texts.
const replicaAbout = `  s3://bucket/museum?endpoint=https://s3.example.com&region=eu-central-1
      a bucket of any S3 server; without endpoint it is Amazon's. The keys are MATHMUSEUMS_S3_KEY_ID and
      MATHMUSEUMS_S3_SECRET, or else AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or those in ~/.aws/credentials
  sftp://user@host/path?key=/home/user/.ssh/id_ed25519&hostkey=ecdsa-sha2-nistp256%20AAAA...
      a folder of another computer; "ssh-keyscan -t ecdsa host" shows its hostkey
  file:///mnt/stick/museum
      a folder of this computer, best on another disk

What lies there belongs to the replica of this one museum: no other can be sent to the same place, nor this one by two
computers at a time.`

func addReplicaFlag(cmd *cobra.Command) {
	cmd.Flags().String(replicaFlag, "", "`address` to which the museum is copied as it is written, such as s3://bucket/museum")
}

// replicaOptions say what is replicated and where to.
func (c *Config) replicaOptions(log *slog.Logger) replica.Options {
	return replica.Options{Database: c.databasePath(), URL: c.Replica, Keys: c.BucketKeys, Log: log}
}

// replicaWatch tells how the replica fares by the process that writes it, be it this one or another.
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

// startReplica begins to replicate where that is asked for, and gives how to end it. A museum without its replica is better
// than none, so what is wrong is logged alone.
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
			log.Error("The replica was not closed well.", "error", err)
		}
	}
}
