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
	lateReplica = 5 * time.Minute // usually a second; a longer lag means trouble in the network or at the replica's place
	oldReplica  = 26 * time.Hour  // allows for a replica that cron updates once a day
	quietStatus = 2 * time.Minute // a running museum writes its status twice a minute
)

// checkReplica checks the status written by the process that replicates. Only a drill shows whether the replica can
// be restored.
func (d *doctor) checkReplica(ctx context.Context, now time.Time) {
	const check = "replica"
	if d.config.Replica == "" {
		d.advise(check, "there is none: if the disk fails, all work since the last backup is lost",
			"set up continuous replication: mathmuseums replicate --help")
		return
	}
	status, err := replica.ReadStatus(d.config.databasePath())
	place := replica.RedactURL(d.config.Replica)
	if err != nil {
		d.fault(check, fmt.Sprintf("its status cannot be read: %v", reason(err)), "restart the museum")
		return
	}
	last := "never"
	if !status.LastSuccess.IsZero() {
		last = "at " + formatTime(status.LastSuccess)
	}
	found := fmt.Sprintf("%s was last up to date %s", place, last)
	switch misplaced := d.checkPlace(ctx); {
	case misplaced != nil:
		d.fault(check, misplaced.Problem, misplaced.Advice)
	case status.State == "" || status.URL != place || status.State == replica.Stopped && status.LastSuccess.IsZero():
		d.fault(check, "nothing was ever sent to "+place,
			"start the museum, or run from cron: "+d.config.command("replicate --once"))
	case status.State == replica.Failing:
		d.fault(check, found+"; since then: "+status.LastError,
			cmp.Or(status.Advice, "make that place reachable; the replica then catches up"))
	case status.State == replica.Stopped && now.Sub(status.LastSuccess) > oldReplica:
		d.fault(check, found+", and no process updates it",
			"start the museum, or run from cron: "+d.config.command("replicate --once"))
	case status.State != replica.Stopped && now.Sub(status.WrittenAt) > quietStatus:
		d.advise(check, found+"; the museum was not shut down cleanly", "start it; the replica then catches up")
	case status.LastSuccess.IsZero():
		d.ok(check, place+" is being written for the first time")
	case status.Lag(now) > lateReplica:
		d.fault(check, fmt.Sprintf("%s, %s ago", found, status.Lag(now).Round(time.Second)),
			"see the museum's log, and check the network")
	default:
		d.ok(check, found+"; mathmuseums drill tests whether it can be restored")
	}
}

// checkPlace returns an error if the place holds another museum's replica. An unreachable place is reported by the
// process that writes to it.
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
