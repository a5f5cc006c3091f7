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

// step brings a database from one version to the next. Steps are numbered by their place and never changed once
// released.
type step struct {
	about string // what it does, for migrate --check
	sql   string
}

// steps lead from version 1 to the newest. There are none before the first release.
var steps []step

// newestVersion is the version of schema.sql.
func newestVersion() int { return 1 + len(steps) }

// prepareFile makes a new database, or checks an old one. Where several do so at once it waits for the others: SQLite itself
// does not wait when a new file is first given its kind of log.
func (s *Store) prepareFile(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		err := s.prepareFileAtOnce(ctx)
		if !errors.Is(named(err), ErrBusy) {
			return err
		}
		select {
		case <-time.After(lockRetry):
		case <-waiting.Done():
			return err
		}
	}
}

func (s *Store) prepareFileAtOnce(ctx context.Context) error {
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
	return checkIdentity(s.path, id, version)
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

// Pending says what Migrate would do, one line a step; nothing where the database is of the newest version.
func (s *Store) Pending(ctx context.Context) ([]string, error) {
	_, version, err := identity(ctx, s.db, s.path)
	if err != nil {
		return nil, err
	}
	var pending []string
	for i := max(version, 1); i < newestVersion(); i++ {
		pending = append(pending, fmt.Sprintf("version %d: %s", i+1, steps[i-1].about))
	}
	return pending, nil
}

// Migrate brings the database to the newest version, all steps in one transaction, after taking a copy of the file. It
// gives the copy's path, nothing where there was nothing to do.
func (s *Store) Migrate(ctx context.Context) (snapshot string, err error) {
	pending, err := s.Pending(ctx)
	if err != nil || len(pending) == 0 {
		return "", err
	}
	snapshot = fmt.Sprintf("%s.before-version-%d.%s", s.path, newestVersion(), s.Now().Format("20060102T150405Z"))
	if _, err := s.Copy(ctx, snapshot, nil); err != nil {
		return "", fmt.Errorf("copy the database before changing it: %w", err)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return snapshot, err
	}
	defer tx.Rollback()
	var version int // read again: another process may have been faster
	if err := tx.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil {
		return snapshot, err
	}
	for i := version; i < newestVersion(); i++ {
		if _, err := tx.ExecContext(ctx, steps[i-1].sql); err != nil {
			return snapshot, fmt.Errorf("bring the database to version %d: %w", i+1, err)
		}
	}
	if err := mark(ctx, tx, newestVersion()); err != nil {
		return snapshot, err
	}
	return snapshot, tx.Commit()
}
