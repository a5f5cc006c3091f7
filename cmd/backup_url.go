package cmd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/spf13/cobra"
)

// printBackupURL prints the URL that makes a backup, for hosts without cron.
func printBackupURL(cmd *cobra.Command, c *Config) error {
	if !c.hasDatabase() {
		return noMuseumError(c)
	}
	if c.PublicURL == nil {
		return fmt.Errorf("the museum's address is not set: set %sPUBLIC_URL, such as https://museum.example.com/, "+
			"or sign in to the museum as a superuser and open /api/tasks/", prefix)
	}
	secret, err := store.LoadSecret(c.DataDir)
	if err != nil {
		return err
	}
	word, err := c.backupNonce()
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), web.BackupURL(c.PublicURL, secret, word))
	return nil
}

// backupNonceFile is the file in the data folder with the nonce that the backup URL is signed with; it is created
// when the URL is first revoked. Operators without a shell revoke the URL by writing any other text into it. The
// nonce is not in the database, which may be the very thing that is damaged when a backup is requested.
const backupNonceFile = "backup-address.txt"

func (c *Config) backupNonce() (string, error) {
	text, err := os.ReadFile(filepath.Join(c.DataDir, backupNonceFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), err
}

// revokeBackupURL invalidates the current backup URL and prints the new one.
func revokeBackupURL(cmd *cobra.Command, c *Config) error {
	if !c.hasDatabase() {
		return noMuseumError(c)
	}
	file := filepath.Join(c.DataDir, backupNonceFile)
	if err := os.WriteFile(file, []byte(rand.Text()+"\n"), 0o600); err != nil {
		return folderError(c, err)
	}
	if err := platform.CopyOwner(file, c.databasePath()); err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "The previous backup URL no longer works. The new one:")
	return printBackupURL(cmd, c)
}

// backupByURL makes a backup for a request to the backup URL; see web.Options.Backup. existing is the time of a
// recent backup if that made a new one unnecessary.
func backupByURL(ctx context.Context, version string, c *Config, museum *store.Store) (existing time.Time, err error) {
	made, err := makeBackup(ctx, c, backup.Options{Store: museum, Program: version, OnRequest: true})
	if err == nil && made.Existing {
		existing, _ = backup.Taken(made.Name)
	}
	return existing, err
}

// isBackupRequest reports whether a request carries the valid backup URL.
func isBackupRequest(r *http.Request, c *Config) bool {
	secret, err := store.ReadSecret(c.DataDir)
	if err != nil {
		return false
	}
	word, err := c.backupNonce()
	return err == nil && web.IsBackupRequest(r, secret, word)
}

// failBackupByURL mails the superusers when a museum cannot even be opened for a backup, unless they were told
// recently.
func failBackupByURL(ctx context.Context, c *Config, failure error) error {
	if backup.LimitRequests(c.databasePath(), time.Now()) != nil {
		return failure // a failure was mailed recently
	}
	return errors.Join(failure, mailBackupFailure(ctx, c, nil, failure))
}
