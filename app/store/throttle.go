package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// throttle is a counter with a limit. It begins with the first thing counted and ends when the window is over.
type throttle struct {
	name   string // what is counted, and for whom
	limit  int
	window time.Duration
}

// count adds one, and fails with KindTooMany and the message if that is more than the limit. isLast tells that one more
// would be.
func (r runner) count(ctx context.Context, t throttle, now time.Time, message string) (isLast bool, err error) {
	var count int
	var expires time.Time
	err = r.scan(ctx, `insert into throttles (name, count, expires_at) values ($1, 1, $2)
		on conflict (name) do update set
			count      = case when expires_at <= $3 then 1  else count + 1  end,
			expires_at = case when expires_at <= $3 then $2 else expires_at end
		returning count, expires_at`,
		[]any{t.name, micros(now.Add(t.window)), micros(now)}, &count, moment{&expires})
	if err == nil && count > t.limit {
		err = tooMany(expires.Sub(now), message)
	}
	return count == t.limit, err
}

// uncount takes one back.
func (r runner) uncount(ctx context.Context, t throttle) error {
	_, err := r.exec(ctx, `update throttles set count = count - 1 where name = $1 and count > 0`, t.name)
	return err
}

// check fails like count where the limit is reached, but counts nothing.
func (r runner) check(ctx context.Context, t throttle, now time.Time, message string) error {
	var count int
	var expires time.Time
	err := r.scan(ctx, `select count, expires_at from throttles where name = $1 and expires_at > $2`,
		[]any{t.name, micros(now)}, &count, moment{&expires})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil && count >= t.limit {
		err = tooMany(expires.Sub(now), message)
	}
	return err
}

func tooMany(after time.Duration, message string) error {
	return &app.Error{Kind: app.KindTooMany, Message: message, RetryAfter: max(after, time.Second)}
}

// CountSignInRequest counts a sign-in request of a network address against the limit a minute.
func (s *Store) CountSignInRequest(ctx context.Context, address string, limits app.SignInLimits) error {
	return s.writing(ctx, func(tx runner) error {
		t := throttle{"sign-in requests of " + address, limits.RequestsPerMinute, time.Minute}
		isLast, err := tx.count(ctx, t, s.Now(), "Too many people are signing in from your network at this moment. Please try again in a minute.")
		if err == nil && isLast {
			err = tx.record(ctx, app.AuditEvent{Action: app.ActionSignInLimit, Address: address})
		}
		return err
	})
}

// sweep deletes what has run out. It is done where codes are made, so that no clockwork is needed.
func (r runner) sweep(ctx context.Context, now time.Time) error {
	for _, query := range []string{
		`delete from codes     where expires_at <= $1`,
		`delete from sessions  where expires_at <= $1`,
		`delete from throttles where expires_at <= $1`,
	} {
		if _, err := r.exec(ctx, query, micros(now)); err != nil {
			return err
		}
	}
	if _, err := r.exec(ctx, `delete from sync_changes where saved_at <= $1`, micros(now.Add(-keepChanges))); err != nil {
		return err
	}
	if _, err := r.exec(ctx, `delete from user_epochs where began_at <= $1
			and since < (select max(since) from user_epochs later where later.user_id = user_epochs.user_id)`, micros(now.Add(-keepChanges))); err != nil {
		return err
	}
	_, err := r.exec(ctx, `delete from audit_events where at <= $1`, micros(now.Add(-app.AuditLifetime)))
	return err
}

// forgetThrottles deletes what was counted for a mail address.
func (r runner) forgetThrottles(ctx context.Context, email string) error {
	names := append(slices.Collect(maps.Values(codesFor)), slices.Collect(maps.Values(wrongCodesFor))...)
	for _, begin := range append(names, wrongPasswordsFor) {
		name := begin + email
		if _, err := r.exec(ctx, `delete from throttles where name = $1`, name); err != nil {
			return err
		}
		browsers := name + inBrowser // what stands before it ends with the address, in which there is no space
		if _, err := r.exec(ctx, `delete from throttles where name > $1 and name < $2`, browsers, browsers+"\U0010ffff"); err != nil {
			return err
		}
	}
	return nil
}
