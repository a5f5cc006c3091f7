package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
)

const backupHelp = `Makes a backup of the museum, open or not, and deletes the oldest ones.

A backup is two files in the folder of --to, which can be a bucket too (see mathmuseums replicate --help for its keys): museum-TIME-NAME.db, the database as it was at that moment (UTC), and
museum-TIME-NAME.json, which says how large it is, its SHA-256, how many rows each table has, and who the superusers are. NAME is eight letters that
stand for this museum, so that several can share a folder. Before it counts, the copy is read whole and held against the
museum it was taken from. Then the 5 newest are kept, or as many as --keep says, and besides the last one of each of so many
days, weeks and months that have one (UTC). Nothing else in the folder is touched.

Have a folder on another disk, or one that is copied to another machine: what lies beside the museum is lost with it.

The key (secret.key) and the settings (.env) are not in a backup. Without the key it can still be put back whole: everybody
signs in anew, and that is all. Who has the key as well can sign in as anybody, so keep a copy of it in another place.

For cron, a line such as

  15 3 * * *  mathmuseums backup --data-dir /srv/museum --to /mnt/backup --keep-daily 14 --keep-monthly 12 >/dev/null

A backup that works says so in one line on standard output. One that fails says why on standard error, and in a mail to all
superusers where a mail server is set; where .env cannot be read, nobody knows of one. The older backups are left then. What one leaves that was killed does not count, and the next one clears it away, in
a bucket too if the keys allow it. Where the museum itself cannot be read, who its superusers
are is taken from the manifest of its newest backup.

On a host that can run no program by the clock, but fetch an address, have it fetch the one that --url prints; a superuser who is
signed in finds it at /api/tasks/ too. The backup is made within that request, as the settings MATHMUSEUMS_BACKUP_... say, and the
answer is one line. Where there is one younger than 45 minutes, none is made, and the line says so: fetch it each hour or each day.
After a try that failed none is made for 15 minutes. For backups by the address the last one of each of 3 days is kept at least, so
that who has found it out cannot push out all that are older than a day. It holds until the key of the museum changes, or --revoke-url
makes a new one. Without a shell, write anything else into the file backup-address.txt in the data folder.

Exit codes: 0 done, 1 failed, or another backup is being made; 2 wrong usage.`

func newBackupCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Make a backup, and delete the oldest",
		Long:  backupHelp,
		Example: `  mathmuseums backup
  mathmuseums backup --to "s3://bucket/backups?endpoint=https://s3.example.com&region=eu-central-1"
  mathmuseums backup --to /mnt/backup --keep 3 --keep-daily 14 --keep-weekly 8 --keep-monthly 12`,
		Args: noArgs,
	}
	cmd.Flags().String(backupToFlag, "", "`folder` for the backups (default: backups in the data folder)")
	cmd.Flags().Int(backupKeepFlag, defaultKeep, "how `many` of the newest are kept")
	for flag, span := range map[string]string{"keep-daily": "day", "keep-weekly": "week", "keep-monthly": "month"} {
		cmd.Flags().Int(flag, 0, "for how `many` "+span+"s the last one of a "+span+" is kept besides")
	}
	address := cmd.Flags().Bool("url", false, "print the address at which the museum makes a backup when it is fetched")
	revoke := cmd.Flags().Bool("revoke-url", false, "make that address worthless, and print a new one")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return errors.Join(err, mailSettingsFailure(cmd.Context(), program, c, err))
		}
		if *revoke {
			return revokeBackupURL(cmd, c)
		}
		if *address {
			return printBackupURL(cmd, c)
		}
		return runBackup(cmd, program, c)
	}
	return cmd
}

func runBackup(cmd *cobra.Command, program Program, c *Config) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	museum, err := openForBackup(ctx, program, c)
	if err != nil {
		return errors.Join(err, mailBackupFailure(ctx, c, nil, err))
	}
	defer museum.Close()
	last := "Checking the copy ..."
	if backup.IsBucket(c.BackupTo) {
		last = "Checking the copy, and sending it ..."
	}
	bar := newProgressBar(cmd.ErrOrStderr(), "Copying the museum", last)
	made, err := makeBackup(ctx, c, backup.Options{Store: museum, Program: program.Version, Progress: bar.show})
	bar.clear()
	if err != nil {
		return err
	}
	line := fmt.Sprintf("Backup made and checked: %s (%s)", made.Path, formatSize(made.Manifest.Size))
	if n := len(made.Deleted); n > 0 {
		line += fmt.Sprintf("; deleted %s", backup.Several(made.Deleted))
	}
	fmt.Fprintln(cmd.OutOrStdout(), line)
	return nil
}

