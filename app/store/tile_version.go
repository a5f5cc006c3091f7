package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const (
	// entrySpan is how long edits of one session share a history entry: long enough that typing does not fill the
	// history, short enough that going back loses little.
	entrySpan = time.Minute

	// thinAfter is the age from which only the last entry of each day is kept, see thinVersions. The newest thinKeep
	// entries stay whatever their age, and so do the sides of unsettled conflicts.
	thinAfter = 30 * 24 * time.Hour
	thinKeep  = 50

	// thinEvery is the number of versions of a tile between two thinnings, each of which reads its whole history.
	thinEvery = 50
)

// saveVersion keeps the current version of a tile in the history, written with the given revision of the user's
// museum. The newest entry is updated instead of a new one added if the edit was based on it, has the same session
// and came within entrySpan after it was begun, and neither is a tombstone or a side of a conflict. The session alone
// is not enough: a client that had not seen the entry would overwrite what exists nowhere else. If the clock was set
// back or was ahead, the age of the entry is unknown: then it stays.
func (r runner) saveVersion(ctx context.Context, tile *app.Revision, revision int64, by edit) error {
	var version, sessionID int64
	var savedAt time.Time
	var special bool
	err := r.scan(ctx, `select version, session_id, saved_at, deleted = 1 or conflict > 0 from tile_versions
		where tile_id = $1 order by version desc limit 1`,
		[]any{tile.ID}, &version, &sessionID, moment{&savedAt}, &special)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	age := by.at.Sub(savedAt)
	joins := err == nil && by.base == version && sessionID == by.SessionID && age >= 0 && age < entrySpan && !special && !tile.Deleted
	if joins {
		by.at = savedAt // the entry stays the same, with newer content
	}
	err = r.insertVersion(ctx, app.TileVersion{Tile: tile.Tile, Deleted: tile.Deleted, SavedAt: by.at, Device: by.Device}, revision)
	if err == nil && joins { // after the insert: photos that both show stay in place
		_, err = r.deleteVersions(ctx, tile.UserID, `tile_id = $1 and version = $2`, tile.ID, version)
	}
	if err != nil || tile.Version%thinEvery > 1 { // 1 as well: a version can be skipped when two arrive at once
		return err
	}
	return r.thinVersions(ctx, tile.UserID, tile.ID)
}

// thinVersions deletes all but the last old entry of each day. Neither a single stamp nor the present clock proves an
// entry's age: the clock may have been wrong then, or be wrong now. Age is therefore counted from the earliest stamp
// among the newest thinKeep entries, which stay anyway, and the order of versions decides: an entry is old if it or a
// later one is stamped thinAfter before that, and no entry up to it has a recent stamp.
func (r runner) thinVersions(ctx context.Context, userID, tileID int64) error {
	var first int64
	var reference time.Time
	err := r.scan(ctx, `select version, (select min(saved_at) from tile_versions newer where newer.tile_id = $1 and newer.version >= kept.version)
		from tile_versions kept where tile_id = $1 order by version desc limit 1 offset $2`,
		[]any{tileID, thinKeep - 1}, &first, moment{&reference})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = r.deleteVersions(ctx, userID, `tile_id = $1 and version < $2 and conflict <> 1
			and version <= (select max(version) from tile_versions old where old.tile_id = $1 and old.saved_at < $3)
			and version < coalesce((select min(version) from tile_versions recent
				where recent.tile_id = $1 and recent.saved_at between $3 and $4), $2)
			and exists (select 1 from tile_versions later where later.tile_id = $1 and later.version > tile_versions.version
				and later.saved_at / $5 = tile_versions.saved_at / $5)`,
		tileID, first, micros(reference.Add(-thinAfter)), micros(reference), (24 * time.Hour).Microseconds())
	return err
}

// markConflict marks the entry of a version as the losing side of a conflict.
func (r runner) markConflict(ctx context.Context, tileID, version int64) error {
	_, err := r.exec(ctx, `update tile_versions set conflict = $1 where tile_id = $2 and version = $3`, app.OpenConflict, tileID, version)
	return err
}

