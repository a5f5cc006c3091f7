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
	// entrySpan is how long edits of one session share an entry of the history: long enough that typing does not fill it,
	// short enough that little is lost by going back.
	entrySpan = time.Minute

	// thinAfter is the age from which entries are thinned to the last one of each day, see thinVersions. The newest thinKeep
	// stay whatever their age, and so does the side of a conflict that is not settled.
	thinAfter = 30 * 24 * time.Hour
	thinKeep  = 50

	// thinEvery is after how many versions of a tile its history is thinned: all of it is read then.
	thinEvery = 50
)

// saveVersion keeps the present version of a tile in the history, which came with a revision of the user's museum. The newest
// entry takes it in if the edit was based on that entry, is of the same session and came less than entrySpan after the entry
// was begun, unless one of them stands for something of its own: a tombstone, a side of a conflict. Whoever had not seen the
// entry would overwrite what is nowhere else, so the session alone does not count. Where the clock was set back or was ahead,
// nobody knows how old the entry is: then it stays.
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
		by.at = savedAt // the entry is the same one, with more in it
	}
	err = r.insertVersion(ctx, app.TileVersion{Tile: tile.Tile, Deleted: tile.Deleted, SavedAt: by.at, Device: by.Device}, revision)
	if err == nil && joins { // afterwards: photos that both show stay where they are
		_, err = r.deleteVersions(ctx, tile.UserID, `tile_id = $1 and version = $2`, tile.ID, version)
	}
	if err != nil || tile.Version%thinEvery > 1 { // 1 as well: where two came at once, one may be passed over
		return err
	}
	return r.thinVersions(ctx, tile.UserID, tile.ID)
}

// thinVersions deletes old entries, but for the last one of each day. How old an entry is cannot be read off one stamp, nor
// off the clock as it is now: it may have been wrong then, or be wrong now. So age is counted from the earliest stamp among
// the newest thinKeep entries, which stay anyway, and the order of versions has the last word: an entry is old if it, or a
// later one, is stamped thinAfter before that, and no entry up to it is stamped as recent.
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

// markConflict says of the entry of a version that it lost against an edit of another device.
func (r runner) markConflict(ctx context.Context, tileID, version int64) error {
	_, err := r.exec(ctx, `update tile_versions set conflict = $1 where tile_id = $2 and version = $3`, app.OpenConflict, tileID, version)
	return err
}

// settleConflicts says of versions that the student has chosen.
func (r runner) settleConflicts(ctx context.Context, tileID int64, versions []int64) error {
	open, err := r.openConflicts(ctx, tileID) // a request may name many that are not
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

// openConflicts gives the versions of a tile that lost a conflict which is not settled.
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

// versionDest are where a row of versionColumns goes.
func versionDest(v *app.TileVersion) []any {
	return []any{&v.ID, &v.Version, &v.ConceptType, &v.PositionX, &v.PositionY, &v.Width, &v.Height, &v.ZIndex, &v.DesmosState,
		&v.Description, &v.Completed, &v.Deleted, moment{&v.SavedAt}, &v.Device.SessionID, &v.Device.UserAgent, &v.Conflict}
}

// ListTileVersions gives the kept versions of one of a user's tiles, the newest first, without their graph states. The tile
// may be deleted; versions of one of the same type that hung there before are told too.
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

// FindTileVersion gives one kept version of one of a user's tiles, as ListTileVersions names them.
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
		err = app.Errorf(app.KindNotFound, "This version is not kept any more.")
	}
	if err == nil {
		err = s.reading().unpackState(ctx, found.ID, &found.DesmosState)
	}
	return found, err
}

// RestoreTile puts a kept version back, as a new version: what hangs there now is kept too. A deleted tile hangs again.
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
