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

// applicationID marks a museum's database in the file header ("MMus") and tells it from other programs' databases.
const applicationID = 0x4d4d7573

// ErrNotMuseum is returned for a file that is not a database, or belongs to another program.
var ErrNotMuseum = errors.New("this file is not a museum's database")

// ErrNewer is returned for a database created by a newer version of the program.
var ErrNewer = errors.New("this database belongs to a newer version of the program")

// prepareFile creates a new database or checks an existing one. If several processes do so at once it waits for the
// others: SQLite itself does not wait when the journal mode of a new file is first set.
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

// checkIdentity fails for a file that is not a museum, or is newer than this program.
func checkIdentity(path string, id, version int) error {
	switch {
	case id != applicationID:
		return fmt.Errorf("%s: %w", path, ErrNotMuseum)
	case version > newestVersion():
		return fmt.Errorf("%s: %w (it has version %d, this program knows %d)", path, ErrNewer, version, newestVersion())
	}
	return nil
}

// identity reads the file's header. It reads the version first: if another process is just marking a new file, the
// result is then a file without a version, not a versioned file without an owner.
func identity(ctx context.Context, from reader, path string) (id, version int, err error) {
	if err = from.QueryRowContext(ctx, "pragma user_version").Scan(&version); err == nil {
		err = from.QueryRowContext(ctx, "pragma application_id").Scan(&id)
	}
	if failure, ok := errors.AsType[*sqlite.Error](err); ok && failure.Code() == sqlite3.SQLITE_NOTADB {
		err = fmt.Errorf("%s: %w", path, ErrNotMuseum)
	}
	return id, version, err
}

// create creates the tables in an empty file. If two processes meet here, one creates them and the other finds them.
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
