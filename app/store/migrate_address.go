package store

import (
	"context"
	"database/sql"

	"github.com/mathmuseums/mathmuseums/app"
)

// respellAddresses rewrites non-ASCII addresses as app.ParseAddress spells them since version 4: domains in the ASCII
// form of IDNA. If a mailbox was written with letters that only fold into those of the account, mail went to somebody
// else: from then on it goes to the account's own address. An account whose new address is taken by another stays as
// it is.
func respellAddresses(ctx context.Context, tx *sql.Tx) error {
	type account struct {
		id             int64
		email, mailbox string
	}
	var accounts []account
	rows, err := tx.QueryContext(ctx, `select id, email, mailbox from users where length(email) <> length(cast(email as blob)) or email <> lower(mailbox)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a account
		if err := rows.Scan(&a.id, &a.email, &a.mailbox); err != nil {
			return err
		}
		accounts = append(accounts, a)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, a := range accounts {
		want, err := app.ParseAddress(a.email)
		if err != nil {
			continue // nobody can request a code for it; a superuser finds it
		}
		if written, err := app.ParseAddress(a.mailbox); err == nil && written.Email == want.Email {
			want.Mailbox = written.Mailbox
		}
		if _, err := tx.ExecContext(ctx, `update or ignore users set email = $1, mailbox = $2 where id = $3`, want.Email, want.Mailbox, a.id); err != nil {
			return err
		}
	}
	return nil
}
