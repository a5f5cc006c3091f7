package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// mailBackupFailure tells those who run the museum that there is no backup: nobody reads what cron has to say. museum is nil
// where it cannot be opened. Without a mail server nobody is told.
func mailBackupFailure(ctx context.Context, c *Config, museum *store.Store, failure error) error {
	if c.noMailServer() {
		return nil
	}
	sender, err := mail.Open(c.MailURL, mail.Options{From: c.MailFrom})
	if err != nil {
		return fmt.Errorf("no mail could be sent about it: %w", err)
	}
	addresses, err := superuserMailboxes(ctx, c, museum)
	if err == nil && len(addresses) == 0 {
		err = errors.New("neither the museum nor a backup of it says who runs it")
	}
	if err != nil {
		return fmt.Errorf("no mail could be sent about it: %w", err)
	}
	for _, address := range addresses {
		if sendErr := sender.Send(ctx, mail.NewBackupFailedMessage(address, c.museumName(), failure.Error())); sendErr != nil {
			err = errors.Join(err, fmt.Errorf("no mail could be sent about it to %s: %w", address, sendErr))
		}
	}
	return err
}

// mailSettingsFailure is mailBackupFailure for settings with a mistake, if how mail is sent is known all the same. Who has mistyped a
// flag sits there.
func mailSettingsFailure(ctx context.Context, program Program, c *Config, failure error) error {
	if _, ok := errors.AsType[*usageError](failure); ok || c.DataDir == "" {
		return nil
	}
	failure = fmt.Errorf("no backup was made: %w", failure)
	museum, err := openForBackup(ctx, program, c)
	if err != nil {
		return mailBackupFailure(ctx, c, nil, failure)
	}
	return errors.Join(mailBackupFailure(ctx, c, museum, failure), museum.Close())
}

// superuserMailboxes asks the museum who runs it, and where that cannot be asked its newest backup.
func superuserMailboxes(ctx context.Context, c *Config, museum *store.Store) ([]string, error) {
	if museum != nil {
		if addresses, err := museum.ListSuperuserMailboxes(ctx); err == nil {
			return addresses, nil
		}
	}
	place, err := c.backupPlace()
	if err != nil {
		return nil, err
	}
	secret, _ := store.ReadSecret(c.DataDir) // it may be lost too
	return backup.Superusers(ctx, place, secret)
}

// museumName says which museum it is to who runs several.
func (c *Config) museumName() string {
	if c.PublicURL != nil {
		return c.PublicURL.String()
	}
	host, err := os.Hostname()
	if err != nil {
		return c.DataDir
	}
	return c.DataDir + " on " + host
}
