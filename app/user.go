package app

import "time"

// User is a person who can sign in.
type User struct {
	ID          int64
	Email       string // the account's name, see Address
	Mailbox     string // the address as its owner writes it
	DisplayName string
	IsActive    bool // disabled accounts cannot sign in
	IsStaff     bool
	IsSuperuser bool
	DateJoined  time.Time
	LastLogin   time.Time // zero if never

	PasswordHash string // "" for no password; only superusers have one
	SessionID    int64  // session of the current request; 0 for none
}
