package store

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// clockTolerance is how far ahead of the clock a stamp may lie before the clock must have been ahead when it was written.
const clockTolerance = 24 * time.Hour

// sweepRecords deletes what is remembered of changes, epochs and events for long enough. What was stamped by a clock that was
// ahead would stay for as long as that was: it is stamped anew, and ages from now on.
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
	// What follows a recent event is recent, whatever a clock that was behind stamped on it. The plus has the events read in
	// their order, which ends at the first recent one.
	_, err := r.exec(ctx, `delete from audit_events where at <= $1
		and id < coalesce((select id from audit_events where id > 0 and +at > $1 order by id limit 1), 9223372036854775807)`,
		micros(now.Add(-app.AuditLifetime)))
	return err
}
