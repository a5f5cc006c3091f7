package app

import "time"

// Action is a kind of event in the audit log.
type Action string

// Actions.
const (
	ActionSignIn        Action = "sign in"
	ActionSignInLimit   Action = "sign-in limit" // a limit on wrong codes or requests was reached
	ActionEndSession    Action = "end session"
	ActionEndSessions   Action = "end sessions" // all sessions of a user
	ActionDownload      Action = "download museum"
	ActionExport        Action = "export" // from the command line; Subject describes the scope if it is not one user
	ActionImport        Action = "import" // likewise
	ActionDeleteAccount Action = "delete account"
)

// AuditLifetime is how long events are kept: a school year with its holidays.
const AuditLifetime = 400 * 24 * time.Hour

// AuditEvent records who did what, and to whom.
type AuditEvent struct {
	ActorID   int64 // 0 if nobody was signed in
	Action    Action
	SubjectID int64  // the affected user; 0 for none
	Subject   string // what was affected, if not a user
	Address   string // network address
}

// Actor is a user who performs an audited action, and their network address.
type Actor struct {
	UserID  int64
	Address string // network address
}

// Event returns the audit event for an action of the actor that affects a user.
func (a Actor) Event(action Action, subjectID int64) AuditEvent {
	return AuditEvent{ActorID: a.UserID, Action: action, SubjectID: subjectID, Address: a.Address}
}
