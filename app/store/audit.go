package store

import (
	"context"

	"github.com/mathmuseums/mathmuseums/app"
)

// Record adds an event to the audit log. Other methods of the store record their own events, in the same transaction.
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

// forgetInAudit removes from the audit log everything that identifies a deleted user; only the number remains.
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
