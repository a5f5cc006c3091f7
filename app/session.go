package app

import "time"

// SessionLifetime is how long a session lasts without being used.
const SessionLifetime = 14 * 24 * time.Hour

// SessionMaxLifetime is how long a session lasts however much it is used: a stolen or forgotten one ends within a term.
const SessionMaxLifetime = 90 * 24 * time.Hour

// SessionRenewal is how often the use of a session is written down: often enough that nobody who comes once a week is
// signed out, seldom enough that reading costs no write.
const SessionRenewal = time.Hour

// Session is a browser in which a user is signed in.
type Session struct {
	ID         int64
	UserAgent  string // see NewUserAgent
	CreatedAt  time.Time
	LastSeenAt time.Time // to within SessionRenewal
}
