package app

import "time"

// SessionLifetime is how long an unused session lasts.
const SessionLifetime = 14 * 24 * time.Hour

// SessionMaxLifetime is the absolute lifetime of a session: a stolen or forgotten one ends within a school term.
const SessionMaxLifetime = 90 * 24 * time.Hour

// SessionRenewal is how often the use of a session is recorded: often enough that weekly visitors stay signed in,
// rarely enough that reading causes few writes.
const SessionRenewal = time.Hour

// Session is a browser in which a user is signed in.
type Session struct {
	ID         int64
	UserAgent  string // see NewUserAgent
	CreatedAt  time.Time
	LastSeenAt time.Time // accurate to SessionRenewal
}
