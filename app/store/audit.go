package store

import (
	"context"

	"github.com/mathmuseums/mathmuseums/app"
)

// Record remembers what was done. What other methods of the store do they record themselves, in the same transaction.
func (s *Store) Record(ctx context.Context, event app.AuditEvent) error {
	return s.writing(ctx, func(tx runner) error { return tx.record(ctx, event) })
}

func (r runner) record(ctx context.Context, event app.AuditEvent) error {
	_, err := r.exec(ctx, `insert into audit_events (at, actor_id, action, subject_id, subject, address) values ($1, $2, $3, $4, $5, $6)`,
		micros(r.store.Now()), orNull(event.ActorID), event.Action, orNull(event.SubjectID), event.Subject, event.Address)
	return err
}

// orNull stores 0 as NULL.
func orNull(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// forgetInAudit takes all from the events that could lead to a user who is deleted: what is left names a number.
func (r runner) forgetInAudit(ctx context.Context, user *app.User) error {
	for _, query := range []string{
		`update audit_events set subject = '', address = '' where actor_id = $1`,
		`update audit_events set subject = '', address = '' where subject_id = $1`,
	} {
		if _, err := r.exec(ctx, query, user.ID); err != nil {
			return err
		}
	}
	_, err := r.exec(ctx, `update audit_events set subject = '', address = '' where subject = $1 and subject <> ''`, user.Email)
	return err
}
