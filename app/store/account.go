package store

import (
	"context"

	"github.com/mathmuseums/mathmuseums/app"
)

// Deletion is an attempt to delete one's own account.
type Deletion struct {
	User    *app.User
	Code    string // created with app.CodeToDeleteAccount
	Address string // network address
	Limits  app.SignInLimits
}

var errWrongDeletionCode = app.Errorf(app.KindInvalid, "This code is not right, or has run out. Nothing was deleted. Please use the newest code in your mail, or ask for another.")

// errLastSuperuser is returned to a superuser whose deletion would leave nobody to run the museum.
var errLastSuperuser = app.Errorf(app.KindForbidden, "You are the only one who runs this museum, so your account cannot be deleted yet. Please let somebody else run it first.")

// DeleteAccount deletes a user and everything that belongs to them, at once and for good, if the code is right. A
// wrong code counts as it does at sign-in. The freed pages of the database are overwritten with zeros (see
// dataSource); copies of the database keep the data for as long as they exist.
func (s *Store) DeleteAccount(ctx context.Context, try Deletion) error {
	var refusal error // kept apart from err: the transaction that counts a wrong try must commit
	err := s.writing(ctx, func(tx runner) error {
		if err := tx.checkSuccession(ctx, try.User); err != nil {
			return err
		}
		_, right, err := tx.tryCode(ctx, codeTry{app.CodeToDeleteAccount, try.User.Email, try.Code, Browser{}, try.Address}, try.Limits, s.Now())
		if err != nil || !right {
			refusal = errWrongDeletionCode
			return err
		}
		if err := tx.deleteUser(ctx, try.User); err != nil {
			return err
		}
		return tx.record(ctx, app.AuditEvent{ActorID: try.User.ID, Action: app.ActionDeleteAccount, SubjectID: try.User.ID})
	})
	if err == nil {
		err = refusal
	}
	return err
}

// checkSuccession fails if nobody would be left to run the museum.
func (r runner) checkSuccession(ctx context.Context, user *app.User) error {
	if !user.IsSuperuser {
		return nil
	}
	var others bool
	err := r.scan(ctx, `select exists (select 1 from users where is_superuser = 1 and is_active = 1 and id <> $1)`, []any{user.ID}, &others)
	if err == nil && !others {
		err = errLastSuperuser
	}
	return err
}

// deleteUser deletes a user. Rows that refer to the users table go with it by cascade; the rest is deleted here.
func (r runner) deleteUser(ctx context.Context, user *app.User) error {
	for _, query := range []string{
		`delete from images where id in (select image_id from image_owners where user_id = $1)
			and not exists (select 1 from image_owners other where other.image_id = images.id and other.user_id <> $1)`,
		`delete from users where id = $1`,
	} {
		if _, err := r.exec(ctx, query, user.ID); err != nil {
			return err
		}
	}
	if _, err := r.exec(ctx, `delete from codes where email = $1`, user.Email); err != nil {
		return err
	}
	if err := r.forgetThrottles(ctx, app.Address{Email: user.Email, Mailbox: user.Mailbox}); err != nil {
		return err
	}
	return r.forgetInAudit(ctx, user)
}
