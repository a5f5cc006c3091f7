package store

import (
	"context"

	"github.com/mathmuseums/mathmuseums/app"
)

// person is the user whose museum is being imported.
type person struct {
	id       int64 // 0: none
	email    string
	isNew    bool            // created by this import, and the revision is not stored yet
	revision int64           // number of changes that the import made, while isNew
	types    map[string]bool // of tiles that were here before
}

// enter switches to the user that a record belongs to. A user record creates the account if it is not here.
func (i *importer) enter(ctx context.Context, record Record) error {
	if i.person.id != 0 && i.person.email == record.Email {
		return nil
	}
	if err := i.leave(ctx); err != nil {
		return err
	}
	user, err := i.findUser(ctx, record.Email)
	if app.KindOf(err) == app.KindNotFound {
		if record.User == nil {
			return rowError(record, "there is no account with the address %q, neither here nor in an earlier line", record.Email)
		}
		return i.createPerson(ctx, record.User.User)
	}
	if err != nil {
		return err
	}
	i.person = person{id: user.ID, email: record.Email, types: map[string]bool{}}
	rows, err := i.query(ctx, `select distinct concept_type from tiles where user_id = $1`, user.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var concept string
		if err := rows.Scan(&concept); err != nil {
			return err
		}
		i.person.types[concept] = true
	}
	return rows.Err()
}

// maxImportedID is the highest account number that is taken from a file. The numbers above it, up to the 2^53 that
// every program reads exactly, must not be used up by a file.
const maxImportedID = 1 << 50

// createPerson creates an account. It keeps its number, by which its devices know it, unless an account here has or
// had that number: in a new database all accounts keep theirs.
func (i *importer) createPerson(ctx context.Context, user app.User) error {
	if user.ID <= i.lastUser || user.ID > maxImportedID {
		user.ID = 0
	}
	var lastLogin any
	if !user.LastLogin.IsZero() {
		lastLogin = micros(user.LastLogin)
	}
	var id int64
	err := i.scan(ctx, `insert into users (id, email, mailbox, display_name, is_active, is_staff, is_superuser, date_joined, last_login)
		values (case when exists (select 1 from users where id = $1) then null else $1 end, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
		[]any{orNull(user.ID), user.Email, user.Mailbox, user.DisplayName, user.IsActive, user.IsStaff, user.IsSuperuser, micros(user.DateJoined), lastLogin}, &id)
	if err != nil {
		return err
	}
	i.report.Users++
	if user.IsSuperuser {
		i.report.Superusers++
	}
	i.person = person{id: id, email: user.Email, isNew: true, types: map[string]bool{}}
	return nil
}

// count counts a change of the person's museum. For a new account, leave stores the count once.
func (i *importer) count(ctx context.Context) (int64, error) {
	if !i.person.isNew {
		return i.nextRevision(ctx, i.person.id)
	}
	i.person.revision++
	return i.person.revision, nil
}

// leave stores what is left to store of a new account. No device knows a new account, so none is notified.
func (i *importer) leave(ctx context.Context) error {
	if !i.person.isNew {
		return nil
	}
	i.person.isNew = false
	if i.person.revision == 0 {
		return nil
	}
	if _, err := i.exec(ctx, `update users set revision = $1, stamp = $2 where id = $3`, i.person.revision, newEpochName(), i.person.id); err != nil {
		return err
	}
	return i.beginEpoch(ctx, i.person.id, 1)
}

// settle is leave for a person who is about to be changed further: from then on changes are counted in the database.
func (i *importer) settle(ctx context.Context) error {
	begun := i.person.isNew && i.person.revision > 0
	if err := i.leave(ctx); err != nil || !begun {
		return err
	}
	i.revisions[i.person.id] = i.person.revision // the epoch has begun
	return nil
}

// takePreference imports preferences. If there are some already, the later ones win.
func (i *importer) takePreference(ctx context.Context, given ImportedPreference) error {
	change := app.PreferenceChange{DisableOnboarding: &given.DisableOnboarding, ImageSkill: &given.ImageSkill,
		ThemePreference: &given.ThemePreference, MuseumName: &given.MuseumName, ScreenFit: &given.ScreenFit}
	if given.Partial {
		change.MuseumName, change.ScreenFit = nil, nil
	}
	here, err := i.findPreference(ctx, i.person.id)
	if err == nil {
		if copied := here; !given.UpdatedAt.After(here.UpdatedAt) || !change.Apply(&copied) {
			return nil
		}
		if err := i.settle(ctx); err != nil {
			return err
		}
		i.report.Replaced++
		_, err = i.updatePreference(ctx, i.person.id, here, change)
		return err
	}
	if app.KindOf(err) != app.KindNotFound {
		return err
	}
	revision, err := i.count(ctx)
	if err != nil {
		return err
	}
	i.report.Preferences++
	_, err = i.exec(ctx, `insert into preferences (user_id, disable_onboarding, image_skill, theme_preference, museum_name, screen_fit,
			version, revision, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		i.person.id, given.DisableOnboarding, given.ImageSkill, given.ThemePreference, given.MuseumName, given.ScreenFit,
		given.Version, revision, micros(given.CreatedAt), micros(given.UpdatedAt))
	return err
}
