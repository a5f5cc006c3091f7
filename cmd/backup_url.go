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

// printBackupURL prints the address for those who can only fetch one.
func printBackupURL(cmd *cobra.Command, c *Config) error {
	if !c.hasDatabase() {
		return noMuseumError(c)
	}
	if c.PublicURL == nil {
		return fmt.Errorf("the address of the museum is not known: set %sPUBLIC_URL, such as https://museum.example.com/, "+
			"or sign in as a superuser and open /api/tasks/ there", prefix)
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

// backupNonceFile holds a word with which the address is signed, once it was revoked. Whoever has no shell writes anything else
// into it. It is no part of the database, which may be what is broken when a backup is asked for.
const backupNonceFile = "backup-address.txt"

func (c *Config) backupNonce() (string, error) {
	text, err := os.ReadFile(filepath.Join(c.DataDir, backupNonceFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), err
}

// revokeBackupURL makes the address that is known so far worthless, and prints the new one where it can be told.
func revokeBackupURL(cmd *cobra.Command, c *Config) error {
	if !c.hasDatabase() {
		return noMuseumError(c)
	}
	file := filepath.Join(c.DataDir, backupNonceFile)
	if err := os.WriteFile(file, []byte(rand.Text()+"\n"), 0o600); err != nil {
		return folderError(c, err)
	}
	if err := platform.Adopt(file, c.databasePath()); err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "The address for backups that was known so far makes none any more. The new one:")
	return printBackupURL(cmd, c)
}

// backupByURL makes a backup for who fetches that address: see web.Options.
func backupByURL(ctx context.Context, version string, c *Config, museum *store.Store) (existing time.Time, err error) {
	made, err := makeBackup(ctx, c, backup.Options{Store: museum, Program: version, Asked: true})
	if err == nil && made.Existing {
		existing, _ = backup.Taken(made.Name)
	}
	return existing, err
}

// isBackupRequest tells whether a request comes by that address.
func isBackupRequest(r *http.Request, c *Config) bool {
	secret, err := store.ReadSecret(c.DataDir)
	if err != nil {
		return false
	}
	word, err := c.backupNonce()
	return err == nil && web.AsksForBackup(r, secret, word)
}

// failBackupByURL has those who run the museum get a mail where it cannot even be opened for a backup.
func failBackupByURL(ctx context.Context, c *Config, failure error) error {
	if backup.Rest(c.databasePath(), time.Now()) != nil {
		return failure // they had one
	}
	return errors.Join(failure, mailBackupFailure(ctx, c, nil, failure))
}
