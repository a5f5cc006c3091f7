package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

const tileColumns = `id, user_id, concept_type, position_x, position_y, width, height, z_index, desmos_state, description,
	completed, version, created_at, updated_at, last_synced`

// tileDest returns the scan destinations for a row of tileColumns.
func tileDest(tile *app.Tile) []any {
	return []any{&tile.ID, &tile.UserID, &tile.ConceptType, &tile.PositionX, &tile.PositionY, &tile.Width, &tile.Height,
		&tile.ZIndex, &tile.DesmosState, &tile.Description, &tile.Completed, &tile.Version,
		moment{&tile.CreatedAt}, moment{&tile.UpdatedAt}, moment{&tile.LastSynced}}
}

// errNoTile is returned for an unknown tile and for another user's.
var errNoTile = app.Errorf(app.KindNotFound, "No ConceptTile matches the given query.")

// errTileTaken is returned for a second tile of a type.
var errTileTaken = app.FieldErrors{"concept_type": {"There is already a tile of this type."}}

// ListTiles returns a user's tiles, oldest first.
func (s *Store) ListTiles(ctx context.Context, userID int64) ([]app.Tile, error) {
	rows, err := s.reading().query(ctx, `select `+tileColumns+` from tiles where user_id = $1 and deleted_at is null order by id`, userID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tiles := make([]app.Tile, 0, len(app.FamilyTypes()))
	for rows.Next() {
		var tile app.Tile
		if err := rows.Scan(tileDest(&tile)...); err != nil {
			return nil, err
		}
		tiles = append(tiles, tile)
	}
	return tiles, rows.Err()
}

// FindTile returns one of a user's tiles.
func (s *Store) FindTile(ctx context.Context, userID, id int64) (app.Tile, error) {
	return s.reading().findTile(ctx, `id = $2`, userID, id)
}

// findTile returns the tile that matches a condition on $2.
func (r runner) findTile(ctx context.Context, condition string, userID int64, arg any) (tile app.Tile, err error) {
	err = r.scan(ctx, `select `+tileColumns+` from tiles where user_id = $1 and deleted_at is null and `+condition,
		[]any{userID, arg}, tileDest(&tile)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoTile
	}
	return tile, err
}

// CreateTile creates a tile; the change must name its type. A second tile of a type fails with FieldErrors.
func (s *Store) CreateTile(ctx context.Context, userID int64, change app.TileChange, device app.Device) (tile app.Tile, err error) {
	err = s.writing(ctx, func(tx runner) error {
		tile, err = tx.createTile(ctx, userID, change, s.edit(device))
		return err
	})
	return tile, err
}

func (r runner) createTile(ctx context.Context, userID int64, change app.TileChange, by edit) (app.Tile, error) {
	last, err := r.lastVersion(ctx, userID, *change.ConceptType)
	if err != nil {
		return app.Tile{}, err
	}
	revision := app.NewRevision(userID, *change.ConceptType)
	before := revision.Tile
	revision.Version, revision.LastSynced = last+1, by.at
	change.Apply(&revision.Tile)
	revision.Touch(before)
	err = r.saveRevision(ctx, &revision, by)
	return revision.Tile, err
}

// UpdateTile changes the fields that the change names, and no others. seen is the version that the caller saw, or 0:
// if the tile has changed since, the call fails with KindPrecondition.
func (s *Store) UpdateTile(ctx context.Context, userID, id, seen int64, change app.TileChange, device app.Device) (tile app.Tile, err error) {
	err = s.writing(ctx, func(tx runner) error {
		revision, err := tx.findRevision(ctx, `deleted_at is null and id = $2`, userID, id)
		if err != nil {
			return err
		}
		if err := checkSeen(revision.Tile, seen); err != nil {
			return err
		}
		by := s.edit(device)
		by.base = seen
		tile, err = tx.updateTile(ctx, revision, change, by)
		return err
	})
	return tile, err
}

// checkSeen fails if a tile has another version than the caller saw.
func checkSeen(tile app.Tile, seen int64) error {
	if seen != 0 && seen != tile.Version {
		return app.Errorf(app.KindPrecondition, "This tile was changed elsewhere in the meantime. Nothing was overwritten: get it again, and send the change once more.")
	}
	return nil
}

func (r runner) updateTile(ctx context.Context, revision app.Revision, change app.TileChange, by edit) (app.Tile, error) {
	before := revision
	if !change.Apply(&revision.Tile) {
		revision.UpdatedAt = by.at
		_, err := r.exec(ctx, `update tiles set updated_at = $1, last_synced = $2 where id = $3`,
			micros(by.at), micros(revision.LastSynced), revision.ID)
		return revision.Tile, err
	}
	revision.Version++
	revision.Touch(before.Tile)
	if revision.ConceptType != before.ConceptType {
		return r.moveTile(ctx, before, revision, by)
	}
	err := r.saveRevision(ctx, &revision, by)
	return revision.Tile, err
}

// moveTile changes the type of a tile, which older clients may do. For devices, which know tiles by their type, the
// old tile is deleted and a new one created.
func (r runner) moveTile(ctx context.Context, before, after app.Revision, by edit) (app.Tile, error) {
	last, err := r.lastVersion(ctx, after.UserID, after.ConceptType)
	if err != nil {
		return after.Tile, err
	}
	after.Version = max(after.Version, last+1)
	after.DescriptionVersion, after.StateVersion, after.Items = after.Version, after.Version, app.ItemVersions{"": after.Version}
	if err := r.saveRevision(ctx, &after, by); err != nil {
		return after.Tile, err
	}
	before.ID, before.Deleted, before.Version = 0, true, before.Version+1
	return after.Tile, r.saveRevision(ctx, &before, by)
}

// DeleteTile deletes a tile. It stays as a tombstone, and its versions stay. seen is as for UpdateTile.
func (s *Store) DeleteTile(ctx context.Context, userID, id, seen int64, device app.Device) error {
	return s.writing(ctx, func(tx runner) error {
		revision, err := tx.findRevision(ctx, `deleted_at is null and id = $2`, userID, id)
		if err != nil {
			return err
		}
		if err := checkSeen(revision.Tile, seen); err != nil {
			return err
		}
		revision.Deleted, revision.Version = true, revision.Version+1
		return tx.saveRevision(ctx, &revision, s.edit(device))
	})
}
