package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

// Watcher notices writes to the database by this process or another. It has a connection of its own, since SQLite
// counts for each connection what others write.
type Watcher struct {
	db   *sql.DB
	seen int64
}

// Watch returns a new watcher, which must be closed.
func (s *Store) Watch() (*Watcher, error) {
	db, err := sql.Open("sqlite", dataSource(s.path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &Watcher{db: db}, nil
}

// Changed reports whether anything was written since the last call. The first call returns true.
func (w *Watcher) Changed(ctx context.Context) (bool, error) {
	var version int64
	if err := w.db.QueryRowContext(ctx, "pragma data_version").Scan(&version); err != nil {
		return false, err
	}
	changed := version != w.seen
	w.seen = version
	return changed, nil
}

// Close closes the watcher's connection.
func (w *Watcher) Close() error { return w.db.Close() }

// FindRevision returns how many changes a user's museum has had.
func (s *Store) FindRevision(ctx context.Context, userID int64) (revision int64, err error) {
	err = s.reading().scan(ctx, `select revision from users where id = $1`, []any{userID}, &revision)
	if errors.Is(err, sql.ErrNoRows) {
		err = app.Errorf(app.KindNotFound, "This account no longer exists.")
	}
	return revision, err
}
