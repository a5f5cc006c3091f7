package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// throttleKind says what a throttle counts.
type throttleKind string

const (
	kindCodes          throttleKind = "codes"          // sent to a mailbox
	kindDeletionCodes  throttleKind = "deletion codes" // likewise
	kindNetworkMails   throttleKind = "network mails"  // requested from a network
	kindMails          throttleKind = "mails"          // of the whole museum
	kindWrongCodes     throttleKind = "wrong codes"    // for an address, in a day
	kindWrongRow       throttleKind = "wrong codes in a row"
	kindWrongDeletion  throttleKind = "wrong deletion codes"
	kindWrongElsewhere throttleKind = "wrong codes of others" // by a browser, for a code that it did not ask for
	kindWrongPasswords throttleKind = "wrong passwords"
	kindPasswordRow    throttleKind = "wrong passwords in a row"
	kindRequests       throttleKind = "sign-in requests" // of a network
)

// rowWindow is how long wrong tries in a row are remembered after the last one. Nobody guesses that slowly.
const rowWindow = 365 * 24 * time.Hour

// throttle is a counter with a limit. It starts with the first thing counted and ends with its window.
type throttle struct {
	kind    throttleKind
	subject string
	browser Browser // has a counter of its own; the zero value shares one
	limit   int     // 0: none
	window  time.Duration
	slides  bool // each thing counted restarts the window
}

// slack is how far beyond its window an expiry may lie before the clock must have been set back. Small corrections of
// the clock are normal.
func slack(window time.Duration) time.Duration { return window / 10 }

// latest returns the latest believable expiry of something that lasts for window. A later one was written when the
// clock was ahead, and counts as expired: otherwise a clock that was a year ahead for a minute would lock people out,
// or keep codes and sessions alive, for a year.
func latest(now time.Time, window time.Duration) int64 {
	return micros(now.Add(window + slack(window)))
}

// count adds one, and fails with KindTooMany and the message if that exceeds the limit. isLast reports that the limit
// is now reached.
func (r runner) count(ctx context.Context, t throttle, now time.Time, message string) (isLast bool, err error) {
	var count int
	var expires time.Time
	err = r.scan(ctx, `insert into throttles (kind, subject, browser, count, expires_at) values ($1, $2, $3, 1, $4)
		on conflict (kind, subject, browser) do update set
			count      = case when expires_at <= $5 or expires_at > $6 then 1 else count + 1 end,
			expires_at = case when expires_at <= $5 or expires_at > $6 or $7 then $4 else expires_at end
		returning count, expires_at`,
		[]any{t.kind, t.subject, t.browser.hash(), micros(now.Add(t.window)), micros(now), latest(now, t.window), t.slides},
		&count, moment{&expires})
	if err == nil && t.limit > 0 && count > t.limit {
		err = tooMany(expires.Sub(now), message)
	}
	return count == t.limit, err
}

// uncount takes one back.
func (r runner) uncount(ctx context.Context, t throttle) error {
	_, err := r.exec(ctx, `update throttles set count = count - 1 where kind = $1 and subject = $2 and browser = $3 and count > 0`,
		t.kind, t.subject, t.browser.hash())
	return err
}

// left returns how many more may be counted, and how long until the throttle restarts. Without a limit it returns a
// large number.
func (r runner) left(ctx context.Context, t throttle, now time.Time) (left int, after time.Duration, err error) {
	const many = 1 << 30
	if t.limit == 0 {
		return many, 0, nil
	}
	var count int
	var expires time.Time
	err = r.scan(ctx, `select count, expires_at from throttles
		where kind = $1 and subject = $2 and browser = $3 and expires_at > $4 and expires_at <= $5`,
		[]any{t.kind, t.subject, t.browser.hash(), micros(now), latest(now, t.window)}, &count, moment{&expires})
	if errors.Is(err, sql.ErrNoRows) {
		return t.limit, 0, nil
	}
	return t.limit - count, expires.Sub(now), err
}

// reset restarts a throttle.
func (r runner) reset(ctx context.Context, t throttle) error {
	_, err := r.exec(ctx, `delete from throttles where kind = $1 and subject = $2 and browser = $3`, t.kind, t.subject, t.browser.hash())
	return err
}

func tooMany(after time.Duration, message string) error {
	return &app.Error{Kind: app.KindTooMany, Message: message, RetryAfter: max(after, time.Second)}
}

// CountSignInRequest counts a sign-in request against the limit per minute of its network address. A browser that has
// signed in as the address before has a counter of its own, so that others in its network cannot lock it out.
func (s *Store) CountSignInRequest(ctx context.Context, network string, browser Browser, limits app.SignInLimits) error {
	return s.writing(ctx, func(tx runner) error { return tx.countRequest(ctx, network, browser, limits, s.Now()) })
}

func (r runner) countRequest(ctx context.Context, network string, browser Browser, limits app.SignInLimits, now time.Time) error {
	t := throttle{kind: kindRequests, subject: network, browser: browser.ifKnown(), limit: limits.RequestsPerMinute, window: time.Minute}
	isLast, err := r.count(ctx, t, now, "Too many people are signing in from your network at this moment. Please try again in a minute, or ask your teacher for a code.")
	if err == nil && isLast {
		err = r.record(ctx, app.AuditEvent{Action: app.ActionSignInLimit, Address: network})
	}
	return err
}

// HasSignInRequest reports whether a sign-in request of a network address was counted in the last minute.
func (s *Store) HasSignInRequest(ctx context.Context, network string) (has bool, err error) {
	err = s.reading().scan(ctx, `select exists (select 1 from throttles where kind = $1 and subject = $2 and expires_at > $3)`,
		[]any{kindRequests, network, micros(s.Now())}, &has)
	return has, err
}

// sweepThrottles deletes expired throttles and codes. It runs when codes are created, so that no timer is needed.
func (r runner) sweepThrottles(ctx context.Context, now time.Time) error {
	for _, query := range []string{
		`delete from codes     where expires_at <= $1`,
		`delete from sessions  where expires_at <= $1`,
		`delete from throttles where expires_at <= $1`,
	} {
		if _, err := r.exec(ctx, query, micros(now)); err != nil {
			return err
		}
	}
	return r.sweepRecords(ctx, now)
}

// forgetThrottles deletes what was counted for a mail address.
func (r runner) forgetThrottles(ctx context.Context, address app.Address) error {
	for _, kind := range []throttleKind{kindCodes, kindDeletionCodes, kindWrongCodes, kindWrongRow, kindWrongDeletion, kindWrongElsewhere,
		kindWrongPasswords, kindPasswordRow} {
		for _, subject := range []string{address.Email, address.MailboxKey()} {
			if _, err := r.exec(ctx, `delete from throttles where kind = $1 and subject = $2`, kind, subject); err != nil {
				return err
			}
		}
	}
	return nil
}
