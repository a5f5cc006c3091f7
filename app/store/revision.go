package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const revisionColumns = tileColumns + `, deleted_at is not null, description_version, state_version, item_versions`

// itemVersions scans stored app.ItemVersions.
type itemVersions struct{ to *app.ItemVersions }

func (v itemVersions) Scan(stored any) error {
	text, ok := stored.(string)
	if !ok {
		return fmt.Errorf("versions of items are stored as %T, not as text", stored)
	}
	return json.Unmarshal([]byte(text), v.to)
}

// revisionDest returns the scan destinations for a row of revisionColumns.
func revisionDest(r *app.Revision) []any {
	return append(tileDest(&r.Tile), &r.Deleted, &r.DescriptionVersion, &r.StateVersion, itemVersions{&r.Items})
}

// findRevision returns the tile that matches a condition on $2, deleted or not.
func (r runner) findRevision(ctx context.Context, condition string, userID int64, arg any) (revision app.Revision, err error) {
	err = r.scan(ctx, `select `+revisionColumns+` from tiles where user_id = $1 and `+condition,
		[]any{userID, arg}, revisionDest(&revision)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoTile
	}
	if err == nil && revision.Deleted {
		err = r.unpackState(ctx, revision.ID, &revision.DesmosState)
	}
	return revision, err
}

// newestOfType is the condition for the current tile of a type, or the last deleted one. Versions of a type only
// grow.
const newestOfType = `concept_type = $2 order by version desc limit 1`

// lastVersion returns the highest version that a tile of a type has had, 0 for none.
func (r runner) lastVersion(ctx context.Context, userID int64, conceptType string) (version int64, err error) {
	err = r.scan(ctx, `select coalesce(max(version), 0) from tiles where user_id = $1 and concept_type = $2`, []any{userID, conceptType}, &version)
	return version, err
}

// nextRevision counts a change of the user's museum.
func (r runner) nextRevision(ctx context.Context, userID int64) (revision int64, err error) {
	continues, err := r.continuesEpoch(ctx, userID)
	if err != nil {
		return 0, err
	}
	stamp := newEpochName()
	err = r.scan(ctx, `update users set revision = revision + 1, stamp = $2 where id = $1 returning revision`, []any{userID, stamp}, &revision)
	if err == nil && !continues {
		err = r.beginEpoch(ctx, userID, revision)
	}
	r.revisions[userID], r.stamps[userID] = revision, stamp
	return revision, err
}

// edit says who changes something, and when.
type edit struct {
	app.Device
	at   time.Time
	base int64 // the version that it is based on, if the device said so; 0: it gets a history entry of its own
}

// edit returns an edit by a device at this moment.
func (s *Store) edit(device app.Device) edit { return edit{Device: device, at: s.Now()} }

// saveRevision writes a tile, a new one if it has no id, counts the change, and keeps the version in the history. It
// fails with KindTooLarge, having written nothing, if the user's history has no room.
func (r runner) saveRevision(ctx context.Context, tile *app.Revision, by edit) error {
	if !tile.Deleted {
		if err := r.checkHistoryRoom(ctx, &tile.Tile); err != nil {
			return err
		}
	}
	return r.writeRevision(ctx, tile, by)
}

// writeRevision is saveRevision without the check for room. The state of a tombstone is packed, since its photos are
// in the history: deleting and creating tiles again and again would fill the disk past the quota otherwise.
func (r runner) writeRevision(ctx context.Context, tile *app.Revision, by edit) error {
	state := tile.DesmosState
	if tile.Deleted {
		state, _ = packState(state)
	}
	revision, err := r.nextRevision(ctx, tile.UserID)
	if err != nil {
		return err
	}
	items, err := json.Marshal(tile.Items)
	if err != nil {
		return err
	}
	var deletedAt any
	if tile.Deleted {
		deletedAt = micros(by.at)
	}
	tile.UpdatedAt = by.at
	values := []any{tile.ConceptType, tile.PositionX, tile.PositionY, tile.Width, tile.Height, tile.ZIndex, state,
		tile.Description, tile.Completed, tile.Version, micros(tile.UpdatedAt), micros(tile.LastSynced), deletedAt, revision,
		tile.DescriptionVersion, tile.StateVersion, string(items)}
	if tile.ID == 0 {
		tile.CreatedAt = by.at
		err = r.scan(ctx, `insert into tiles (concept_type, position_x, position_y, width, height, z_index, desmos_state, description,
				completed, version, updated_at, last_synced, deleted_at, revision, description_version, state_version, item_versions,
				user_id, created_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) returning id`,
			append(values, tile.UserID, micros(tile.CreatedAt)), &tile.ID)
	} else {
		_, err = r.exec(ctx, `update tiles set concept_type = $1, position_x = $2, position_y = $3, width = $4, height = $5, z_index = $6,
				desmos_state = $7, description = $8, completed = $9, version = $10, updated_at = $11, last_synced = $12,
				deleted_at = $13, revision = $14, description_version = $15, state_version = $16, item_versions = $17
			where id = $18`, append(values, tile.ID)...)
	}
	if isUnique(err) {
		return errTileTaken
	}
	if err != nil {
		return err
	}
	return r.saveVersion(ctx, tile, revision, by)
}
