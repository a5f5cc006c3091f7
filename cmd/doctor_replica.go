package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/mathmuseums/mathmuseums/app/replica"
)

const (
	lateReplica = 5 * time.Minute // a second is usual; so long is a fault of the network or the other place
	oldReplica  = 26 * time.Hour  // for one that cron brings up to date once a day
	quietStatus = 2 * time.Minute // a museum that is open lays its status down twice a minute
)

// checkReplica looks at what the process that replicates says of it. Whether it can be put back only a drill shows.
func (d *doctor) checkReplica(ctx context.Context, now time.Time) {
	const check = "replica"
	if d.config.Replica == "" {
		d.advise(check, "there is none: what was done since the last backup is lost with the disk", "let the museum be copied as it is written: mathmuseums replicate --help")
		return
	}
	status, err := replica.ReadStatus(d.config.databasePath())
	place := replica.RedactURL(d.config.Replica)
	if err != nil {
		d.fault(check, fmt.Sprintf("what the museum says of it cannot be read: %v", reason(err)), "start the museum anew")
		return
	}
	last := "never yet"
	if !status.LastSuccess.IsZero() {
		last = "at " + formatTime(status.LastSuccess)
	}
	found := fmt.Sprintf("%s had everything %s", place, last)
	switch misplaced := d.checkPlace(ctx); {
	case misplaced != nil:
		d.fault(check, misplaced.Problem, misplaced.Advice)
	case status.State == "" || status.URL != place || status.State == replica.Stopped && status.LastSuccess.IsZero():
		d.fault(check, "nothing was ever sent to "+place, "start the museum, or by cron: "+d.config.command("replicate --once"))
	case status.State == replica.Failing:
		d.fault(check, found+"; since then: "+status.LastError, cmp.Or(status.Advice, "let that place be reached; the copy then catches up"))
	case status.State == replica.Stopped && now.Sub(status.LastSuccess) > oldReplica:
		d.fault(check, found+", and nothing sends to it", "start the museum, or by cron: "+d.config.command("replicate --once"))
	case status.State != replica.Stopped && now.Sub(status.WrittenAt) > quietStatus:
		d.advise(check, found+"; the museum was not closed well", "start it; the copy then catches up")
	case status.LastSuccess.IsZero():
		d.ok(check, place+" is being written for the first time")
	case status.Lag(now) > lateReplica:
		d.fault(check, fmt.Sprintf("%s, %s ago", found, status.Lag(now).Round(time.Second)), "see the log of the museum, and the network")
	default:
		d.ok(check, found+"; mathmuseums drill tries whether it can be put back")
	}
}

// checkPlace asks the place whose replica it has. One that does not answer is for the process that writes it to report.
func (d *doctor) checkPlace(ctx context.Context) *replica.PlaceError {
	if !d.config.hasDatabase() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, visitTimeout)
	defer cancel()
	err := replica.CheckPlace(ctx, d.config.replicaOptions(slog.New(slog.DiscardHandler)))
	misplaced, _ := errors.AsType[*replica.PlaceError](err)
	return misplaced
}
