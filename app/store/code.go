package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Browser is who asks for a code or tries one. Tries of the browser that asked are counted apart from all others, so
// that nobody can use up another's.
type Browser struct {
	ID    string // random, from its cookie; empty: it has none
	Known bool   // it has signed in with this address before, and keeps an allowance of codes of its own
}

// hash is what is kept of a browser's id.
func (b Browser) hash() []byte {
	if b.ID == "" {
		return []byte{}
	}
	hash := sha256.Sum256([]byte(b.ID))
	return hash[:]
}

// codesAnHour counts what an address is sent.
func codesAnHour(email string, browser Browser, limits app.SignInLimits) throttle {
	name := "codes for " + email
	if browser.Known {
		name += " in browser " + browser.ID
	}
	return throttle{name, limits.CodesPerHour, time.Hour}
}

// wrongCodesADay counts what is tried: apart for each browser that asked for the code it tries.
func wrongCodesADay(email string, browser Browser, asked bool, limits app.SignInLimits) throttle {
	name := "wrong codes for " + email
	if asked {
		name += " in browser " + browser.ID
	}
	return throttle{name, limits.WrongCodesPerDay, 24 * time.Hour}
}

// CreateCode makes a code for an address; the older one is void. It fails with KindTooMany over the limit an hour, and
// with KindForbidden where the account is switched off.
func (s *Store) CreateCode(ctx context.Context, address app.Address, browser Browser, limits app.SignInLimits) (code string, err error) {
	code = app.NewCode()
	err = s.writing(ctx, func(tx runner) error {
		now := s.Now()
		if err := tx.sweep(ctx, now); err != nil {
			return err
		}
		if err := tx.count(ctx, codesAnHour(address.Email, browser, limits), now,
			"Several codes were sent to this address in the last hour. Please use the newest one in your mail, look into the spam folder, or ask your teacher."); err != nil {
			return err
		}
		return tx.createCode(ctx, address, browser, code, now)
	})
	return code, err
}

// IssueCode makes a code without limits, for a superuser to hand over.
func (s *Store) IssueCode(ctx context.Context, address app.Address) (code string, err error) {
	code = app.NewCode()
	err = s.writing(ctx, func(tx runner) error {
		return tx.createCode(ctx, address, Browser{}, code, s.Now())
	})
	return code, err
}

func (r runner) createCode(ctx context.Context, address app.Address, browser Browser, code string, now time.Time) error {
	user, err := r.findUser(ctx, address.Email)
	if err == nil && !user.IsActive {
		return app.Errorf(app.KindForbidden, "The account %s is switched off.", address.Email)
	}
	if err != nil && app.KindOf(err) != app.KindNotFound {
		return err
	}
	_, err = r.exec(ctx, `insert into codes (email, mailbox, hash, browser, created_at, expires_at, tries_here, tries_away)
		values ($1, $2, $3, $4, $5, $6, $7, $7)
		on conflict (email) do update set mailbox = excluded.mailbox, hash = excluded.hash, browser = excluded.browser,
			created_at = excluded.created_at, expires_at = excluded.expires_at,
			tries_here = excluded.tries_here, tries_away = excluded.tries_away`,
		address.Email, address.Mailbox, app.HashCode(r.store.secret, address.Email, code), browser.hash(),
		micros(now), micros(now.Add(app.CodeLifetime)), app.CodeTries)
	return err
}

// WithdrawCode voids a code that could not be sent, and does not count it. A newer one stays.
func (s *Store) WithdrawCode(ctx context.Context, address app.Address, code string, browser Browser, limits app.SignInLimits) error {
	return s.writing(ctx, func(tx runner) error {
		if _, err := tx.exec(ctx, `delete from codes where email = $1 and hash = $2`,
			address.Email, app.HashCode(s.secret, address.Email, code)); err != nil {
			return err
		}
		return tx.uncount(ctx, codesAnHour(address.Email, browser, limits))
	})
}

// SignIn is a try to sign in with a code.
type SignIn struct {
	Address app.Address
	Code    string
	Browser Browser
	Session NewSession
	Limits  app.SignInLimits
}

// SignedIn is what a right code gives.
type SignedIn struct {
	User  app.User
	Token []byte // of the new session
	IsNew bool   // the account was made just now
}

