package store

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Browser is the browser that asks for a code or tries one. A known browser has counters of its own, so that others
// cannot use up its tries.
type Browser struct {
	ID    string // random, from its cookie; empty if it has none
	Known bool   // it has signed in with this address before
}

// hash returns what is stored of a browser's id.
func (b Browser) hash() []byte {
	if b.ID == "" {
		return []byte{}
	}
	hash := sha256.Sum256([]byte(b.ID))
	return hash[:]
}

// ifKnown returns the browser if it has signed in with the address before, otherwise the zero value. Unknown browsers
// share one counter, since anyone can have any number of them.
func (b Browser) ifKnown() Browser {
	if b.Known {
		return b
	}
	return Browser{}
}

// CodeRequest says who asks for a code and what for.
type CodeRequest struct {
	Purpose app.CodePurpose
	Address app.Address
	Browser Browser
	Network string // address of the request
	Limits  app.SignInLimits
}

// codesSent limits the codes sent to a mailbox.
func (c CodeRequest) codesSent() throttle {
	kind := kindCodes
	if c.Purpose == app.CodeToDeleteAccount {
		kind = kindDeletionCodes
	}
	return throttle{kind: kind, subject: c.Address.MailboxKey(), browser: c.Browser.ifKnown(), limit: c.Limits.CodesPerHour, window: time.Hour}
}

// mailsSent limits the mails for a network and for the whole museum. Neither limit applies to a browser that has
// signed in as the address before or to a signed-in user: codesSent bounds those, and strangers must not lock them
// out.
func (c CodeRequest) mailsSent() [2]throttle {
	network, all := c.Limits.NetworkMailsPerHour, c.Limits.MailsPerHour
	if c.Browser.Known || c.Purpose == app.CodeToDeleteAccount {
		network, all = 0, 0
	}
	return [2]throttle{{kind: kindNetworkMails, subject: c.Network, limit: network, window: time.Hour}, {kind: kindMails, limit: all, window: time.Hour}}
}

// CreateCode creates a code for an address and voids the older one of the same browser. It fails with KindTooMany
// over a limit, and with KindForbidden if the account is switched off.
func (s *Store) CreateCode(ctx context.Context, c CodeRequest) (code string, err error) {
	code = app.NewCode()
	var refusal error // kept apart from err: a request for a switched-off account counts like any other
	err = s.writing(ctx, func(tx runner) error {
		now := s.Now()
		if err := tx.sweepThrottles(ctx, now); err != nil {
			return err
		}
		tries, err := tx.triesOfNewCode(ctx, c, now)
		if err != nil {
			return err
		}
		if err := tx.countMail(ctx, c, now); err != nil {
			return err
		}
		err = tx.createCode(ctx, c, newCode{code: code, here: tries, away: app.CodeTries}, now)
		if app.KindOf(err) == app.KindForbidden {
			refusal, err = err, nil
		}
		return err
	})
	if err == nil {
		err = refusal
	}
	return code, err
}

// triesOfNewCode returns how many tries a new code allows in the browser that asks. Browsers that have never signed
// in as the address share the day's tries: each new code reserves some of them, so that its owner can use it whatever
// strangers try, while the total stays bounded.
func (r runner) triesOfNewCode(ctx context.Context, c CodeRequest, now time.Time) (int, error) {
	if c.Browser.Known || c.Purpose != app.CodeToSignIn {
		return app.CodeTries, nil
	}
	left, err := r.strangersLeft(ctx, c.Address.Email, &c.Browser, c.Limits, now)
	return min(left, app.CodeTries), err
}

