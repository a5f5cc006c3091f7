package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// TokenSize is the length of a session's token in bytes.
const TokenSize = 32

// NewSession describes the browser of a new session.
type NewSession struct {
	UserAgent string // see app.NewUserAgent
	Address   string // network address
}

// hashToken returns what is stored of a token, so that reading the table does not help to use it. The token is
// random, so no key is needed.
func hashToken(token []byte) []byte {
	hash := sha256.Sum256(token)
	return hash[:]
}

// createSession signs a user in and returns the token.
func (r runner) createSession(ctx context.Context, userID int64, begin NewSession, now time.Time) (token []byte, err error) {
	token = make([]byte, TokenSize)
	if _, err := rand.Read(token); err != nil {
		return nil, err
	}
	_, err = r.exec(ctx, `insert into sessions (hash, user_id, created_at, last_seen_at, expires_at, user_agent, address)
		values ($1, $2, $3, $3, $4, $5, $6)`,
		hashToken(token), userID, micros(now), micros(now.Add(app.SessionLifetime)), begin.UserAgent, begin.Address)
	return token, err
}

// FindSession returns the user of a session's token. It fails with KindAnonymous if the session is over or unknown,
// or the account is switched off. Now and then it records the session's use, which prolongs it; renewed reports that
// it did.
func (s *Store) FindSession(ctx context.Context, token []byte) (user app.User, renewed bool, err error) {
	now := s.Now()
	var lastSeen time.Time
	err = s.reading().scan(ctx, `select users.id, email, mailbox, display_name, password_hash, is_active, is_staff, is_superuser,
			date_joined, last_login, sessions.id, last_seen_at
		from sessions join users on users.id = user_id
		where hash = $1 and expires_at > $2 and expires_at <= $3 and created_at > $4 and is_active = 1`,
		[]any{hashToken(token), micros(now), latest(now, app.SessionLifetime), micros(now.Add(-app.SessionMaxLifetime))}, append(userDest(&user), &user.SessionID, moment{&lastSeen})...)
	if errors.Is(err, sql.ErrNoRows) {
		return user, false, app.Errorf(app.KindAnonymous, "Please sign in.")
	}
	if err != nil || now.Sub(lastSeen).Abs() < app.SessionRenewal { // it lies ahead if the clock was set back
		return user, false, err
	}
	_, err = s.exec(ctx, `update sessions set last_seen_at = $1, expires_at = min($2, created_at + $3) where id = $4`,
		micros(now), micros(now.Add(app.SessionLifetime)), app.SessionMaxLifetime.Microseconds(), user.SessionID)
	if kind := app.KindOf(err); kind == app.KindUnavailable || kind == app.KindFull {
		return user, false, nil // the session is still valid: a busy database must not block reading
	}
	return user, err == nil, err
}

// HasSession reports whether a session is still valid. Unlike FindSession it does not count as use.
func (s *Store) HasSession(ctx context.Context, id int64) (has bool, err error) {
	err = s.reading().scan(ctx, `select exists (select 1 from sessions join users on users.id = user_id
		where sessions.id = $1 and expires_at > $2 and expires_at <= $3 and created_at > $4 and is_active = 1)`,
		[]any{id, micros(s.Now()), latest(s.Now(), app.SessionLifetime), micros(s.Now().Add(-app.SessionMaxLifetime))}, &has)
	return has, err
}

// ListSessions returns a user's sessions, the last used first.
func (s *Store) ListSessions(ctx context.Context, userID int64) (sessions []app.Session, err error) {
	defer func() { err = explain(err) }()
	now := s.Now()
	rows, err := s.reading().query(ctx, `select id, user_agent, created_at, last_seen_at from sessions
		where user_id = $1 and expires_at > $2 and expires_at <= $3 and created_at > $4 order by last_seen_at desc, id desc`,
		userID, micros(now), latest(now, app.SessionLifetime), micros(now.Add(-app.SessionMaxLifetime)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var session app.Session
		if err := rows.Scan(&session.ID, &session.UserAgent, moment{&session.CreatedAt}, moment{&session.LastSeenAt}); err != nil {
			return nil, err
		}
		sessions = append(sessions, session)
	}
	return sessions, rows.Err()
}

// DeleteSession signs a user out in one of their browsers. It fails with KindNotFound if the session is not theirs.
func (s *Store) DeleteSession(ctx context.Context, by app.Actor, id int64) error {
	return s.writing(ctx, func(tx runner) error {
		ended, err := tx.exec(ctx, `delete from sessions where id = $1 and user_id = $2`, id, by.UserID)
		if err == nil && ended == 0 {
			err = app.Errorf(app.KindNotFound, "Not found.")
		}
		if err != nil {
			return err
		}
		return tx.record(ctx, by.Event(app.ActionEndSession, by.UserID))
	})
}

// DeleteOtherSessions signs a user out in all browsers but one, and returns how many sessions that ended.
func (s *Store) DeleteOtherSessions(ctx context.Context, by app.Actor, except int64) (ended int64, err error) {
	err = s.writing(ctx, func(tx runner) error {
		if ended, err = tx.exec(ctx, `delete from sessions where user_id = $1 and id <> $2`, by.UserID, except); err != nil {
			return err
		}
		return tx.record(ctx, by.Event(app.ActionEndSessions, by.UserID))
	})
	return ended, err
}

// DeleteSessions signs a user out everywhere, and returns how many sessions that ended.
func (s *Store) DeleteSessions(ctx context.Context, by app.Actor, userID int64) (ended int64, err error) {
	err = s.writing(ctx, func(tx runner) error {
		if ended, err = tx.exec(ctx, `delete from sessions where user_id = $1`, userID); err != nil {
			return err
		}
		return tx.record(ctx, by.Event(app.ActionEndSessions, userID))
	})
	return ended, err
}
