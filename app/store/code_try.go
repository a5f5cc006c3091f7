package store

import (
	"context"
	"crypto/hmac"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// codeTry is an attempt to use a code, for any purpose.
type codeTry struct {
	purpose app.CodePurpose
	email   string
	code    string
	browser Browser
	network string
}

// wrongCodes limits wrong codes per day, separately for each browser that has signed in as the address before.
func wrongCodes(purpose app.CodePurpose, email string, browser Browser, limits app.SignInLimits) throttle {
	kind := kindWrongCodes
	if purpose == app.CodeToDeleteAccount {
		kind = kindWrongDeletion
	}
	return throttle{kind: kind, subject: email, browser: browser.ifKnown(), limit: limits.WrongCodesPerDay, window: 24 * time.Hour}
}

// wrongCodesInARow limits wrong codes from unknown browsers since the last sign-in as the address.
func wrongCodesInARow(email string, limits app.SignInLimits) throttle {
	return throttle{kind: kindWrongRow, subject: email, limit: limits.WrongCodesInARow, window: rowWindow, slides: true}
}

// wrongElsewhere limits a browser's tries of codes that it did not ask for.
func wrongElsewhere(email string, browser Browser) throttle {
	return throttle{kind: kindWrongElsewhere, subject: email, browser: browser, limit: app.CodeTries, window: app.CodeLifetime}
}

// codeRow is an open code of an address.
type codeRow struct {
	issued, isKnown      bool
	browser, hash        []byte
	mailbox              string
	triesHere, triesAway int
}

// listCodes returns the open codes of an address, the newest first.
func (r runner) listCodes(ctx context.Context, purpose app.CodePurpose, email string, now time.Time) (codes []codeRow, err error) {
	rows, err := r.query(ctx, `select issued, is_known, browser, hash, mailbox, tries_here, tries_away from codes
		where email = $1 and purpose = $2 and expires_at > $3 and expires_at <= $4 order by created_at desc`,
		email, purpose, micros(now), latest(now, app.CodeLifetime))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c codeRow
		if err := rows.Scan(&c.issued, &c.isKnown, &c.browser, &c.hash, &c.mailbox, &c.triesHere, &c.triesAway); err != nil {
			return nil, err
		}
		c.browser = append([]byte{}, c.browser...) // never nil, which would be stored as NULL
		codes = append(codes, c)
	}
	return codes, rows.Err()
}

// openCodes holds the codes that one try is compared with: at most one of each sort, however many strangers have
// asked for.
type openCodes struct {
	own, issued, other *codeRow
}

func (b Browser) openCodes(purpose app.CodePurpose, codes []codeRow) (open openCodes) {
	hasOwn := b.ID != "" || purpose == app.CodeToDeleteAccount // a deletion code is requested and used while signed in
	for i := range codes {
		c := &codes[i]
		switch {
		case c.issued:
			open.issued = c
		case hasOwn && hmac.Equal(c.browser, b.hash()):
			open.own = c
		case open.other == nil:
			open.other = c
		}
	}
	return open
}

// strangersLeft returns how many wrong codes all browsers that have never signed in as the address may still try,
// minus the tries reserved by those that asked for a code, other than the given browser. It fails with KindTooMany if
// none are left.
func (r runner) strangersLeft(ctx context.Context, email string, except *Browser, limits app.SignInLimits, now time.Time) (int, error) {
	codes, err := r.listCodes(ctx, app.CodeToSignIn, email, now)
	if err != nil {
		return 0, err
	}
	aside := 0
	for _, c := range codes {
		if !c.issued && !c.isKnown && len(c.browser) > 0 && (except == nil || !hmac.Equal(c.browser, except.hash())) {
			aside += c.triesHere
		}
	}
	row, _, err := r.left(ctx, wrongCodesInARow(email, limits), now)
	if err != nil {
		return 0, err
	}
	if row <= aside {
		return 0, tooMany(24*time.Hour, "So many wrong codes were tried for this address that codes from a mail no longer work on a new device. Please ask your teacher for a code, or use a device on which you have signed in before.")
	}
	day, after, err := r.left(ctx, wrongCodes(app.CodeToSignIn, email, Browser{}, limits), now)
	if err == nil && day <= aside {
		if day > 0 { // the open codes have reserved the rest
			after = app.CodeLifetime
		}
		err = tooMany(after, "Too many wrong codes were tried for this address on devices that are new to it. Please ask your teacher for a code, or try again tomorrow. A device on which you have signed in before still works.")
	}
	return min(row, day) - aside, err
}

// tryCode tries a code. It consumes a right code and returns the mailbox that the code was sent to. It counts a wrong
// one, so the caller must commit the transaction in either case.
func (r runner) tryCode(ctx context.Context, try codeTry, limits app.SignInLimits, now time.Time) (mailbox string, right bool, err error) {
	codes, err := r.listCodes(ctx, try.purpose, try.email, now)
	if err != nil {
		return "", false, err
	}
	open := try.browser.openCodes(try.purpose, codes)
	open, refusal, err := r.admitTry(ctx, try, open, limits, now)
	if err != nil {
		return "", false, err
	}
	hash := app.HashCode(r.store.secret, try.purpose, try.email, try.code)
	for _, c := range []*codeRow{open.own, open.issued, open.other} {
		if c != nil && hmac.Equal(c.hash, hash) { // in constant time
			_, err = r.exec(ctx, `delete from codes where email = $1 and purpose = $2`, try.email, try.purpose)
			return c.mailbox, true, err
		}
	}
	if refusal != nil && open == (openCodes{}) {
		return "", false, refusal
	}
	return "", false, r.countWrongCode(ctx, try, open, refusal != nil, limits, now)
}

