package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// mailBackupFailure tells those who run the museum that there is no backup: nobody reads what cron has to say. Without a
// mail server nobody is told.
func mailBackupFailure(ctx context.Context, c *Config, museum *store.Store, failure error) error {
	if strings.EqualFold(c.MailURL, "console:") {
		return nil
	}
	sender, err := mail.Open(c.MailURL, mail.Options{From: c.MailFrom})
	if err != nil {
		return fmt.Errorf("no mail could be sent about it: %w", err)
	}
	superusers, err := museum.ListSuperusers(ctx)
	if err != nil {
		return fmt.Errorf("no mail could be sent about it: %w", err)
	}
	for _, superuser := range superusers {
		if sendErr := sender.Send(ctx, mail.NewBackupFailedMessage(superuser.Mailbox, c.placeName(), failure.Error())); sendErr != nil {
			err = errors.Join(err, fmt.Errorf("no mail could be sent about it to %s: %w", superuser.Mailbox, sendErr))
		}
	}
	return err
}

// placeName says which museum it is to who runs several.
func (c *Config) placeName() string {
	if c.PublicURL != nil {
		return c.PublicURL.String()
	}
	host, err := os.Hostname()
	if err != nil {
		return c.DataDir
	}
	return c.DataDir + " on " + host
}
