package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/mathmuseums/mathmuseums/app"
)

// Snapshot reads the database as it was at one moment, whatever is written meanwhile. Results come row by row, so
// their size does not matter, and always in the same order.
type Snapshot struct {
	runner runner
	ctx    context.Context
}

// Read calls do with a snapshot that is valid until do returns. Others can write meanwhile, except if the database is
// on a network drive (see dataSource).
func (s *Store) Read(ctx context.Context, do func(*Snapshot) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer tx.Rollback() // nothing to commit
	return do(&Snapshot{runner{store: s, tx: tx, bound: map[string]*sql.Stmt{}}, ctx})
}

// rows returns the results of a query, each scanned into the destinations that places returns.
func rows[T any](s *Snapshot, places func(*T) []any, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		found, err := s.runner.query(s.ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer found.Close()
		for found.Next() {
			var row T
			if err := found.Scan(places(&row)...); err != nil {
				yield(none, err)
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(none, err)
		}
	}
}

// Users returns the user with the given number, or all in the order of their numbers if it is 0.
func (s *Snapshot) Users(id int64) iter.Seq2[app.User, error] {
	if id != 0 {
		return rows(s, userDest, `select `+userColumns+` from users where id = $1`, id)
	}
	return rows(s, userDest, `select `+userColumns+` from users order by id`)
}

// Preferences returns a user's preferences, if there are any.
func (s *Snapshot) Preferences(userID int64) iter.Seq2[app.Preference, error] {
	return rows(s, preferenceDest, `select `+preferenceColumns+` from preferences where user_id = $1`, userID)
}

// Tiles returns a user's tiles, deleted ones included, in the order of their creation.
func (s *Snapshot) Tiles(userID int64) iter.Seq2[app.Revision, error] {
	found := rows(s, revisionDest, `select `+revisionColumns+` from tiles where user_id = $1 order by id`, userID)
	return unpacked(s, found, func(r *app.Revision) (int64, *string) { return r.ID, &r.DesmosState })
}

// Versions returns the kept versions of a tile, oldest first.
func (s *Snapshot) Versions(tileID int64) iter.Seq2[app.TileVersion, error] {
	found := rows(s, versionDest, `select `+versionColumns+` from tile_versions v where tile_id = $1 order by version`, tileID)
	return unpacked(s, found, func(v *app.TileVersion) (int64, *string) { return v.ID, &v.DesmosState })
}

// unpacked puts the photos back into the states of rows; state returns the tile's id and the place of the state.
func unpacked[T any](s *Snapshot, rows iter.Seq2[T, error], state func(*T) (tileID int64, text *string)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row, err := range rows {
			if err == nil {
				tileID, text := state(&row)
				err = s.runner.unpackState(s.ctx, tileID, text)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Images returns the photos of a user, or of all if the number is 0, in the order of their hashes.
func (s *Snapshot) Images(userID int64) iter.Seq2[app.Image, error] {
	if userID != 0 {
		return rows(s, imageDest, `select `+imageColumns+` from image_owners join images on images.id = image_id
			where user_id = $1 order by sha256`, userID)
	}
	return rows(s, imageDest, `select `+imageColumns+` from images order by sha256`)
}

// ReadImage returns a reader of a photo's bytes.
func (s *Snapshot) ReadImage(image app.Image) *ImageReader {
	return &ImageReader{runner: s.runner, ctx: s.ctx, image: image}
}

// Users is like Snapshot.Users without a snapshot: each user is looked up separately, so the caller may take its
// time.
func (s *Store) Users(ctx context.Context, id int64) iter.Seq2[app.User, error] {
	return func(yield func(app.User, error) bool) {
		for above := id - 1; ; {
			var user app.User
			err := s.reading().scan(ctx, `select `+userColumns+` from users where id > $1 and ($2 = 0 or id = $2) order by id limit 1`,
				[]any{above, id}, userDest(&user)...)
			if errors.Is(err, sql.ErrNoRows) || !yield(user, err) || err != nil {
				return
			}
			above = user.ID
		}
	}
}
