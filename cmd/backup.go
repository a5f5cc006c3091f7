package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/spf13/cobra"
)

const backupHelp = `Makes a backup of the museum, open or not, and deletes the oldest ones.

A backup is two files in the folder of --to, which can be a bucket too (see mathmuseums replicate --help for its keys): museum-TIME-NAME.db, the database as it was at that moment (UTC), and
museum-TIME-NAME.json, which says how large it is, its SHA-256, and how many rows each table has. NAME is eight letters that
stand for this museum, so that several can share a folder. Before it counts, the copy is read whole and held against the
museum it was taken from. Then the 5 newest are kept, or as many as --keep says, and besides the last one of each of so many
days, weeks and months that have one (UTC). Nothing else in the folder is touched.

Have a folder on another disk, or one that is copied to another machine: what lies beside the museum is lost with it.

The key (secret.key) and the settings (.env) are not in a backup. Without the key it can still be put back whole: everybody
signs in anew, and that is all. Who has the key as well can sign in as anybody, so keep a copy of it in another place.

For cron, a line such as

  15 3 * * *  mathmuseums backup --data-dir /srv/museum --to /mnt/backup --keep-daily 14 --keep-monthly 12 >/dev/null

A backup that works says so in one line on standard output. One that fails says why on standard error, and in a mail to all
superusers where a mail server is set. The older backups are left then.

On a host that can run no program by the clock, but fetch an address, have it fetch the one that --url prints; a superuser who is
signed in finds it at /api/tasks/ too. The backup is made within that request, as the settings MATHMUSEUMS_BACKUP_... say, and the
answer is one line. Who knows the address can have 3 backups made an hour, and nothing else; keep daily ones besides the newest,
so that nobody pushes all of them out. It holds as long as the key of the museum.

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
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := configured(cmd)
		if err != nil {
			return err
		}
		if *address {
			return printBackupURL(cmd, c)
		}
		return runBackup(cmd, program, c)
	}
	return cmd
}

func runBackup(cmd *cobra.Command, program Program, c *Config) error {
	if !c.hasDatabase() {
		return noMuseum(c)
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	museum, err := openStore(ctx, program, c)
	if err != nil {
		return fmt.Errorf("no backup was made: %w", err)
	}
	defer museum.Close()
	bar := newBar(cmd.ErrOrStderr(), "Copying the museum")
	made, err := makeBackup(ctx, program.Version, c, museum, bar.show)
	bar.clear()
	if err != nil {
		return err
	}
	line := fmt.Sprintf("Backup made and checked: %s (%s)", made.Path, sizeWords(made.Manifest.Size))
	if n := len(made.Deleted); n > 0 {
		line += fmt.Sprintf("; deleted %s", strings.Join(made.Deleted, ", "))
	}
	fmt.Fprintln(cmd.OutOrStdout(), line)
	return nil
}

// printBackupURL prints the address for those who can only fetch one.
func printBackupURL(cmd *cobra.Command, c *Config) error {
	if !c.hasDatabase() {
		return noMuseum(c)
	}
	if c.PublicURL == nil {
		return fmt.Errorf("the address of the museum is not known: set %sPUBLIC_URL, such as https://museum.example.com/, "+
			"or sign in as a superuser and open /api/tasks/ there", prefix)
	}
	secret, err := store.LoadSecret(c.DataDir)
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), web.BackupURL(c.PublicURL, secret))
	return nil
}

// makeBackup makes a backup as it is configured. Where it fails, those who run the museum get a mail.
func makeBackup(ctx context.Context, version string, c *Config, museum *store.Store, progress backup.Progress) (backup.Backup, error) {
	place, err := c.backupPlace()
	if err != nil {
		return backup.Backup{}, err
	}
	made, err := backup.Run(ctx, backup.Options{
		Store: museum, To: place, Program: version, Keep: c.BackupKeep, Progress: progress,
	})
	switch {
	case err == nil:
		return made, nil
	case errors.Is(err, store.ErrLocked):
		return made, fmt.Errorf("another backup of this museum is being made; this one was left out: %w", err)
	case ctx.Err() != nil:
		return made, errors.New("the backup was broken off; the older ones are as they were")
	}
	err = backupError(c, err)
	return made, errors.Join(err, mailBackupFailure(context.WithoutCancel(ctx), c, museum, err))
}

// backupError says in plain words why there is no backup.
func backupError(c *Config, err error) error {
	folder := c.backupFolder()
	switch {
	case errors.Is(err, backup.ErrNotDeleted):
		return err
	case backup.IsBucket(c.BackupTo):
		return fmt.Errorf("no backup was made in the bucket %s, and the older ones are as they were: %w", backup.RedactReplicaURL(c.BackupTo), err)
	case isFull(err):
		return fmt.Errorf("no backup was made: there is no room for it in %s. The older ones are as they were. "+
			"Make room, or choose another folder with --%s", folder, backupToFlag)
	case isFolderFault(err):
		return fmt.Errorf("no backup was made: cannot write to %s: %w. Let this user write there, or choose another folder with --%s",
			folder, reason(err), backupToFlag)
	case errors.Is(err, store.ErrDamaged):
		return fmt.Errorf("no backup was made, and the older ones are as they were: the copy is not sound. If that comes again, "+
			"the museum itself is damaged: put the newest backup back (mathmuseums restore --help). %w", err)
	}
	return fmt.Errorf("no backup was made: %w", err)
}

// isFull tells whether a disk has no room left, or a user no more share of it.
func isFull(err error) bool {
	return errors.Is(err, store.ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

func noMuseum(c *Config) error {
	return fmt.Errorf("there is no museum in %s, and so nothing to back up. Say where it is with --%s", c.DataDir, dataDirFlag)
}

// sizeWords says how large something is, such as 1.5 MB.
func sizeWords(size int64) string {
	if size >= 1e9 {
		return fmt.Sprintf("%.1f GB", float64(size)/1e9)
	}
	return fmt.Sprintf("%.1f MB", float64(size)/1e6)
}

// atMoment is how a moment is written in a sentence.
func atMoment(moment time.Time) string { return moment.UTC().Format("2006-01-02 15:04:05 UTC") }