// admitTry returns those of the open codes that a try may be compared with. The code that the browser asked for has
// tries of its own, and one issued by hand has some for each browser; the limits apply to the others. refusal says
// which limit was reached.
func (r runner) admitTry(ctx context.Context, try codeTry, open openCodes, limits app.SignInLimits, now time.Time) (admitted openCodes, refusal, err error) {
	if open.own != nil && open.own.triesHere > 0 {
		admitted.own = open.own
	}
	elsewhere, _, err := r.left(ctx, wrongElsewhere(try.email, try.browser), now)
	if err != nil {
		return admitted, nil, err
	}
	if try.browser.ID == "" {
		elsewhere = app.CodeTries // it cannot be told apart from others
	}
	if open.issued != nil && open.issued.triesAway > 0 && elsewhere > 0 {
		admitted.issued = open.issued
	}
	if try.browser.Known || try.purpose != app.CodeToSignIn {
		left, after, err := r.left(ctx, wrongCodes(try.purpose, try.email, try.browser, limits), now)
		switch {
		case err != nil:
			return admitted, nil, err
		case left <= 0:
			admitted.own = nil
			return admitted, tooMany(after, "Too many wrong codes were tried for this address on this device. Please try again tomorrow, or ask your teacher for a code."), nil
		case open.other != nil && elsewhere > 0:
			admitted.other = open.other
		}
		return admitted, nil, nil
	}
	if admitted.own == nil && admitted.issued == nil {
		refusal = r.countRequest(ctx, try.network, try.browser, limits, now)
		if refusal != nil {
			return splitRefusal(admitted, refusal)
		}
	}
	_, refusal = r.strangersLeft(ctx, try.email, nil, limits, now)
	if refusal == nil && open.other != nil && open.other.triesAway > 0 {
		admitted.other = open.other
	}
	return splitRefusal(admitted, refusal)
}

// splitRefusal separates a reached limit from a failure.
func splitRefusal(admitted openCodes, err error) (openCodes, error, error) {
	if app.KindOf(err) == app.KindTooMany {
		return admitted, err, nil
	}
	return admitted, nil, err
}

// countWrongCode takes one try from each code that was compared, and adds one to the counters of the address. Tries
// of a browser's own code were reserved from the day's count; tries by others of a code issued by hand count against
// that code alone once the day's count is full.
func (r runner) countWrongCode(ctx context.Context, try codeTry, compared openCodes, isFull bool, limits app.SignInLimits, now time.Time) error {
	if compared.own != nil {
		if _, err := r.exec(ctx, `update codes set tries_here = tries_here - 1 where email = $1 and purpose = $2 and issued = 0 and browser = $3 and tries_here > 0`,
			try.email, try.purpose, compared.own.browser); err != nil {
			return err
		}
	}
	for _, other := range []*codeRow{compared.issued, compared.other} {
		if other == nil || (try.browser.Known && !other.issued) {
			continue
		}
		if _, err := r.exec(ctx, `update codes set tries_away = tries_away - 1 where email = $1 and purpose = $2 and issued = $3 and browser = $4 and tries_away > 0`,
			try.email, try.purpose, other.issued, other.browser); err != nil {
			return err
		}
	}
	if try.browser.ID != "" && (compared.issued != nil || compared.other != nil && try.browser.Known) {
		if _, err := r.count(ctx, wrongElsewhere(try.email, try.browser), now, ""); err != nil {
			return err
		}
	}
	if isFull && compared.own == nil {
		return nil
	}
	return r.countWrong(ctx, try, limits, now)
}

// countWrong adds one to the wrong codes of the address. It never refuses: a compared try must be counted, even if
// the operator has lowered the limits since the code was created.
func (r runner) countWrong(ctx context.Context, try codeTry, limits app.SignInLimits, now time.Time) error {
	isLast, err := r.count(ctx, wrongCodes(try.purpose, try.email, try.browser, limits), now, "")
	err = unlessTooMany(err)
	if err == nil && !try.browser.Known && try.purpose == app.CodeToSignIn {
		var isLastOfRow bool
		isLastOfRow, err = r.count(ctx, wrongCodesInARow(try.email, limits), now, "")
		err = unlessTooMany(err)
		isLast = isLast || isLastOfRow
	}
	if err == nil && isLast { // the next try is refused
		err = r.record(ctx, app.AuditEvent{Action: app.ActionSignInLimit, Subject: try.email, Address: try.network})
	}
	return err
}

func unlessTooMany(err error) error {
	if app.KindOf(err) == app.KindTooMany {
		return nil
	}
	return err
}
