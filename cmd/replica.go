package cmd

import (
	"log/slog"
	"sync/atomic"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/spf13/cobra"
)

const replicaFlag = "replica"

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

// replicaSettings say where the replica is, and open it.
var replicaSettings = []setting{
	{prefix + "REPLICA", replicaFlag, "address to which the museum is copied as it is written: s3://bucket/museum?endpoint=https://host&region=name,\n" +
		"sftp://user@host/path?key=file&hostkey=key, or file:///folder; see mathmuseums replicate --help", text(""), readReplica, backup.RedactReplicaURL},
	{prefix + "S3_KEY_ID", "", "key for buckets; without, those that AWS_ACCESS_KEY_ID and so on name", text(""), readKeyID, nil},
	{prefix + "S3_SECRET", "", "the secret that belongs to it", text(""), readKeySecret, func(string) string { return "***" }},
}

func addReplicaFlag(cmd *cobra.Command) {
	cmd.Flags().String(replicaFlag, "", "`address` to which the museum is copied as it is written, such as s3://bucket/museum")
}

// replicaOptions say what is replicated and where to.
func (c *Config) replicaOptions(log *slog.Logger) backup.ReplicaOptions {
	return backup.ReplicaOptions{Database: c.databasePath(), URL: c.Replica, Keys: c.BucketKeys, Log: log}
}

// replicaWatch tells how the replica fares by the process that writes it, be it this one or another.
type replicaWatch struct {
	database string
	own      atomic.Pointer[backup.Replica]
}

func (w *replicaWatch) status() (backup.ReplicaStatus, error) {
	if own := w.own.Load(); own != nil {
		if status := own.Status(); status.State != backup.ReplicaWaiting {
			return status, nil
		}
	}
	return backup.ReadReplicaStatus(w.database)
}

// startReplica begins to replicate where that is asked for, and gives how to end it. A museum without its replica is better
// than none, so what is wrong is logged alone.
func startReplica(c *Config, log *slog.Logger, watch *replicaWatch) (stop func()) {
	if c.Replica == "" {
		return func() {}
	}
	replica, err := backup.StartReplica(c.replicaOptions(log))
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

func readReplica(c *Config, text string) error {
	c.Replica = text
	return backup.CheckReplicaURL(text)
}

func readKeyID(c *Config, text string) error {
	c.BucketKeys.ID = text
	return nil
}

func readKeySecret(c *Config, text string) error {
	c.BucketKeys.Secret = text
	return nil
}
