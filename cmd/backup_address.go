package cmd

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/spf13/cobra"
)

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

// backupByAddress makes a backup for who fetches that address: see web.Options.
func backupByAddress(ctx context.Context, version string, c *Config, museum *store.Store) (existing time.Time, err error) {
	made, err := makeBackup(ctx, c, backup.Options{Store: museum, Program: version, Asked: true})
	if err == nil && made.Existing {
		existing, _ = backup.Taken(made.Name)
	}
	return existing, err
}

// asksForBackup tells whether a request comes by that address.
func asksForBackup(r *http.Request, c *Config) bool {
	secret, err := store.ReadSecret(c.DataDir)
	return err == nil && web.AsksForBackup(r, secret)
}

// failBackupByAddress has those who run the museum get a mail where it cannot even be opened for a backup.
func failBackupByAddress(ctx context.Context, c *Config, failure error) error {
	if backup.Rest(c.databasePath(), time.Now()) != nil {
		return failure // they had one
	}
	return errors.Join(failure, mailBackupFailure(ctx, c, nil, failure))
}
