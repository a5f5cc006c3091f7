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

// mailBackupFailure mails the superusers that a backup failed, because the output of cron is rarely read. museum is
// nil if it cannot be opened. Without a mail server it does nothing.
func mailBackupFailure(ctx context.Context, c *Config, museum *store.Store, failure error) error {
	if c.noMailServer() {
		return nil
	}
	sender, err := mail.Open(c.MailURL, mail.Options{From: c.MailFrom})
	if err != nil {
		return fmt.Errorf("the failure could not be mailed: %w", err)
	}
	addresses, err := superuserMailboxes(ctx, c, museum)
	if err == nil && len(addresses) == 0 {
		err = errors.New("neither the museum nor its backups name a superuser")
	}
	if err != nil {
		return fmt.Errorf("the failure could not be mailed: %w", err)
	}
	for _, address := range addresses {
		if sendErr := sender.Send(ctx, mail.NewBackupFailedMessage(address, c.museumName(), failure.Error())); sendErr != nil {
			err = errors.Join(err, fmt.Errorf("the failure could not be mailed to %s: %w", address, sendErr))
		}
	}
	return err
}

// mailSettingsFailure does what mailBackupFailure does for invalid settings, if the mail settings themselves are
// usable. A mistyped flag is not mailed: whoever typed it sees the error.
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

// superuserMailboxes returns the superusers of the museum or, if it cannot be read, those in its newest backup.
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

// museumName returns the museum's public URL or, without one, its folder and host, for operators who run several
// museums.
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
