package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// entrySpan is how long edits of one session share an entry of the history: long enough that typing does not fill it,
// short enough that little is lost by going back.
const entrySpan = time.Minute

// saveVersion writes down a version of a tile. The newest entry takes it in if it is of the same session and was begun
// less than entrySpan ago.
func (r runner) saveVersion(ctx context.Context, tile app.Tile, deleted bool, device app.Device, now time.Time) error {
	var version, sessionID int64
	var savedAt time.Time
	err := r.scan(ctx, `select version, session_id, saved_at from tile_versions where tile_id = $1 order by version desc limit 1`,
		[]any{tile.ID}, &version, &sessionID, moment{&savedAt})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err == nil && sessionID == device.SessionID && now.Sub(savedAt) < entrySpan && !deleted {
		return r.extendVersion(ctx, tile, version)
	}
	_, err = r.exec(ctx, `insert into tile_versions (tile_id, version, concept_type, position_x, position_y, width, height, z_index,
			desmos_state, description, completed, deleted, saved_at, session_id, device)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		tile.ID, tile.Version, tile.ConceptType, tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex,
		tile.DesmosState, tile.Description, tile.Completed, deleted, micros(now), device.SessionID, device.UserAgent)
	return err
}

// extendVersion lets an entry stand for a newer version.
func (r runner) extendVersion(ctx context.Context, tile app.Tile, entry int64) error {
	_, err := r.exec(ctx, `update tile_versions set version = $1, concept_type = $2, position_x = $3, position_y = $4, width = $5,
			height = $6, z_index = $7, desmos_state = $8, description = $9, completed = $10
		where tile_id = $11 and version = $12`,
		tile.Version, tile.ConceptType, tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex,
		tile.DesmosState, tile.Description, tile.Completed, tile.ID, entry)
	return err
}

// ListTileVersions gives the versions of one of a user's tiles that are kept, the oldest first. A deleted tile has them
// too.
func (s *Store) ListTileVersions(ctx context.Context, userID, tileID int64) ([]app.TileVersion, error) {
	rows, err := s.reading().query(ctx, `select v.version, v.concept_type, v.position_x, v.position_y, v.width, v.height, v.z_index,
			v.desmos_state, v.description, v.completed, v.deleted, v.saved_at, v.session_id, v.device
		from tile_versions v join tiles on tiles.id = v.tile_id
		where v.tile_id = $1 and tiles.user_id = $2 order by v.version`, tileID, userID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var versions []app.TileVersion
	for rows.Next() {
		version := app.TileVersion{Tile: app.Tile{ID: tileID, UserID: userID}}
		if err := rows.Scan(&version.Version, &version.ConceptType, &version.PositionX, &version.PositionY, &version.Width,
			&version.Height, &version.ZIndex, &version.DesmosState, &version.Description, &version.Completed, &version.Deleted,
			moment{&version.SavedAt}, &version.Device.SessionID, &version.Device.UserAgent); err != nil {
			return nil, err
		}
		versions = append(versions, version)
	}
	return versions, rows.Err()
}
