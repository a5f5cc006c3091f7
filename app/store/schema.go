package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a museum's database in the file's header ("MMus"), so that another program's is told apart.
const applicationID = 0x4d4d7573

// ErrNotMuseum is given for a file that is no database, or another program's.
var ErrNotMuseum = errors.New("this file is not a museum's database")

// ErrNewer is given for a database that a newer version of the program has made.
var ErrNewer = errors.New("this database belongs to a newer version of the program")

// prepareFile makes a new database, or checks an old one. Where several do so at once it waits for the others: SQLite itself
// does not wait when a new file is first given its kind of log.
func (s *Store) prepareFile(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		err := s.tryPrepareFile(ctx)
		if !errors.Is(withSentinel(err), ErrBusy) {
			return err
		}
		select {
		case <-time.After(lockRetry):
		case <-waiting.Done():
			return err
		}
	}
}

func (s *Store) tryPrepareFile(ctx context.Context) error {
	id, version, err := identity(ctx, s.db, s.path)
	if err != nil {
		return err
	}
	if version == 0 && (id == 0 || id == applicationID) {
		if err := s.create(ctx); err != nil {
			return err
		}
		if id, version, err = identity(ctx, s.db, s.path); err != nil {
			return err
		}
	}
	if err := checkIdentity(s.path, id, version); err != nil || version < newestVersion() {
		return err
	}
	return checkShape(ctx, s.db, s.path, s.schema)
}

// checkIdentity refuses what is no museum, or newer than this program.
func checkIdentity(path string, id, version int) error {
	switch {
	case id != applicationID:
		return fmt.Errorf("%s: %w", path, ErrNotMuseum)
	case version > newestVersion():
		return fmt.Errorf("%s: %w (it has version %d, this program knows %d)", path, ErrNewer, version, newestVersion())
	}
	return nil
}

// identity reads the file's header: the version first, so that who comes while another marks a new file sees no version rather
// than one of a file that is nobody's.
func identity(ctx context.Context, from reader, path string) (id, version int, err error) {
	if err = from.QueryRowContext(ctx, "pragma user_version").Scan(&version); err == nil {
		err = from.QueryRowContext(ctx, "pragma application_id").Scan(&id)
	}
	if failure, ok := errors.AsType[*sqlite.Error](err); ok && failure.Code() == sqlite3.SQLITE_NOTADB {
		err = fmt.Errorf("%s: %w", path, ErrNotMuseum)
	}
	return id, version, err
}

// create makes the tables of an empty file. Of two processes that meet here one does it, the other finds it done.
func (s *Store) create(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var tables int
	if err := tx.QueryRowContext(ctx, "select count(*) from sqlite_master").Scan(&tables); err != nil || tables > 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, s.schema); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	if err := mark(ctx, tx, newestVersion()); err != nil {
		return err
	}
	return tx.Commit()
}

// mark writes the file's header. Pragmas take no parameters.
func mark(ctx context.Context, tx *sql.Tx, version int) error {
	_, err := tx.ExecContext(ctx, fmt.Sprintf("pragma application_id = %d; pragma user_version = %d", applicationID, version))
	return err
}
