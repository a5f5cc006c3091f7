package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// SyncTiles takes the tiles of an older client in one transaction and returns a result for each. An invalid item does
// not affect the others.
func (s *Store) SyncTiles(ctx context.Context, userID int64, items []app.SyncItem, device app.Device) ([]app.SyncResult, error) {
	results := make([]app.SyncResult, 0, len(items))
	err := s.writing(ctx, func(tx runner) error {
		for _, item := range items {
			result, err := tx.syncTile(ctx, userID, item, s.edit(device))
			if fields, ok := errors.AsType[app.FieldErrors](err); ok {
				result, err = app.SyncResult{Status: app.SyncError, Errors: fields}, nil
			} else if app.KindOf(err) == app.KindTooLarge {
				result, err = app.SyncResult{Status: app.SyncError, Errors: app.FieldErrors{app.NonField: {err.Error()}}}, nil
			}
			if err != nil {
				return err
			}
			result.ConceptType = item.ConceptType
			results = append(results, result)
		}
		return nil
	})
	return results, err
}

func (r runner) syncTile(ctx context.Context, userID int64, item app.SyncItem, by edit) (app.SyncResult, error) {
	change := item.Change
	change.LastSynced = &by.at
	conceptType, _ := item.ConceptType.Text()
	revision, err := r.findRevision(ctx, `deleted_at is null and concept_type = $2`, userID, conceptType)
	switch {
	case app.KindOf(err) == app.KindNotFound && item.Err != nil:
		return app.SyncResult{}, item.Err
	case app.KindOf(err) == app.KindNotFound:
		tile, err := r.createTile(ctx, userID, change, by)
		return app.SyncResult{Status: app.SyncCreated, Tile: tile}, err
	case err != nil:
		return app.SyncResult{}, err
	case item.LastErr != nil:
		return app.SyncResult{}, item.LastErr
	case item.LastSynced == nil || !revision.IsNewer(*item.LastSynced):
		err := r.keepAsConflict(ctx, &revision, change, by)
		return app.SyncResult{Status: app.SyncServerNewer, Tile: revision.Tile}, err
	case item.Err != nil:
		return app.SyncResult{}, item.Err
	}
	unseen, err := r.isUnseen(ctx, &revision, item, by)
	if err != nil {
		return app.SyncResult{}, err
	}
	tile, err := r.updateTile(ctx, revision, change, by)
	if err == nil && unseen {
		err = r.markConflict(ctx, revision.ID, revision.Version)
	}
	return app.SyncResult{Status: app.SyncUpdated, Tile: tile}, err
}

// keepAsConflict keeps the notes and graph of an older client whose tile does not replace the server's, as a side of
// a conflict: the client overwrites its copy when it gets the answer. The current content stays, with a version after
// the kept one. Nothing is kept that is in the history already, as when a client sends an unchanged copy.
func (r runner) keepAsConflict(ctx context.Context, revision *app.Revision, change app.TileChange, by edit) error {
	beside := revision.Tile
	contents := app.TileChange{DesmosState: change.DesmosState, Description: change.Description}
	if !contents.Apply(&beside) {
		return nil
	}
	if known, err := r.hasVersion(ctx, revision.UserID, &beside); err != nil || known {
		return err
	}
	others := change
	others.LastSynced, others.ConceptType = nil, nil
	others.Apply(&beside)
	beside.Version = revision.Version + 1
	if err := r.checkHistoryRoom(ctx, &beside, &revision.Tile); err != nil {
		return err
	}
	kept := app.TileVersion{Tile: beside, SavedAt: by.at, Device: by.Device, Conflict: app.OpenConflict}
	count, err := r.nextRevision(ctx, revision.UserID)
	if err == nil {
		err = r.insertVersion(ctx, kept, count)
	}
	if err != nil {
		return err
	}
	revision.Version += 2
	updatedAt := revision.UpdatedAt
	if err := r.writeRevision(ctx, revision, by); err != nil {
		return err
	}
	revision.UpdatedAt = updatedAt // the contents have not changed, and older clients compare it
	_, err = r.exec(ctx, `update tiles set updated_at = $1 where id = $2`, micros(updatedAt), revision.ID)
	return err
}

// isUnseen reports whether an older client is about to overwrite notes or a graph that it has probably not seen. That
// is so if they are newer than the client's time (which proves nothing if other devices have written since the server
// sent it), or if what it sends was current here before: then it is an old copy that only looks new because of a
// wrong clock.
func (r runner) isUnseen(ctx context.Context, revision *app.Revision, item app.SyncItem, by edit) (bool, error) {
	after := revision.Tile
	contents := app.TileChange{DesmosState: item.Change.DesmosState, Description: item.Change.Description}
	if !contents.Apply(&after) || strings.TrimFunc(revision.Description, app.IsSpace) == after.Description && revision.DesmosState == after.DesmosState {
		return false, nil
	}
	if item.LastSynced.Before(revision.UpdatedAt.Truncate(time.Millisecond)) {
		given := revision.LastSynced.Truncate(time.Millisecond).Equal(item.LastSynced.Truncate(time.Millisecond))
		var own bool
		err := r.scan(ctx, `select exists (select 1 from tile_versions where tile_id = $1 and version = $2 and session_id = $3)`,
			[]any{revision.ID, revision.Version, by.SessionID}, &own)
		return !given || !own, err
	}
	return r.hasVersion(ctx, revision.UserID, &after)
}

// hasVersion reports whether a tile's notes and graph equal those of a kept version. Older clients trim white space
// from notes, which is ignored.
func (r runner) hasVersion(ctx context.Context, userID int64, tile *app.Tile) (has bool, err error) {
	packed, _ := packState(tile.DesmosState)
	const cut = 100 // bytes of white space
	size := entrySize(tile.DesmosState, tile.Description)
	packedSize := entrySize(packed, tile.Description)
	err = r.scan(ctx, `select exists (select 1 from tiles join tile_versions v on v.tile_id = tiles.id
		where user_id = $1 and v.concept_type = $2 and v.deleted = 0 and (v.bytes between $3 and $4 or v.bytes between $5 and $6)
			and v.desmos_state in ($7, $8) and (v.description = $9 or trim(v.description, char(9, 10, 11, 12, 13, 32)) = $9))`,
		[]any{userID, tile.ConceptType, packedSize, packedSize + cut, size, size + cut, packed, tile.DesmosState, tile.Description}, &has)
	return has, err
}
