package store

import (
	"context"
	"crypto/sha256"
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

// CodeRequest is who asks for a code, and what for.
type CodeRequest struct {
	Purpose app.CodePurpose
	Address app.Address
	Browser Browser
	Limits  app.SignInLimits
}

// inBrowser goes before a browser's id in the name of a throttle.
const inBrowser = " in browser "

// codesFor and wrongCodesFor begin the names of what is counted of codes, wrongPasswordsFor of what is of passwords.
var (
	codesFor      = map[app.CodePurpose]string{app.CodeToSignIn: "codes for ", app.CodeToDeleteAccount: "deletion codes for "}
	wrongCodesFor = map[app.CodePurpose]string{app.CodeToSignIn: "wrong codes for ", app.CodeToDeleteAccount: "wrong deletion codes for "}
)

const wrongPasswordsFor = "wrong passwords for "

// codesAnHour counts what an address is sent.
func codesAnHour(c CodeRequest) throttle {
	name := codesFor[c.Purpose] + c.Address.Email
	if c.Browser.Known {
		name += inBrowser + c.Browser.ID
	}
	return throttle{name, c.Limits.CodesPerHour, time.Hour}
}

// wrongCodesADay counts what is tried: apart for each browser that asked for the code it tries.
func wrongCodesADay(purpose app.CodePurpose, email string, browser Browser, asked bool, limits app.SignInLimits) throttle {
	name := wrongCodesFor[purpose] + email
	if asked {
		name += inBrowser + browser.ID
	}
	return throttle{name, limits.WrongCodesPerDay, 24 * time.Hour}
}

// CreateCode makes a code for an address; the older one is void. It fails with KindTooMany over the limit an hour, and
// with KindForbidden where the account is switched off.
func (s *Store) CreateCode(ctx context.Context, c CodeRequest) (code string, err error) {
	code = app.NewCode()
	err = s.writing(ctx, func(tx runner) error {
		now := s.Now()
		if err := tx.sweep(ctx, now); err != nil {
			return err
		}
		if _, err := tx.count(ctx, codesAnHour(c), now,
			"Several codes were sent to this address in the last hour. Please use the newest one in your mail, look into the spam folder, or ask your teacher."); err != nil {
			return err
		}
		return tx.createCode(ctx, c, code, now)
	})
	return code, err
}

// IssueCode makes a sign-in code without limits, for a superuser to hand over.
func (s *Store) IssueCode(ctx context.Context, address app.Address) (code string, err error) {
	code = app.NewCode()
	err = s.writing(ctx, func(tx runner) error {
		return tx.createCode(ctx, CodeRequest{Purpose: app.CodeToSignIn, Address: address}, code, s.Now())
	})
	return code, err
}

func (r runner) createCode(ctx context.Context, c CodeRequest, code string, now time.Time) error {
	user, err := r.findUser(ctx, c.Address.Email)
	if err == nil && !user.IsActive {
		return app.Errorf(app.KindForbidden, "The account %s is switched off.", c.Address.Email)
	}
	if err != nil && app.KindOf(err) != app.KindNotFound {
		return err
	}
	_, err = r.exec(ctx, `insert into codes (email, purpose, mailbox, hash, browser, created_at, expires_at, tries_here, tries_away)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
		on conflict (email, purpose) do update set mailbox = excluded.mailbox, hash = excluded.hash, browser = excluded.browser,
			created_at = excluded.created_at, expires_at = excluded.expires_at,
			tries_here = excluded.tries_here, tries_away = excluded.tries_away`,
		c.Address.Email, c.Purpose, c.Address.Mailbox, app.HashCode(r.store.secret, c.Purpose, c.Address.Email, code), c.Browser.hash(),
		micros(now), micros(now.Add(app.CodeLifetime)), app.CodeTries)
	return err
}

// WithdrawCode voids a code that could not be sent, and does not count it. A newer one stays.
func (s *Store) WithdrawCode(ctx context.Context, c CodeRequest, code string) error {
	return s.writing(ctx, func(tx runner) error {
		if _, err := tx.exec(ctx, `delete from codes where email = $1 and purpose = $2 and hash = $3`,
			c.Address.Email, c.Purpose, app.HashCode(s.secret, c.Purpose, c.Address.Email, code)); err != nil {
			return err
		}
		return tx.uncount(ctx, codesAnHour(c))
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
		mailbox, right, err := tx.tryCode(ctx, codeTry{app.CodeToSignIn, try.Address.Email, try.Code, try.Browser, try.Session.Address}, try.Limits, now)
		if err != nil || !right {
			refusal = errWrongCode
			return err
		}
		in, err = tx.signIn(ctx, app.Address{Email: try.Address.Email, Mailbox: mailbox}, try.Session, now)
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

// signIn begins a session of the user, who is made if need be.
func (r runner) signIn(ctx context.Context, address app.Address, begin NewSession, now time.Time) (in SignedIn, err error) {
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
	if err == nil {
		err = r.record(ctx, app.Actor{UserID: user.ID, Address: begin.Address}.Event(app.ActionSignIn, user.ID))
	}
	return SignedIn{User: user, Token: token}, err
}