// errWrongCode is the answer to a wrong code, a void one and an unknown address alike.
var errWrongCode = app.Errorf(app.KindInvalid, "Invalid or expired OTP code")

// SignIn tries a code. A right one is used up, makes the account if there is none, and begins a session. A wrong one is
// counted: KindInvalid, or KindTooMany when the day's tries are used up.
func (s *Store) SignIn(ctx context.Context, try SignIn) (in SignedIn, err error) {
	var refusal error // kept apart from err: the counting of a wrong try must be committed
	err = s.writing(ctx, func(tx runner) error {
		now := s.Now()
		row, found, err := tx.findCode(ctx, try.Address.Email, now)
		if err != nil {
			return err
		}
		asked := found && try.Browser.ID != "" && hmac.Equal(row.browser, try.Browser.hash())
		wrong := wrongCodesADay(try.Address.Email, try.Browser, asked, try.Limits)
		if err := tx.check(ctx, wrong, now, "Too many wrong codes were tried for this address. Please try again tomorrow, or ask your teacher."); err != nil {
			return err
		}
		right := hmac.Equal(row.hash, app.HashCode(s.secret, try.Address.Email, try.Code)) // in constant time
		if !found || !right || row.tries(asked) == 0 {
			refusal = errWrongCode
			return tx.countWrongCode(ctx, try.Address.Email, asked, wrong, now)
		}
		in, err = tx.signIn(ctx, app.Address{Email: try.Address.Email, Mailbox: row.mailbox}, try.Session, now)
		if app.KindOf(err) == app.KindForbidden {
			refusal, err = errWrongCode, nil
		}
		return err
	})
	if err == nil {
		err = refusal
	}
	return in, err
}

// codeRow is the open code of an address.
type codeRow struct {
	mailbox              string
	hash, browser        []byte
	triesHere, triesAway int
}

func (c codeRow) tries(asked bool) int {
	if asked {
		return c.triesHere
	}
	return c.triesAway
}

func (r runner) findCode(ctx context.Context, email string, now time.Time) (row codeRow, found bool, err error) {
	err = r.scan(ctx, `select mailbox, hash, browser, tries_here, tries_away from codes where email = $1 and expires_at > $2`,
		[]any{email, micros(now)}, &row.mailbox, &row.hash, &row.browser, &row.triesHere, &row.triesAway)
	if errors.Is(err, sql.ErrNoRows) {
		return row, false, nil
	}
	return row, err == nil, err
}

// countWrongCode takes one from the tries left, and adds one to the day's.
func (r runner) countWrongCode(ctx context.Context, email string, asked bool, day throttle, now time.Time) error {
	query := `update codes set tries_away = tries_away - 1 where email = $1 and tries_away > 0`
	if asked {
		query = `update codes set tries_here = tries_here - 1 where email = $1 and tries_here > 0`
	}
	if _, err := r.exec(ctx, query, email); err != nil {
		return err
	}
	err := r.count(ctx, day, now, "")
	if app.KindOf(err) == app.KindTooMany {
		return nil // the next try hears of it
	}
	return err
}

// signIn uses up the code, and begins a session of the user, who is made if need be.
func (r runner) signIn(ctx context.Context, address app.Address, begin NewSession, now time.Time) (in SignedIn, err error) {
	if _, err = r.exec(ctx, `delete from codes where email = $1`, address.Email); err != nil {
		return in, err
	}
	in.User, err = r.findUser(ctx, address.Email)
	if app.KindOf(err) == app.KindNotFound {
		in.IsNew = true
		in.User, err = r.createUser(ctx, address, now)
	}
	if err != nil {
		return in, err
	}
	if !in.User.IsActive {
		return in, app.Errorf(app.KindForbidden, "The account %s is switched off.", address.Email)
	}
	isNew := in.IsNew
	in, err = r.beginSession(ctx, in.User, begin, now)
	in.IsNew = isNew
	return in, err
}

// beginSession signs a user in.
func (r runner) beginSession(ctx context.Context, user app.User, begin NewSession, now time.Time) (in SignedIn, err error) {
	user.LastLogin = now
	if _, err = r.exec(ctx, `update users set last_login = $1 where id = $2`, micros(now), user.ID); err != nil {
		return in, err
	}
	token, err := r.createSession(ctx, user.ID, begin, now)
	return SignedIn{User: user, Token: token}, err
}
