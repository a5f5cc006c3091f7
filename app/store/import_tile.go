package store

import (
	"context"
	"encoding/json"

	"github.com/mathmuseums/mathmuseums/app"
)

// importedTile is the tile whose versions are being imported.
type importedTile struct {
	fate     tileFate
	inFile   int64 // its id in the file
	revision int64 // for its versions
	current  app.Revision
	complete bool // the current version is among those of the history
}

// tileFate says what became of a tile in the file.
type tileFate int

const (
	tileNone    tileFate = iota // there was none, or it could not be imported
	tileCreated                 // with all its versions, as in the file
	tileMerged                  // into an existing tile, which keeps its own history
)

// takeTile imports a tile: as it is if there was none of its type, otherwise merged with that one.
func (i *importer) takeTile(ctx context.Context, record Record) error {
	tile := *record.Tile
	i.tile = importedTile{inFile: tile.ID}
	if i.person.types[tile.ConceptType] {
		if err := i.mergeTile(ctx, tile); err != nil {
			return err
		}
		i.tile.fate = tileMerged
		return nil
	}
	items, err := json.Marshal(tile.Items)
	if err != nil {
		return err
	}
	revision, err := i.count(ctx)
	if err != nil {
		return err
	}
	var deletedAt any
	if tile.Deleted {
		deletedAt = micros(tile.UpdatedAt)
	}
	tile.UserID = i.person.id
	if tile.ID > maxImportedID {
		tile.ID = 0
	}
	err = i.scan(ctx, `insert into tiles (id, user_id, concept_type, position_x, position_y, width, height, z_index, desmos_state,
			description, completed, version, created_at, updated_at, last_synced, deleted_at, revision, description_version,
			state_version, item_versions)
		values (case when exists (select 1 from tiles where id = $1) then null else $1 end,
			$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) returning id`,
		[]any{orNull(tile.ID), tile.UserID, tile.ConceptType, tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex,
			tile.DesmosState, tile.Description, tile.Completed, tile.Version, micros(tile.CreatedAt), micros(tile.UpdatedAt),
			micros(tile.LastSynced), deletedAt, revision, tile.DescriptionVersion, tile.StateVersion, string(items)}, &tile.ID)
	if err != nil {
		return err
	}
	i.report.Tiles++
	i.person.types[tile.ConceptType] = !tile.Deleted // there may be more deleted tiles of a type
	i.tile.fate, i.tile.current, i.tile.revision = tileCreated, tile, revision
	return nil
}

// takeVersion imports a version of the preceding tile.
func (i *importer) takeVersion(ctx context.Context, record Record) error {
	version := *record.Version
	if i.tile.fate == tileNone || version.ID != i.tile.inFile {
		return rowError(record, "this version is not below its tile, or its tile could not be taken")
	}
	if i.tile.fate == tileMerged {
		return nil
	}
	if version.Version > i.tile.current.Version {
		return rowError(record, "this version has the number %d, but its tile only %d", version.Version, i.tile.current.Version)
	}
	i.tile.complete = i.tile.complete || version.Version == i.tile.current.Version
	version.ID = i.tile.current.ID
	i.report.Versions++
	return i.insertVersion(ctx, version, i.tile.revision)
}

// finishTile adds the current version to the history if the file lacked it there.
func (i *importer) finishTile(ctx context.Context) error {
	done := i.tile
	i.tile = importedTile{}
	if done.fate != tileCreated || done.complete {
		return nil
	}
	return i.insertVersion(ctx, app.TileVersion{Tile: done.current.Tile, Deleted: done.current.Deleted, SavedAt: done.current.UpdatedAt}, done.revision)
}

// mergeTile merges a tile of the file into the existing one of its type.
func (i *importer) mergeTile(ctx context.Context, given app.Revision) error {
	if err := i.settle(ctx); err != nil { // saving counts changes in the database
		return err
	}
	here, err := i.findRevision(ctx, newestOfType, i.person.id, given.ConceptType)
	if err != nil {
		return err
	}
	known, err := i.isKnown(ctx, &given)
	if err != nil {
		return err
	}
	if known || given.Deleted || !here.Deleted && here.SameContent(&given.Tile) {
		i.report.Same++
		return nil
	}
	was := here
	loser := was.Version
	if err := i.hang(ctx, &here, given.Tile); err != nil {
		return err
	}
	if was.Deleted || given.UpdatedAt.After(was.UpdatedAt) {
		i.report.Replaced++
	} else {
		i.report.Kept++
		loser = here.Version
		if err := i.hang(ctx, &here, was.Tile); err != nil {
			return err
		}
	}
	if was.Deleted || was.Description == given.Description && was.DesmosState == given.DesmosState {
		return nil // there is nothing to choose between
	}
	return i.markConflict(ctx, here.ID, loser)
}

// hang replaces the content of a tile by that of another, as a new version.
func (i *importer) hang(ctx context.Context, tile *app.Revision, content app.Tile) error {
	before := tile.Tile
	tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex = content.PositionX, content.PositionY, content.Width, content.Height, content.ZIndex
	tile.DesmosState, tile.Description, tile.Completed = content.DesmosState, content.Description, content.Completed
	tile.Deleted = false
	tile.Version++
	tile.Touch(before)
	return i.writeRevision(ctx, tile, i.store.edit(app.Device{}))
}

// isKnown reports whether the same content is among the versions kept here.
func (i *importer) isKnown(ctx context.Context, given *app.Revision) (known bool, err error) {
	packed, _ := packState(given.DesmosState)
	err = i.scan(ctx, `select exists (select 1 from tiles join tile_versions v on v.tile_id = tiles.id
		where user_id = $1 and v.concept_type = $2 and v.deleted = 0 and v.description = $3 and v.desmos_state in ($4, $11) and v.completed = $5
			and v.position_x = $6 and v.position_y = $7 and v.width = $8 and v.height = $9 and v.z_index = $10)`,
		[]any{i.person.id, given.ConceptType, given.Description, given.DesmosState, given.Completed,
			given.PositionX, given.PositionY, given.Width, given.Height, given.ZIndex, packed}, &known)
	return known, err
}