// settleConflicts marks versions as settled by the student.
func (r runner) settleConflicts(ctx context.Context, tileID int64, versions []int64) error {
	open, err := r.openConflicts(ctx, tileID) // a request may name many that are not open
	if err != nil {
		return err
	}
	for _, version := range open {
		if !slices.Contains(versions, version) {
			continue
		}
		if _, err := r.exec(ctx, `update tile_versions set conflict = $1 where tile_id = $2 and version = $3`,
			app.SettledConflict, tileID, version); err != nil {
			return err
		}
	}
	return nil
}

// openConflicts returns the versions of a tile that lost a conflict which is not settled.
func (r runner) openConflicts(ctx context.Context, tileID int64) (versions []int64, err error) {
	rows, err := r.query(ctx, `select version from tile_versions where tile_id = $1 and conflict = 1 order by version`, tileID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var version int64
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		versions = append(versions, version)
	}
	return versions, rows.Err()
}

const versionColumns = `v.tile_id, v.version, v.concept_type, v.position_x, v.position_y, v.width, v.height, v.z_index, v.desmos_state,
	v.description, v.completed, v.deleted, v.saved_at, v.session_id, v.device, v.conflict`

// versionDest returns the scan destinations for a row of versionColumns.
func versionDest(v *app.TileVersion) []any {
	return []any{&v.ID, &v.Version, &v.ConceptType, &v.PositionX, &v.PositionY, &v.Width, &v.Height, &v.ZIndex, &v.DesmosState,
		&v.Description, &v.Completed, &v.Deleted, moment{&v.SavedAt}, &v.Device.SessionID, &v.Device.UserAgent, &v.Conflict}
}

// ListTileVersions returns the kept versions of one of a user's tiles, newest first, without graph states. The tile
// may be deleted; versions of earlier tiles of the same type are included.
func (s *Store) ListTileVersions(ctx context.Context, userID, tileID int64) ([]app.TileVersion, error) {
	tile, err := s.reading().findRevision(ctx, `id = $2`, userID, tileID)
	if err != nil {
		return nil, err
	}
	rows, err := s.reading().query(ctx, `select `+strings.Replace(versionColumns, "v.desmos_state", "''", 1)+`
		from tiles join tile_versions v on v.tile_id = tiles.id
		where tiles.user_id = $1 and v.concept_type = $2 order by v.version desc`, userID, tile.ConceptType)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var versions []app.TileVersion
	for rows.Next() {
		version := app.TileVersion{Tile: app.Tile{UserID: userID}}
		if err := rows.Scan(versionDest(&version)...); err != nil {
			return nil, err
		}
		versions = append(versions, version)
	}
	return versions, rows.Err()
}

// FindTileVersion returns one of the versions that ListTileVersions lists.
func (s *Store) FindTileVersion(ctx context.Context, userID, tileID, version int64) (app.TileVersion, error) {
	found := app.TileVersion{Tile: app.Tile{UserID: userID}}
	tile, err := s.reading().findRevision(ctx, `id = $2`, userID, tileID)
	if err != nil {
		return found, err
	}
	err = s.reading().scan(ctx, `select `+versionColumns+` from tiles join tile_versions v on v.tile_id = tiles.id
		where tiles.user_id = $1 and v.concept_type = $2 and v.version = $3`,
		[]any{userID, tile.ConceptType, version}, versionDest(&found)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = app.Errorf(app.KindNotFound, "This version is no longer kept.")
	}
	if err == nil {
		err = s.reading().unpackState(ctx, found.ID, &found.DesmosState)
	}
	return found, err
}

// RestoreTile restores a kept version as a new version; the current content is kept too. A deleted tile comes back.
func (s *Store) RestoreTile(ctx context.Context, userID, tileID, version int64, device app.Device) (tile app.Tile, err error) {
	old, err := s.FindTileVersion(ctx, userID, tileID, version)
	if err != nil {
		return tile, err
	}
	err = s.writing(ctx, func(tx runner) error {
		revision, err := tx.findRevision(ctx, newestOfType, userID, old.ConceptType)
		if err != nil {
			return err
		}
		change := app.Change{Base: revision.Version, Fields: app.TileChange{
			PositionX: &old.PositionX, PositionY: &old.PositionY, Width: &old.Width, Height: &old.Height, ZIndex: &old.ZIndex,
			DesmosState: &old.DesmosState, Description: &old.Description, Completed: &old.Completed,
		}}
		if change.Merge(&revision).Changed {
			err = tx.saveRevision(ctx, &revision, s.edit(device))
		}
		tile = revision.Tile
		return err
	})
	return tile, err
}
