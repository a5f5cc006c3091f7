package app

import "time"

// SessionLifetime is how long a session lasts without being used.
const SessionLifetime = 14 * 24 * time.Hour

// SessionRenewal is how often the use of a session is written down: often enough that nobody who comes once a week is
// signed out, seldom enough that reading costs no write.
const SessionRenewal = time.Hour
