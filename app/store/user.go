package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const userColumns = `id, email, mailbox, display_name, password_hash, is_active, is_staff, is_superuser, date_joined, last_login`

// userDest returns the scan destinations for a row of userColumns.
func userDest(user *app.User) []any {
	return []any{&user.ID, &user.Email, &user.Mailbox, &user.DisplayName, &user.PasswordHash, &user.IsActive, &user.IsStaff,
		&user.IsSuperuser, moment{&user.DateJoined}, moment{&user.LastLogin}}
}

// FindUser returns the user with an address, in any spelling of case.
func (s *Store) FindUser(ctx context.Context, address app.Address) (app.User, error) {
	return s.reading().findUser(ctx, address.Email)
}

func (r runner) findUser(ctx context.Context, email string) (user app.User, err error) {
	err = r.scan(ctx, `select `+userColumns+` from users where email = $1`, []any{email}, userDest(&user)...)
	if errors.Is(err, sql.ErrNoRows) {
		return user, app.Errorf(app.KindNotFound, "There is no account with the address %s.", email)
	}
	return user, err
}

// createUser creates an ordinary account.
func (r runner) createUser(ctx context.Context, address app.Address, now time.Time) (user app.User, err error) {
	err = r.scan(ctx, `insert into users (email, mailbox, date_joined) values ($1, $2, $3) returning `+userColumns,
		[]any{address.Email, address.Mailbox, micros(now)}, userDest(&user)...)
	return user, err
}

// HasSuperuser reports whether there is a superuser.
func (s *Store) HasSuperuser(ctx context.Context) (has bool, err error) {
	err = s.reading().scan(ctx, `select exists (select 1 from users where is_superuser = 1 and is_active = 1)`, nil, &has)
	return has, err
}

// ListSuperuserMailboxes returns the mail addresses of the superusers as they write them, oldest account first.
func (s *Store) ListSuperuserMailboxes(ctx context.Context) (mailboxes []string, err error) {
	defer func() { err = withSentinel(err) }()
	rows, err := s.reading().query(ctx, `select mailbox from users where is_superuser = 1 and is_active = 1 order by id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var mailbox string
		if err := rows.Scan(&mailbox); err != nil {
			return nil, err
		}
		mailboxes = append(mailboxes, mailbox)
	}
	return mailboxes, rows.Err()
}

// SaveSuperuser creates a superuser, or makes an existing account one, and sets the password hash unless that is
// empty. It reports whether the account is new.
func (s *Store) SaveSuperuser(ctx context.Context, address app.Address, passwordHash string) (user app.User, isNew bool, err error) {
	err = s.writing(ctx, func(tx runner) error {
		_, err := tx.findUser(ctx, address.Email)
		if isNew = app.KindOf(err) == app.KindNotFound; err != nil && !isNew {
			return err
		}
		return tx.scan(ctx, `insert into users (email, mailbox, date_joined, password_hash, is_staff, is_superuser)
			values ($1, $2, $3, $4, 1, 1)
			on conflict (email) do update set is_active = 1, is_staff = 1, is_superuser = 1,
				password_hash = case when $4 = '' then password_hash else $4 end
			returning `+userColumns,
			[]any{address.Email, address.Mailbox, micros(s.Now()), passwordHash}, userDest(&user)...)
	})
	return user, isNew, err
}
