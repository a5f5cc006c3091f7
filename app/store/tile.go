package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const tileColumns = `id, user_id, concept_type, position_x, position_y, width, height, z_index, desmos_state, description,
	completed, version, created_at, updated_at, last_synced`

// tilePlaces are where a row of tileColumns goes.
func tilePlaces(tile *app.Tile) []any {
	return []any{&tile.ID, &tile.UserID, &tile.ConceptType, &tile.PositionX, &tile.PositionY, &tile.Width, &tile.Height,
		&tile.ZIndex, &tile.DesmosState, &tile.Description, &tile.Completed, &tile.Version,
		moment{&tile.CreatedAt}, moment{&tile.UpdatedAt}, moment{&tile.LastSynced}}
}

// errNoTile is the answer for an unknown tile and for another user's.
var errNoTile = app.Errorf(app.KindNotFound, "No ConceptTile matches the given query.")

// errTileTaken is the answer to a second tile of a type.
var errTileTaken = app.FieldErrors{"concept_type": {"There is already a tile of this type."}}

// ListTiles gives a user's tiles, the oldest first.
func (s *Store) ListTiles(ctx context.Context, userID int64) ([]app.Tile, error) {
	rows, err := s.reading().query(ctx, `select `+tileColumns+` from tiles where user_id = $1 and deleted_at is null order by id`, userID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tiles := make([]app.Tile, 0, len(app.ConceptTypes))
	for rows.Next() {
		var tile app.Tile
		if err := rows.Scan(tilePlaces(&tile)...); err != nil {
			return nil, err
		}
		tiles = append(tiles, tile)
	}
	return tiles, rows.Err()
}

// FindTile gives one of a user's tiles.
func (s *Store) FindTile(ctx context.Context, userID, id int64) (app.Tile, error) {
	return s.reading().findTile(ctx, `id = $2`, userID, id)
}

// findTile gives the tile that fits a condition on $2.
func (r runner) findTile(ctx context.Context, condition string, userID int64, arg any) (tile app.Tile, err error) {
	err = r.scan(ctx, `select `+tileColumns+` from tiles where user_id = $1 and deleted_at is null and `+condition,
		[]any{userID, arg}, tilePlaces(&tile)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoTile
	}
	return tile, err
}

// CreateTile makes a tile; the change must name its type. A second one of a type fails with FieldErrors.
func (s *Store) CreateTile(ctx context.Context, userID int64, change app.TileChange, device app.Device) (tile app.Tile, err error) {
	err = s.writing(ctx, func(tx runner) error {
		tile, err = tx.createTile(ctx, userID, change, device, s.Now())
		return err
	})
	return tile, err
}

func (r runner) createTile(ctx context.Context, userID int64, change app.TileChange, device app.Device, now time.Time) (app.Tile, error) {
	tile := app.NewTile(*change.ConceptType)
	tile.UserID, tile.Version = userID, 1
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = now, now, now
	change.Apply(&tile)
	err := r.scan(ctx, `insert into tiles (user_id, concept_type, position_x, position_y, width, height, z_index, desmos_state,
			description, completed, version, created_at, updated_at, last_synced)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
		[]any{tile.UserID, tile.ConceptType, tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex, tile.DesmosState,
			tile.Description, tile.Completed, tile.Version, micros(tile.CreatedAt), micros(tile.UpdatedAt), micros(tile.LastSynced)},
		&tile.ID)
	if isUnique(err) {
		return tile, errTileTaken
	}
	if err != nil {
		return tile, err
	}
	return tile, r.saveVersion(ctx, tile, false, device, now)
}

// UpdateTile changes the fields that the change names, and no others. seen is the version that the caller saw, or 0: a
// tile that has changed since fails with KindPrecondition.
func (s *Store) UpdateTile(ctx context.Context, userID, id, seen int64, change app.TileChange, device app.Device) (tile app.Tile, err error) {
	err = s.writing(ctx, func(tx runner) error {
		if tile, err = tx.findTile(ctx, `id = $2`, userID, id); err != nil {
			return err
		}
		if err = checkSeen(tile, seen); err != nil {
			return err
		}
		tile, err = tx.updateTile(ctx, tile, change, device, s.Now())
		return err
	})
	return tile, err
}

// checkSeen fails where a tile is of another version than the caller saw.
func checkSeen(tile app.Tile, seen int64) error {
	if seen != 0 && seen != tile.Version {
		return app.Errorf(app.KindPrecondition, "This tile was changed elsewhere in the meantime. Nothing was overwritten: get it again, and send the change once more.")
	}
	return nil
}

func (r runner) updateTile(ctx context.Context, tile app.Tile, change app.TileChange, device app.Device, now time.Time) (app.Tile, error) {
	changed := change.Apply(&tile)
	if changed {
		tile.Version++
	}
	tile.UpdatedAt = now
	_, err := r.exec(ctx, `update tiles set concept_type = $1, position_x = $2, position_y = $3, width = $4, height = $5, z_index = $6,
			desmos_state = $7, description = $8, completed = $9, version = $10, updated_at = $11, last_synced = $12
		where id = $13`,
		tile.ConceptType, tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex,
		tile.DesmosState, tile.Description, tile.Completed, tile.Version, micros(tile.UpdatedAt), micros(tile.LastSynced), tile.ID)
	if isUnique(err) {
		return tile, errTileTaken
	}
	if err != nil || !changed {
		return tile, err
	}
	return tile, r.saveVersion(ctx, tile, false, device, now)
}

// DeleteTile takes a tile down. It stays as a tombstone, and its versions stay. seen is as for UpdateTile.
func (s *Store) DeleteTile(ctx context.Context, userID, id, seen int64, device app.Device) error {
	return s.writing(ctx, func(tx runner) error {
		tile, err := tx.findTile(ctx, `id = $2`, userID, id)
		if err != nil {
			return err
		}
		if err := checkSeen(tile, seen); err != nil {
			return err
		}
		now := s.Now()
		tile.Version++
		if _, err := tx.exec(ctx, `update tiles set deleted_at = $1, updated_at = $1, version = $2 where id = $3`,
			micros(now), tile.Version, tile.ID); err != nil {
			return err
		}
		return tx.saveVersion(ctx, tile, true, device, now)
	})
}