// openForBackup opens a museum that is there. An empty file would become an empty museum, whose backups push out the good ones.
func openForBackup(ctx context.Context, program Program, c *Config) (*store.Store, error) {
	info, err := os.Stat(c.databasePath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, noMuseumError(c)
	case err != nil:
		return nil, fmt.Errorf("no backup was made: %s cannot be read: %w", c.databasePath(), reason(err))
	case info.Size() == 0:
		return nil, fmt.Errorf("no backup was made: %s is empty. Put the newest backup back: %s", c.databasePath(), c.command("restore --help"))
	}
	museum, err := openStore(ctx, program, c)
	if err != nil {
		return nil, fmt.Errorf("no backup was made: %w", err)
	}
	return museum, nil
}

// makeBackup makes a backup to where it is commandConfig. Where it fails, those who run the museum get a mail.
func makeBackup(ctx context.Context, c *Config, o backup.Options) (made backup.Backup, err error) {
	if o.To, err = c.backupPlace(); err != nil {
		return made, err
	}
	o.Keep = c.BackupKeep
	made, err = backup.Run(ctx, o)
	switch {
	case err == nil || app.KindOf(err) == app.KindTooMany:
		return made, err
	case errors.Is(err, store.ErrLocked):
		return made, fmt.Errorf("another backup of this museum is being made; this one was left out: %w", err)
	case errors.Is(ctx.Err(), context.Canceled): // by who sits before it; one that takes too long is for the mail
		return made, errors.New("the backup was broken off; the older ones are as they were")
	}
	err = backupError(c, err)
	return made, errors.Join(err, mailBackupFailure(context.WithoutCancel(ctx), c, o.Store, err))
}

// backupError says in plain words why there is no backup.
func backupError(c *Config, err error) error {
	bucket, folder := backup.IsBucket(c.BackupTo), c.backupFolder()
	if bucket {
		folder = c.DataDir // in which the copy is made before it is sent
	}
	switch {
	case errors.Is(err, backup.ErrNotDeleted):
		return err
	case errors.Is(err, store.ErrDamaged):
		return fmt.Errorf("no backup was made, and the older ones are as they were: the museum is damaged, or the copy of it. "+
			"Look which (%s); if it is the museum, put the newest backup back (mathmuseums restore --help). %w", c.command("doctor"), err)
	case isFull(err):
		return fmt.Errorf("no backup was made: there is no room for it in %s. The older ones are as they were. "+
			"Make room, or choose another folder with --%s", folder, backupToFlag)
	case isFolderFault(err):
		return fmt.Errorf("no backup was made: cannot write to %s: %w. Let this user write there, or choose another folder with --%s",
			folder, reason(err), backupToFlag)
	case bucket:
		return fmt.Errorf("no backup was made in the bucket %s, and the older ones are as they were: %w. Look at its address and keys (mathmuseums replicate --help)",
			replica.RedactURL(c.BackupTo), err)
	}
	return fmt.Errorf("no backup was made: %w", err)
}

// isFull tells whether a disk has no room left, or a user no more share of it.
func isFull(err error) bool {
	return errors.Is(err, store.ErrFull) || platform.IsFull(err)
}

// formatSize says how large something is, such as 1.5 MB.
func formatSize(size int64) string {
	if size >= 1e9 {
		return fmt.Sprintf("%.1f GB", float64(size)/1e9)
	}
	return fmt.Sprintf("%.1f MB", float64(size)/1e6)
}

// formatTime is how a moment is written in a sentence.
func formatTime(moment time.Time) string { return moment.UTC().Format("2006-01-02 15:04:05 UTC") }

// backupPlace is where backups go.
func (c *Config) backupPlace() (backup.Place, error) {
	if backup.IsBucket(c.BackupTo) {
		return backup.OpenBucket(c.BackupTo, c.BucketKeys, backup.Folder{Path: c.DataDir})
	}
	return backup.Folder{Path: c.backupFolder()}, nil
}

// backupFolder is the folder for backups. One given to a command is found from where that runs; one in the settings, which
// are read from many places, from the data folder.
func (c *Config) backupFolder() string {
	folder := c.BackupTo
	switch {
	case filepath.IsAbs(folder):
		return folder
	case c.source(backupToFlag) == sourceFlag:
		if found, err := filepath.Abs(folder); err == nil {
			return found
		}
	}
	return filepath.Join(c.DataDir, folder)
}