// countMail counts a mail with a code.
func (r runner) countMail(ctx context.Context, c CodeRequest, now time.Time) error {
	if _, err := r.count(ctx, c.codesSent(), now,
		"Several codes were sent to this address in the last hour. Please use the newest one in your mail, look into the spam folder, or ask your teacher."); err != nil {
		return err
	}
	for _, mails := range c.mailsSent() {
		isLast, err := r.count(ctx, mails, now, "The museum has sent very many mails in the last hour, and sends no more for now. Please ask your teacher for a code.")
		if err == nil && isLast {
			err = r.record(ctx, app.AuditEvent{Action: app.ActionSignInLimit, Address: c.Network})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// IssueCode creates a sign-in code without limits, to be handed over by somebody who runs the museum. It works in
// every browser, whatever strangers have tried.
func (s *Store) IssueCode(ctx context.Context, address app.Address) (code string, err error) {
	code = app.NewCode()
	err = s.writing(ctx, func(tx runner) error {
		return tx.createCode(ctx, CodeRequest{Purpose: app.CodeToSignIn, Address: address}, newCode{code: code, issued: true, away: app.IssuedCodeTries}, s.Now())
	})
	return code, err
}

// newCode describes a code to be stored.
type newCode struct {
	code       string
	issued     bool // by hand
	here, away int  // tries, see the table codes
}

func (r runner) createCode(ctx context.Context, c CodeRequest, made newCode, now time.Time) error {
	user, err := r.findUser(ctx, c.Address.Email)
	isOff := err == nil && !user.IsActive
	if err != nil && app.KindOf(err) != app.KindNotFound {
		return err
	}
	if made.issued { // earlier tries belonged to another code
		if _, err := r.exec(ctx, `delete from throttles where kind = $1 and subject = $2`, kindWrongElsewhere, c.Address.Email); err != nil {
			return err
		}
	}
	_, err = r.exec(ctx, `insert into codes (email, purpose, issued, browser, is_known, mailbox, hash, created_at, expires_at, tries_here, tries_away)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (email, purpose, issued, browser) do update set is_known = excluded.is_known, mailbox = excluded.mailbox, hash = excluded.hash,
			created_at = excluded.created_at, expires_at = excluded.expires_at,
			tries_here = excluded.tries_here, tries_away = excluded.tries_away`,
		c.Address.Email, c.Purpose, made.issued, c.Browser.hash(), c.Browser.Known, c.Address.Mailbox,
		app.HashCode(r.store.secret, c.Purpose, c.Address.Email, made.code), micros(now), micros(now.Add(app.CodeLifetime)), made.here, made.away)
	if err == nil && isOff { // the code is stored all the same: nobody is told, and tries are answered as for any other address
		err = app.Errorf(app.KindForbidden, "The account %s is switched off.", c.Address.Email)
	}
	return err
}

// WithdrawCode voids a code that could not be sent and takes it off the counters. A newer code stays valid.
func (s *Store) WithdrawCode(ctx context.Context, c CodeRequest, code string) error {
	return s.writing(ctx, func(tx runner) error {
		if _, err := tx.exec(ctx, `delete from codes where email = $1 and purpose = $2 and issued = 0 and browser = $3 and hash = $4`,
			c.Address.Email, c.Purpose, c.Browser.hash(), app.HashCode(s.secret, c.Purpose, c.Address.Email, code)); err != nil {
			return err
		}
		mails := c.mailsSent()
		for _, t := range []throttle{c.codesSent(), mails[0], mails[1]} {
			if err := tx.uncount(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// SignIn is an attempt to sign in with a code.
type SignIn struct {
	Address app.Address
	Code    string
	Browser Browser
	Session NewSession
	Limits  app.SignInLimits
}

// SignedIn is the result of a right code.
type SignedIn struct {
	User  app.User
	Token []byte // of the new session
	IsNew bool   // the account was created just now
}

// errWrongCode is returned for a wrong code, a void one and an unknown address alike.
var errWrongCode = app.Errorf(app.KindInvalid, "Invalid or expired OTP code")

// SignIn tries a code. A right code is consumed, creates the account if there is none, and starts a session. A wrong
// code is counted: the error is KindInvalid, or KindTooMany once the day's tries are used up.
func (s *Store) SignIn(ctx context.Context, try SignIn) (in SignedIn, err error) {
	var refusal error // kept apart from err: the transaction that counts a wrong try must commit
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

// signIn starts a session for the user, who is created if necessary.
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

// beginSession starts a session and resets the counters of wrong tries in a row.
func (r runner) beginSession(ctx context.Context, user app.User, begin NewSession, now time.Time) (in SignedIn, err error) {
	user.LastLogin = now
	if _, err = r.exec(ctx, `update users set last_login = $1 where id = $2`, micros(now), user.ID); err != nil {
		return in, err
	}
	token, err := r.createSession(ctx, user.ID, begin, now)
	for _, kind := range []throttleKind{kindWrongRow, kindPasswordRow} { // whoever got in is the owner
		if err == nil {
			err = r.reset(ctx, throttle{kind: kind, subject: user.Email})
		}
	}
	if err == nil {
		err = r.record(ctx, app.Actor{UserID: user.ID, Address: begin.Address}.Event(app.ActionSignIn, user.ID))
	}
	return SignedIn{User: user, Token: token}, err
}
