package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// keepChanges is how long the outcome of a change is remembered. If a device that was away for longer sends a change
// again, it is merged once more, which loses nothing and at worst shows a conflict.
const keepChanges = 400 * 24 * time.Hour

// Sync takes a device's changes and returns those of others, in one transaction. For tiles that only the device
// itself changed it returns just the version: the device has the rest. From a device that has seen what this database
// lacks, as after a restored backup, it takes nothing and returns everything: the device then knows what to send
// again.
func (s *Store) Sync(ctx context.Context, userID int64, request app.SyncRequest, device app.Device) (answer app.SyncAnswer, err error) {
	if len(request.Changes) == 0 && request.Preferences == nil {
		return s.reading().sync(ctx, userID, request, s.edit(device))
	}
	err = s.writing(ctx, func(tx runner) error {
		answer, err = tx.sync(ctx, userID, request, s.edit(device))
		return err
	})
	return answer, err
}

func (r runner) sync(ctx context.Context, userID int64, request app.SyncRequest, by edit) (answer app.SyncAnswer, err error) {
	var known int64
	if err := r.scan(ctx, `select revision from users where id = $1`, []any{userID}, &known); err != nil {
		return answer, err
	}
	common, err := r.commonRevision(ctx, userID, request, known)
	if err != nil {
		return answer, err
	}
	if common < request.Cursor {
		if request.Epoch != "" {
			return r.answerSetBack(ctx, userID, common)
		}
		request.Cursor = fromTheStart // older clients work it out by themselves, deleted tiles included
	}
	stale, err := r.staleTiles(ctx, userID, request.Cursor)
	if err != nil {
		return answer, err
	}
	var results []app.ChangeResult
	for _, change := range request.Changes {
		result, otherwise, err := r.takeChange(ctx, userID, change, by)
		if err != nil {
			return answer, err
		}
		results = append(results, result)
		if otherwise && !slices.Contains(stale, result.TileID) {
			stale = append(stale, result.TileID)
		}
	}
	if request.Preferences != nil {
		result, err := r.takePreferenceEdit(ctx, userID, *request.Preferences)
		if err != nil {
			return answer, err
		}
		results = append(results, result)
	}
	answer, err = r.answerSync(ctx, userID, request.Cursor, stale)
	answer.Results = results
	if len(results) == 0 {
		answer.Cursor = min(answer.Cursor, known) // read before the tiles: a change in between is sent next time
	}
	if err == nil {
		answer.Epoch, err = r.epochOf(ctx, userID, answer.Cursor)
	}
	return answer, err
}

// takeChange merges one change, unless it has been taken before. otherwise is as in app.Outcome.
func (r runner) takeChange(ctx context.Context, userID int64, change app.SyncChange, by edit) (result app.ChangeResult, otherwise bool, err error) {
	if change.Err != nil {
		return refused(change.ID, change.Err), false, nil
	}
	result = app.ChangeResult{ID: change.ID, Status: app.ChangeSaved}
	err = r.scan(ctx, `select tile_id, version, conflict from sync_changes where user_id = $1 and change_id = $2`,
		[]any{userID, change.ID}, &result.TileID, &result.Version, &result.Conflict)
	if err == nil {
		if result.Conflict > 0 {
			result.Status = app.ChangeConflict
		}
		return result, result.TileID != 0, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return result, false, err
	}
	revision, err := r.findRevision(ctx, newestOfType, userID, change.ConceptType)
	if app.KindOf(err) == app.KindNotFound {
		revision, err = app.NewRevision(userID, change.ConceptType), nil
		revision.LastSynced = by.at
	}
	if err != nil {
		return result, false, err
	}
	otherwise, err = r.mergeChange(ctx, change.Change, &revision, &result, by)
	if app.KindOf(err) == app.KindTooLarge {
		return refused(change.ID, err), false, nil // nothing was written
	}
	if err != nil {
		return result, false, err
	}
	_, err = r.exec(ctx, `insert into sync_changes (user_id, change_id, tile_id, version, conflict, saved_at) values ($1, $2, $3, $4, $5, $6)`,
		userID, change.ID, result.TileID, result.Version, result.Conflict, micros(by.at))
	return result, otherwise || change.Mended && result.TileID != 0, err
}

