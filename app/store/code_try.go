package store

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// codeTry is a try of a code, for whatever purpose.
type codeTry struct {
	purpose app.CodePurpose
	email   string
	code    string
	browser Browser
	address string // network address
}

// tryCode tries a code. A right one is used up, and gives the mailbox it was sent to. A wrong one is counted, so the
// transaction must be committed all the same.
func (r runner) tryCode(ctx context.Context, try codeTry, limits app.SignInLimits, now time.Time) (mailbox string, right bool, err error) {
	row, found, err := r.findCode(ctx, try, now)
	if err != nil {
		return "", false, err
	}
	asked := found && try.browser.ID != "" && hmac.Equal(row.browser, try.browser.hash())
	wrong := wrongCodesADay(try.purpose, try.email, try.browser, asked, limits)
	if err := r.check(ctx, wrong, now, "Too many wrong codes were tried for this address. Please try again tomorrow, or ask your teacher."); err != nil {
		return "", false, err
	}
	right = hmac.Equal(row.hash, app.HashCode(r.store.secret, try.purpose, try.email, try.code)) // in constant time
	if !found || !right || row.tries(asked) == 0 {
		return "", false, r.countWrongCode(ctx, try, asked, wrong, now)
	}
	_, err = r.exec(ctx, `delete from codes where email = $1 and purpose = $2`, try.email, try.purpose)
	return row.mailbox, true, err
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

func (r runner) findCode(ctx context.Context, try codeTry, now time.Time) (row codeRow, found bool, err error) {
	err = r.scan(ctx, `select mailbox, hash, browser, tries_here, tries_away from codes
		where email = $1 and purpose = $2 and expires_at > $3`,
		[]any{try.email, try.purpose, micros(now)}, &row.mailbox, &row.hash, &row.browser, &row.triesHere, &row.triesAway)
	if errors.Is(err, sql.ErrNoRows) {
		return row, false, nil
	}
	return row, err == nil, err
}

// countWrongCode takes one from the tries left, and adds one to the day's.
func (r runner) countWrongCode(ctx context.Context, try codeTry, asked bool, day throttle, now time.Time) error {
	query := `update codes set tries_away = tries_away - 1 where email = $1 and purpose = $2 and tries_away > 0`
	if asked {
		query = `update codes set tries_here = tries_here - 1 where email = $1 and purpose = $2 and tries_here > 0`
	}
	if _, err := r.exec(ctx, query, try.email, try.purpose); err != nil {
		return err
	}
	isLast, err := r.count(ctx, day, now, "")
	if err == nil && isLast { // the next try is refused
		err = r.record(ctx, app.AuditEvent{Action: app.ActionSignInLimit, Subject: try.email, Address: try.address})
	}
	return err
}
