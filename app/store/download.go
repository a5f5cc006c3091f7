package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

// A download of a whole museum reads its tiles and versions one at a time: the receiver may be slow, and each can be
// megabytes. Between two of them it holds nothing of the database.

// ListTileIDs returns the ids of a user's tiles, deleted ones included, oldest first.
func (s *Store) ListTileIDs(ctx context.Context, userID int64) ([]int64, error) {
	return s.reading().listIDs(ctx, `select id from tiles where user_id = $1 order by id`, userID)
}

// FindTileRevision returns one of a user's tiles, deleted or not.
func (s *Store) FindTileRevision(ctx context.Context, userID, id int64) (app.Revision, error) {
	return s.reading().findRevision(ctx, `id = $2`, userID, id)
}

// NextTileVersion returns the first kept version above the given one of a user's tile; found is false after the last.
func (s *Store) NextTileVersion(ctx context.Context, userID, tileID, above int64) (version app.TileVersion, found bool, err error) {
	err = s.reading().scan(ctx, `select `+versionColumns+` from tile_versions v join tiles on tiles.id = v.tile_id
		where v.tile_id = $1 and v.version > $2 and user_id = $3 order by v.version limit 1`,
		[]any{tileID, above, userID}, versionDest(&version)...)
	if errors.Is(err, sql.ErrNoRows) {
		return version, false, nil
	}
	if err == nil {
		err = s.reading().unpackState(ctx, version.ID, &version.DesmosState)
	}
	return version, err == nil, err
}
