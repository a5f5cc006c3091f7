package store

import (
	"context"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

// SyncTiles takes the tiles of an older client, in one transaction, and answers each. An item that is not right harms no
// other.
func (s *Store) SyncTiles(ctx context.Context, userID int64, items []app.SyncItem, device app.Device) ([]app.SyncResult, error) {
	results := make([]app.SyncResult, 0, len(items))
	err := s.writing(ctx, func(tx runner) error {
		for _, item := range items {
			result, err := tx.syncTile(ctx, userID, item, s.edit(device))
			if fields, ok := errors.AsType[app.FieldErrors](err); ok {
				result, err = app.SyncResult{Status: app.SyncError, Errors: fields}, nil
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
		return app.SyncResult{Status: app.SyncServerNewer, Tile: revision.Tile}, nil
	case item.Err != nil:
		return app.SyncResult{}, item.Err
	}
	tile, err := r.updateTile(ctx, revision, change, by)
	return app.SyncResult{Status: app.SyncUpdated, Tile: tile}, err
}
