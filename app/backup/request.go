package backup

import (
	"errors"
	"os"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Anyone who knows the signed address of a museum can request backups any number of times. That must not push out
// good backups, keep the machine busy, or fill the superusers' mailboxes, even if the address becomes public.

// freshAge is the age up to which a backup makes a new one unnecessary. Hosts that fetch the address hourly or daily
// do not do so to the minute.
const freshAge = 45 * time.Minute

// requestedDays is how many days keep their last backup whatever the settings. The one from the day before yesterday
// is more than a day old.
const requestedDays = 3

// retryAfter is the pause between two attempts by the address, since a failing attempt costs time and sends mail.
const retryAfter = 15 * time.Minute

// requested handles a request by the address. It returns the name of a recent backup among before, and fails with
// app.KindTooMany if a backup was attempted just now.
func (o Options) requested(before []string) (existing string, err error) {
	now := o.Store.Now()
	for _, name := range slices.Backward(before) {
		taken, _, _ := parseName(name)
		if age := now.Sub(taken); age >= 0 && age < freshAge { // negative if a clock was wrong; then the age is unknown
			return name, nil
		}
	}
	return "", LimitRequests(o.Store.Path(), now)
}

// LimitRequests fails with app.KindTooMany if a backup was requested by the address just now, and otherwise records
// the request. The record is a file, not a row: a damaged or full database must not cause an attempt with every
// request. If the file cannot be written either, requests are not limited, since otherwise no failure would ever be
// reported.
func LimitRequests(database string, now time.Time) error {
	note := database + ".backup.asked"
	if info, err := os.Stat(note); err == nil {
		if age := now.Sub(info.ModTime()); age >= 0 && age < retryAfter {
			return &app.Error{Kind: app.KindTooMany, RetryAfter: retryAfter - age, Message: "A backup was attempted a short while ago. Please try again later."}
		}
	}
	file, err := os.OpenFile(note, os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_ = errors.Join(file.Close(), os.Chtimes(note, now, now))
	}
	return nil
}
