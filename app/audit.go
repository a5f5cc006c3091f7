package app

import "time"

// Action is something that is remembered for those who run the museum.
type Action string

// Actions.
const (
	ActionSignIn        Action = "sign in"
	ActionSignInLimit   Action = "sign-in limit" // so many wrong tries, or requests, that more are refused for now
	ActionEndSession    Action = "end session"
	ActionEndSessions   Action = "end sessions" // all of a user
	ActionDownload      Action = "download museum"
	ActionExport        Action = "export" // by the command line; the subject says of whom, where that is no user
	ActionImport        Action = "import" // likewise
	ActionDeleteAccount Action = "delete account"
)

// AuditLifetime is how long it is remembered: a school year and its holidays.
const AuditLifetime = 400 * 24 * time.Hour

// AuditEvent is who did what to whom.
type AuditEvent struct {
	ActorID   int64 // 0: nobody who was signed in
	Action    Action
	SubjectID int64  // the user whom it concerns; 0: none
	Subject   string // what it concerns, where that is no user
	Address   string // network address
}

// Actor is a user who does something that is remembered, and from where.
type Actor struct {
	UserID  int64
	Address string // network address
}

// Event is the actor's doing something that concerns a user.
func (a Actor) Event(action Action, subjectID int64) AuditEvent {
	return AuditEvent{ActorID: a.UserID, Action: action, SubjectID: subjectID, Address: a.Address}
}
