package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

// Watcher notices that the database was written to, by this process or another. It has a connection of its own, since
// SQLite counts for each connection what others write.
type Watcher struct {
	db   *sql.DB
	seen int64
}

// Watch begins to watch. The watcher must be closed.
func (s *Store) Watch() (*Watcher, error) {
	db, err := sql.Open("sqlite", dataSource(s.path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &Watcher{db: db}, nil
}

// Changed tells whether anything was written since it was asked last. The first answer is yes.
func (w *Watcher) Changed(ctx context.Context) (bool, error) {
	var version int64
	if err := w.db.QueryRowContext(ctx, "pragma data_version").Scan(&version); err != nil {
		return false, err
	}
	changed := version != w.seen
	w.seen = version
	return changed, nil
}

// Close ends the watch.
func (w *Watcher) Close() error { return w.db.Close() }

// FindRevision gives how many changes a user's museum has had.
func (s *Store) FindRevision(ctx context.Context, userID int64) (revision int64, err error) {
	err = s.reading().scan(ctx, `select revision from users where id = $1`, []any{userID}, &revision)
	if errors.Is(err, sql.ErrNoRows) {
		err = app.Errorf(app.KindNotFound, "This account is not there any more.")
	}
	return revision, err
}
