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

const backupHelp = `Backs up the museum, which may be running, and deletes old backups.

A backup is two files: museum-TIME-NAME.db is the database at that moment (UTC), and museum-TIME-NAME.json is its
manifest: size, SHA-256, the number of rows in each table, and the superusers. NAME is eight letters derived from
this museum, so several museums can share a folder. Each copy is read back in full and compared with the museum
before it counts as a backup.

The 5 newest backups are kept (--keep). --keep-daily, --keep-weekly and --keep-monthly also keep the last backup of
that many days, weeks and months (UTC). No other file in the folder is touched.

--to is a folder or a bucket ("mathmuseums replicate --help" explains bucket addresses and keys). Use another disk,
or a folder that is copied to another machine: a backup next to the museum is lost together with it.

The key (secret.key) and the settings (.env) are not part of a backup. Without the key the museum can still be
restored in full; everybody just has to sign in again. With the key a backup lets its holder sign in as anybody, so
keep a copy of the key somewhere else.

Example for cron:

  15 3 * * *  mathmuseums backup --data-dir /srv/museum --to /mnt/backup --keep-daily 14 --keep-monthly 12 >/dev/null

Success prints one line on standard output. Failure prints the reason on standard error and mails it to all
superusers if a mail server is set (the server is unknown if .env cannot be read). If the museum cannot be read, the
superusers are taken from the manifest of the newest backup. A failed backup leaves the older ones alone. The remains
of a killed backup do not count; the next run deletes them, in a bucket too if its keys allow that.

Hosts without cron can request a URL instead: --url prints it, and superusers find it at /api/tasks/ once signed in.
The backup is made during the request, with the MATHMUSEUMS_BACKUP_... settings, and the response is one line. Request
it hourly or daily: if the last backup is younger than 45 minutes, or the last attempt failed less than 15 minutes
ago, none is made. Backups by URL always keep the last one of each of 3 days, so someone who learns the URL cannot
push out all older backups. The URL is valid until the museum's key changes or --revoke-url replaces it. Without a
shell, put any other text into the file backup-address.txt in the data folder to replace it.

Exit codes: 0 done, 1 failed or another backup is running, 2 wrong usage.`

func newBackupCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Back up the museum and delete old backups",
		Long:  backupHelp,
		Example: `  mathmuseums backup
  mathmuseums backup --to "s3://bucket/backups?endpoint=https://s3.example.com&region=eu-central-1"
  mathmuseums backup --to /mnt/backup --keep 3 --keep-daily 14 --keep-weekly 8 --keep-monthly 12`,
		Args: noArgs,
	}
	cmd.Flags().String(backupToFlag, "", "`folder` for the backups (default: backups in the data folder)")
	cmd.Flags().Int(backupKeepFlag, defaultKeep, "`number` of newest backups to keep")
	for flag, span := range map[string]string{"keep-daily": "day", "keep-weekly": "week", "keep-monthly": "month"} {
		cmd.Flags().Int(flag, 0, "also keep the last backup of each of this `number` of "+span+"s")
	}
	address := cmd.Flags().Bool("url", false, "print the URL that makes a backup when it is requested")
	revoke := cmd.Flags().Bool("revoke-url", false, "replace that URL and print the new one")
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
		last = "Checking and uploading the copy ..."
	}
	bar := newProgressBar(cmd.ErrOrStderr(), "Copying the museum", last)
	made, err := makeBackup(ctx, c, backup.Options{Store: museum, Program: program.Version, Progress: bar.show})
	bar.clear()
	if err != nil {
		return err
	}
	line := fmt.Sprintf("Backup made and checked: %s (%s)", made.Path, formatSize(made.Manifest.Size))
	if n := len(made.Deleted); n > 0 {
		line += fmt.Sprintf("; deleted %s", backup.JoinNames(made.Deleted))
	}
	fmt.Fprintln(cmd.OutOrStdout(), line)
	return nil
}

// openForBackup opens an existing museum. It refuses an empty file: opening that would create an empty museum, whose
// backups would push out the good ones.
func openForBackup(ctx context.Context, program Program, c *Config) (*store.Store, error) {
	info, err := os.Stat(c.databasePath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, noMuseumError(c)
	case err != nil:
		return nil, fmt.Errorf("no backup was made: %s cannot be read: %w", c.databasePath(), reason(err))
	case info.Size() == 0:
		return nil, fmt.Errorf("no backup was made: %s is empty. Restore the newest backup: %s", c.databasePath(),
			c.command("restore --help"))
	}
	museum, err := openStore(ctx, program, c)
	if err != nil {
		return nil, fmt.Errorf("no backup was made: %w", err)
	}
	return museum, nil
}

// makeBackup backs the museum up to the configured place. If that fails, it mails the superusers.
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
		return made, fmt.Errorf("another backup of this museum is running, so this one was skipped: %w", err)
	case errors.Is(ctx.Err(), context.Canceled): // interrupted by the operator; a timeout is mailed
		return made, errors.New("the backup was interrupted; older backups are unchanged")
	}
	err = backupError(c, err)
	return made, errors.Join(err, mailBackupFailure(context.WithoutCancel(ctx), c, o.Store, err))
}

// backupError returns the reason why there is no backup, in words for the operator.
func backupError(c *Config, err error) error {
	bucket, folder := backup.IsBucket(c.BackupTo), c.backupFolder()
	if bucket {
		folder = c.DataDir // the copy is made here before it is uploaded
	}
	switch {
	case errors.Is(err, backup.ErrNotDeleted):
		return err
	case errors.Is(err, store.ErrDamaged):
		return fmt.Errorf("no backup was made, and older backups are unchanged: the museum or the copy of it is "+
			"damaged. Run %s "+
			"to find out which; if it is the museum, restore the newest backup (mathmuseums restore --help). "+
			"%w", c.command("doctor"), err)
	case isFull(err):
		return fmt.Errorf("no backup was made: the disk with %s is full. Older backups are unchanged. "+
			"Free some space, or choose another folder with --%s", folder, backupToFlag)
	case isFolderFault(err):
		return fmt.Errorf("no backup was made: cannot write to %s: %w. Give this user write access, or choose "+
			"another folder with --%s",
			folder, reason(err), backupToFlag)
	case bucket:
		return fmt.Errorf("no backup was made in the bucket %s, and older backups are unchanged: %w. "+
			"Check its address and keys (mathmuseums replicate --help)", replica.RedactURL(c.BackupTo), err)
	}
	return fmt.Errorf("no backup was made: %w", err)
}

// isFull reports whether err means that a disk is full or a user's disk quota is used up.
func isFull(err error) bool {
	return errors.Is(err, store.ErrFull) || platform.IsFull(err)
}

// formatSize formats a number of bytes, such as 1.5 MB.
func formatSize(size int64) string {
	if size >= 1e9 {
		return fmt.Sprintf("%.1f GB", float64(size)/1e9)
	}
	return fmt.Sprintf("%.1f MB", float64(size)/1e6)
}

// formatTime formats a time for messages and logs, in UTC.
func formatTime(moment time.Time) string { return moment.UTC().Format("2006-01-02 15:04:05 UTC") }

// backupPlace returns the folder or bucket that backups are written to.
func (c *Config) backupPlace() (backup.Place, error) {
	if backup.IsBucket(c.BackupTo) {
		return backup.OpenBucket(c.BackupTo, c.BucketKeys, backup.Folder{Path: c.DataDir})
	}
	return backup.Folder{Path: c.backupFolder()}, nil
}

// backupFolder returns the absolute path of the backup folder. A relative --to is relative to the working directory;
// a relative path in the settings, which are read from many places, is relative to the data folder.
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
