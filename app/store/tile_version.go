package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const (
	// entrySpan is how long edits of one session share an entry of the history: long enough that typing does not fill it,
	// short enough that little is lost by going back.
	entrySpan = time.Minute

	// thinAfter is the age from which entries are thinned to the last one of each day. The newest thinKeep stay whatever
	// their age, and so does the side of a conflict that is not settled.
	thinAfter = 30 * 24 * time.Hour
	thinKeep  = 50
)

// saveVersion keeps the present version of a tile in the history, which came with a revision of the user's museum. The newest entry takes it in if it is of the same
// session and was begun less than entrySpan ago, unless one of them stands for something of its own: a tombstone, a side
// of a conflict, a version that was put back.
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
	if err == nil && sessionID == by.SessionID && by.at.Sub(savedAt) < entrySpan && !special && !tile.Deleted && !by.apart {
		_, err := r.exec(ctx, `delete from tile_versions where tile_id = $1 and version = $2`, tile.ID, version)
		if err != nil {
			return err
		}
		by.at = savedAt // the entry is the same one, with more in it
	}
	err = r.insertVersion(ctx, app.TileVersion{Tile: tile.Tile, Deleted: tile.Deleted, SavedAt: by.at, Device: by.Device}, revision)
	if err != nil || tile.Version%10 != 0 {
		return err
	}
	return r.thinVersions(ctx, tile.ID, by.at)
}

// insertVersion adds an entry to the history of a tile, which came with a revision of the user's museum.
func (r runner) insertVersion(ctx context.Context, v app.TileVersion, revision int64) error {
	_, err := r.exec(ctx, `insert into tile_versions (tile_id, version, concept_type, position_x, position_y, width, height, z_index,
			desmos_state, description, completed, deleted, saved_at, revision, session_id, device, conflict)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		v.ID, v.Version, v.ConceptType, v.PositionX, v.PositionY, v.Width, v.Height, v.ZIndex, v.DesmosState, v.Description, v.Completed,
		v.Deleted, micros(v.SavedAt), revision, v.Device.SessionID, v.Device.UserAgent, v.Conflict)
	return err
}

// thinVersions lets old entries go.
func (r runner) thinVersions(ctx context.Context, tileID int64, now time.Time) error {
	_, err := r.exec(ctx, `delete from tile_versions
		where tile_id = $1 and saved_at < $2 and conflict <> 1
			and version < coalesce((select version from tile_versions where tile_id = $1 order by version desc limit 1 offset $3), 0)
			and exists (select 1 from tile_versions later where later.tile_id = $1 and later.version > tile_versions.version
				and later.saved_at / $4 = tile_versions.saved_at / $4)`,
		tileID, micros(now.Add(-thinAfter)), thinKeep-1, (24 * time.Hour).Microseconds())
	return err
}

// markConflict says of the entry of a version that it lost against an edit of another device.
func (r runner) markConflict(ctx context.Context, tileID, version int64) error {
	_, err := r.exec(ctx, `update tile_versions set conflict = $1 where tile_id = $2 and version = $3`, app.OpenConflict, tileID, version)
	return err
}

// settleConflicts says of versions that the student has chosen.
func (r runner) settleConflicts(ctx context.Context, tileID int64, versions []int64) error {
	for _, version := range versions {
		if _, err := r.exec(ctx, `update tile_versions set conflict = $1 where tile_id = $2 and version = $3 and conflict = $4`,
			app.SettledConflict, tileID, version, app.OpenConflict); err != nil {
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

// versionPlaces are where a row of versionColumns goes.
func versionPlaces(v *app.TileVersion) []any {
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
		if err := rows.Scan(versionPlaces(&version)...); err != nil {
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
		[]any{userID, tile.ConceptType, version}, versionPlaces(&found)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = app.Errorf(app.KindNotFound, "This version is not kept any more.")
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
			by := s.edit(device)
			by.apart = true
			err = tx.saveRevision(ctx, &revision, by)
		}
		tile = revision.Tile
		return err
	})
	return tile, err
}
