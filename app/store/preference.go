package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

const preferenceColumns = `id, disable_onboarding, image_skill, theme_preference, museum_name, screen_fit, version, revision, created_at, updated_at`

// preferenceDest returns the scan destinations for a row of preferenceColumns.
func preferenceDest(p *app.Preference) []any {
	return []any{&p.ID, &p.DisableOnboarding, &p.ImageSkill, &p.ThemePreference, &p.MuseumName, &p.ScreenFit, &p.Version, &p.Revision,
		moment{&p.CreatedAt}, moment{&p.UpdatedAt}}
}

var errNoPreference = app.Errorf(app.KindNotFound, "No UserPreference matches the given query.")

// FindPreference returns a user's preferences, or KindNotFound if there are none yet.
func (s *Store) FindPreference(ctx context.Context, userID int64) (app.Preference, error) {
	return s.reading().findPreference(ctx, userID)
}

func (r runner) findPreference(ctx context.Context, userID int64) (preference app.Preference, err error) {
	err = r.scan(ctx, `select `+preferenceColumns+` from preferences where user_id = $1`, []any{userID}, preferenceDest(&preference)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoPreference
	}
	return preference, err
}

// CreatePreference creates a user's preferences. It fails with FieldErrors if there are some.
func (s *Store) CreatePreference(ctx context.Context, userID int64, change app.PreferenceChange) (preference app.Preference, err error) {
	err = s.writing(ctx, func(tx runner) error {
		if _, err := tx.findPreference(ctx, userID); err == nil {
			return app.FieldErrors{app.NonField: {"There are preferences already. Please change those."}}
		} else if app.KindOf(err) != app.KindNotFound {
			return err
		}
		preference, err = tx.createPreference(ctx, userID, change)
		return err
	})
	return preference, err
}

// FindOrCreatePreference returns a user's preferences, creating them if there are none.
func (s *Store) FindOrCreatePreference(ctx context.Context, userID int64) (preference app.Preference, err error) {
	if preference, err = s.FindPreference(ctx, userID); app.KindOf(err) != app.KindNotFound {
		return preference, err
	}
	err = s.writing(ctx, func(tx runner) error {
		if preference, err = tx.findPreference(ctx, userID); app.KindOf(err) == app.KindNotFound {
			preference, err = tx.createPreference(ctx, userID, app.PreferenceChange{})
		}
		return err
	})
	return preference, err
}

func (r runner) createPreference(ctx context.Context, userID int64, change app.PreferenceChange) (app.Preference, error) {
	preference := app.NewPreference()
	change.Apply(&preference)
	revision, err := r.nextRevision(ctx, userID)
	if err != nil {
		return preference, err
	}
	err = r.scan(ctx, `insert into preferences (user_id, disable_onboarding, image_skill, theme_preference, museum_name, screen_fit,
			revision, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning `+preferenceColumns,
		[]any{userID, preference.DisableOnboarding, preference.ImageSkill, preference.ThemePreference, preference.MuseumName,
			preference.ScreenFit, revision, micros(r.store.Now())}, preferenceDest(&preference)...)
	return preference, err
}

// UpdatePreference changes the fields that the change names.
func (s *Store) UpdatePreference(ctx context.Context, userID, id int64, change app.PreferenceChange) (preference app.Preference, err error) {
	err = s.writing(ctx, func(tx runner) error {
		if preference, err = tx.findPreference(ctx, userID); err != nil {
			return err
		}
		if preference.ID != id {
			return errNoPreference
		}
		preference, err = tx.updatePreference(ctx, userID, preference, change)
		return err
	})
	return preference, err
}

func (r runner) updatePreference(ctx context.Context, userID int64, preference app.Preference, change app.PreferenceChange) (_ app.Preference, err error) {
	if change.Apply(&preference) {
		preference.Version++
		if preference.Revision, err = r.nextRevision(ctx, userID); err != nil {
			return preference, err
		}
	}
	preference.UpdatedAt = r.store.Now()
	_, err = r.exec(ctx, `update preferences set disable_onboarding = $1, image_skill = $2, theme_preference = $3,
			museum_name = $4, screen_fit = $5, version = $6, revision = $7, updated_at = $8
		where id = $9`,
		preference.DisableOnboarding, preference.ImageSkill, preference.ThemePreference,
		preference.MuseumName, preference.ScreenFit, preference.Version, preference.Revision, micros(preference.UpdatedAt), preference.ID)
	return preference, err
}

// DeletePreference deletes a user's preferences.
func (s *Store) DeletePreference(ctx context.Context, userID, id int64) error {
	deleted, err := s.exec(ctx, `delete from preferences where user_id = $1 and id = $2`, userID, id)
	if err == nil && deleted == 0 {
		return errNoPreference
	}
	return err
}