// mergeChange merges a change into the current tile, saves it, and records the outcome in result.
func (r runner) mergeChange(ctx context.Context, change app.Change, revision *app.Revision, result *app.ChangeResult, by edit) (otherwise bool, err error) {
	was, wasID := revision.Version, revision.ID
	outcome := change.Merge(revision)
	if outcome.Changed {
		by.base = change.Base
		err = r.saveRevision(ctx, revision, by) // first, since there may be no room
	} else if len(change.Resolves) > 0 && revision.ID != 0 {
		err = r.touchTile(ctx, revision) // tells other devices that the conflict is settled
	}
	if err == nil && len(outcome.Conflicts) > 0 {
		result.Status, result.Conflict = app.ChangeConflict, was
		err = r.markConflict(ctx, revision.ID, was)
	}
	if err == nil && len(change.Resolves) > 0 && wasID != 0 {
		err = r.settleConflicts(ctx, revision.ID, change.Resolves)
	}
	result.Version, result.TileID = revision.Version, revision.ID
	return outcome.Otherwise, err
}

// touchTile counts a change that leaves the tile itself as it is.
func (r runner) touchTile(ctx context.Context, tile *app.Revision) error {
	revision, err := r.nextRevision(ctx, tile.UserID)
	if err != nil {
		return err
	}
	_, err = r.exec(ctx, `update tiles set revision = $1 where id = $2`, revision, tile.ID)
	return err
}

// refused returns the result of a change that cannot be taken.
func refused(id string, err error) app.ChangeResult {
	fields, ok := errors.AsType[app.FieldErrors](err)
	if !ok {
		fields = app.FieldErrors{app.NonField: {err.Error()}}
	}
	return app.ChangeResult{ID: id, Status: app.ChangeError, Errors: fields}
}

// takePreferenceEdit changes the preferences. The later arrival of each field wins, so a repeated edit does no harm.
func (r runner) takePreferenceEdit(ctx context.Context, userID int64, edit app.PreferenceEdit) (app.ChangeResult, error) {
	if edit.Err != nil {
		return refused(edit.ID, edit.Err), nil
	}
	preference, err := r.findPreference(ctx, userID)
	if app.KindOf(err) == app.KindNotFound {
		preference, err = r.createPreference(ctx, userID, edit.PreferenceChange)
	} else if err == nil {
		preference, err = r.updatePreference(ctx, userID, preference, edit.PreferenceChange)
	}
	return app.ChangeResult{ID: edit.ID, Status: app.ChangeSaved, Version: preference.Version}, err
}

// staleTiles returns the ids of the user's tiles that changed since a device's cursor. A device without any tiles
// (cursor 0) has none to delete.
func (r runner) staleTiles(ctx context.Context, userID, cursor int64) ([]int64, error) {
	return r.listIDs(ctx, `
		select id from tiles where user_id = $1 and revision > $2 and ($2 <> 0 or deleted_at is null)`, userID, cursor)
}

// answerSync returns what a device does not know: the stale tiles, and the preferences if they changed since its
// cursor.
func (r runner) answerSync(ctx context.Context, userID, cursor int64, stale []int64) (answer app.SyncAnswer, err error) {
	answer.Account = userID
	if err = r.scan(ctx, `select revision from users where id = $1`, []any{userID}, &answer.Cursor); err != nil {
		return answer, err
	}
	for _, id := range stale {
		revision, err := r.findRevision(ctx, `id = $2`, userID, id)
		if err != nil {
			return answer, err
		}
		conflicts, err := r.openConflicts(ctx, id)
		if err != nil {
			return answer, err
		}
		answer.Tiles = append(answer.Tiles, app.SyncedTile{Tile: revision.Tile, Deleted: revision.Deleted, Conflicts: conflicts})
	}
	preference, err := r.findPreference(ctx, userID)
	if err == nil && preference.Revision > cursor {
		answer.Preferences = &preference
	}
	if app.KindOf(err) == app.KindNotFound {
		err = nil
	}
	return answer, err
}
