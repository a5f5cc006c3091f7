package store

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// clockTolerance is how far a stamp may lie in the future before the clock must have been ahead when it was written.
const clockTolerance = 24 * time.Hour

// sweepRecords deletes old records of changes, epochs and events. A record stamped by a clock that was ahead would
// stay for as long as it was ahead: it gets the present as its stamp, and ages from now on.
func (r runner) sweepRecords(ctx context.Context, now time.Time) error {
	for _, query := range []string{
		`update sync_changes set saved_at = $1 where saved_at > $2`,
		`update user_epochs  set began_at = $1 where began_at > $2`,
		`update audit_events set at       = $1 where at       > $2`,
	} {
		if _, err := r.exec(ctx, query, micros(now), micros(now.Add(clockTolerance))); err != nil {
			return err
		}
	}
	for _, query := range []string{
		`delete from sync_changes where saved_at <= $1`,
		`delete from user_epochs where began_at <= $1
			and since < (select max(since) from user_epochs later where later.user_id = user_epochs.user_id)`,
	} {
		if _, err := r.exec(ctx, query, micros(now.Add(-keepChanges))); err != nil {
			return err
		}
	}
	// Events that follow a recent one are recent, even if a clock that was behind stamped them. The plus makes SQLite
	// read the events in order, which ends at the first recent one.
	_, err := r.exec(ctx, `delete from audit_events where at <= $1
		and id < coalesce((select id from audit_events where id > 0 and +at > $1 order by id limit 1), 9223372036854775807)`,
		micros(now.Add(-app.AuditLifetime)))
	return err
}
