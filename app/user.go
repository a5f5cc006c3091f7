package app

import "time"

// User is a person who can sign in.
type User struct {
	ID          int64
	Email       string // the account's name, see Address
	Mailbox     string // the address as its owner writes it
	DisplayName string
	IsActive    bool // switched-off accounts cannot sign in
	IsStaff     bool
	IsSuperuser bool
	DateJoined  time.Time
	LastLogin   time.Time // zero: never

	PasswordHash string // empty: no password; only superusers have one
	SessionID    int64  // of the browser through which the user is here; 0: through none
}
