package backup

import (
	"errors"
	"os"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Who knows the signed address of a museum can have backups made, as often as they like to ask. That must not push out the
// good ones, nor keep the machine busy, nor fill the mailboxes of those who run the museum, be the address known to anybody.

// freshAge is the age under which a backup is as good as a new one. Hosts fetch an address each hour or each day, and not to the
// minute.
const freshAge = 45 * time.Minute

// requestedDays is how many days have their last backup kept whatever the settings. That of the day before yesterday is older than
// a day.
const requestedDays = 3

// retryAfter is how long nothing is tried again by the address, since a try that fails costs time and mails.
const retryAfter = 15 * time.Minute

// requested is for a backup that somebody asks for by the address: before are those that are there. It names one that is fresh enough,
// and fails with app.KindTooMany where another was tried just now.
func (o Options) requested(before []string) (existing string, err error) {
	now := o.Store.Now()
	for _, name := range slices.Backward(before) {
		taken, _, _ := parseName(name)
		if age := now.Sub(taken); age >= 0 && age < freshAge { // clocks go back, and such a backup says nothing
			return name, nil
		}
	}
	return "", LimitRequests(o.Store.Path(), now)
}

// LimitRequests fails with app.KindTooMany where a backup of a database was requested by its address just now, and else notes that it is.
// The note is a file, not in the database: one that is damaged or has no room is no reason to be busy all the time. Where there
// cannot even be a file nobody is held up, as nothing would ever be told otherwise.
func LimitRequests(database string, now time.Time) error {
	note := database + ".backup.asked"
	if info, err := os.Stat(note); err == nil {
		if age := now.Sub(info.ModTime()); age >= 0 && age < retryAfter {
			return &app.Error{Kind: app.KindTooMany, RetryAfter: retryAfter - age, Message: "A backup was tried a short while ago. Please try again later."}
		}
	}
	file, err := os.OpenFile(note, os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_ = errors.Join(file.Close(), os.Chtimes(note, now, now))
	}
	return nil
}
