// Package store keeps the museum in an SQLite file. It holds all SQL; each public method is one transaction.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/platform"
	_ "modernc.org/sqlite" // SQLite without cgo: every system can build for every other
)

// busyTimeout bounds the wait for the write lock, first in this process, then in SQLite. A write takes well under a
// millisecond, but an import of thousands of students takes as many seconds: then it is better to say so.
const busyTimeout = 5 * time.Second

// connections is the size of the pool: four connections read half as fast again as one. Writes are serialised, see
// writing.
const connections = 4

// Options configure a store. Path, Schema and Secret are required.
type Options struct {
	Path       string     // the database file; its folder must exist
	Schema     string     // the text of schema.sql
	Secret     app.Secret // see LoadSecret
	Now        func() time.Time
	Quota      int64  // bytes that the photos and the history of one user may take up; 0 means app.DefaultQuota
	EpochFiles string // folder for the epoch files of short-lived processes; "" for a long-lived one
}

// Store is an open database. It is safe for concurrent use by goroutines and by other processes.
type Store struct {
	db         *sql.DB
	path       string
	opened     os.FileInfo // identifies the file, whatever its name
	lock       *Lock       // shared by all processes that have the database open
	schema     string
	secret     app.Secret
	now        func() time.Time
	quota      int64
	statements sync.Map      // query text to *sql.Stmt
	epoch      string        // name of this run of the program, see epoch.go
	begun      sync.Map      // ids of users whose museum this run has changed
	epochFiles epochFiles    // see Options.EpochFiles
	writer     chan struct{} // holds a value while somebody writes, see writing
	hashing    sync.Mutex    // held while a password is hashed
	changed    func(userID, revision int64)
	full       atomic.Bool // the disk had no room for a write, and Check has not found room since
}

// Open opens the file and checks that it is a museum's. A missing or empty file is created from the schema. A file of
// an older version is opened as it is, see Pending and Migrate. Its errors wrap ErrNotMuseum, ErrNewer, ErrSchema or
// ErrDamaged.
func Open(ctx context.Context, options Options) (*Store, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Quota == 0 {
		options.Quota = app.DefaultQuota
	}
	lock, err := LockShared(ctx, options.Path)
	if err != nil {
		return nil, err
	}
	if err := makeFile(options.Path); err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	db, err := sql.Open("sqlite", dataSource(options.Path))
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	store := &Store{db: db, path: options.Path, lock: lock, schema: options.Schema, secret: options.Secret, now: options.Now, quota: options.Quota,
		writer: make(chan struct{}, 1), epoch: newEpochName(), epochFiles: epochFiles(options.EpochFiles)}
	if err := store.prepareFile(ctx); err != nil {
		return nil, errors.Join(withSentinel(err), store.Close())
	}
	if store.opened, err = os.Stat(options.Path); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// makeFile creates the file if there is none, for its owner alone whatever its folder; the WAL inherits the mode. An
// existing file is not opened: closing it would end the locks that SQLite holds in this process.
func makeFile(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// dataSource returns the file's URI with the pragmas for every connection of the pool.
func dataSource(path string) string {
	journal := "WAL"
	if platform.OnNetwork(path) {
		journal = "DELETE" // a WAL needs memory shared between processes, which network file systems lack
	}
	query := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"journal_mode(" + journal + ")",
		"synchronous(FULL)", // what is acknowledged is on disk
		"foreign_keys(1)",
		"secure_delete(1)", // deleted and overwritten data leaves the file too; no measurable cost
	}}
	return fileURI(path, query)
}

// Close closes the file. The last process to close it leaves no WAL behind.
func (s *Store) Close() error { return errors.Join(s.db.Close(), s.lock.Release()) }

// Path returns the path of the file.
func (s *Store) Path() string { return s.path }

// Secret returns the installation's key.
func (s *Store) Secret() app.Secret { return s.secret }

// Schema returns the text of schema.sql.
func (s *Store) Schema() string { return s.schema }

// Now returns the time of the store's clock in UTC, to the microsecond.
func (s *Store) Now() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// OnChange registers a function that is called after each committed change of a user's museum by this process, with
// the user's revision. It must return quickly, and be registered before the store is used.
func (s *Store) OnChange(do func(userID, revision int64)) { s.changed = do }

// runner runs statements, in a transaction or without.
type runner struct {
	store     *Store
	tx        *sql.Tx              // nil: each statement by itself
	bound     map[string]*sql.Stmt // by query: statements of the transaction, which it holds on to, so each is made once
	revisions map[int64]int64      // by user: museums that the transaction changes
	stamps    map[int64]string
}

// statement returns the prepared form of a query. Preparing each once is 1.6 times as fast.
func (r runner) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := r.bound[query]; ok {
		return stmt, nil
	}
	prepared, ok := r.store.statements.Load(query)
	if !ok {
		made, err := r.store.db.PrepareContext(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("prepare %q: %w", query, err)
		}
		if prepared, ok = r.store.statements.LoadOrStore(query, made); ok {
			made.Close()
		}
	}
	stmt := prepared.(*sql.Stmt)
	if r.tx != nil {
		stmt = r.tx.StmtContext(ctx, stmt)
		r.bound[query] = stmt
	}
	return stmt, nil
}

func (r runner) exec(ctx context.Context, query string, args ...any) (rows int64, err error) {
	stmt, err := r.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r runner) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := r.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	return rows, explain(err)
}

// listIDs returns the single column of a query, which has integers.
func (r runner) listIDs(ctx context.Context, query string, args ...any) (ids []int64, err error) {
	rows, err := r.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// scan scans the only row of a query into places. The error is sql.ErrNoRows if there is none.
func (r runner) scan(ctx context.Context, query string, args []any, places ...any) error {
	stmt, err := r.statement(ctx, query)
	if err != nil {
		return err
	}
	return explain(stmt.QueryRowContext(ctx, args...).Scan(places...))
}

// reading returns a runner for methods that only read, with one statement. All writes go through writing, even those
// of one statement.
func (s *Store) reading() runner { return runner{store: s} }

// writing runs do in a transaction that holds the write lock from its start, and commits unless do fails. Within a
// process only one at a time waits for that lock: if all connections of the pool did, the one that has it could
// prepare no further statement, and everything would stand still until the timeout.
func (s *Store) writing(ctx context.Context, do func(runner) error) (err error) {
	defer func() {
		err = explain(err)
		if app.KindOf(err) == app.KindFull {
			s.full.Store(true)
		}
	}()
	turn := time.NewTimer(busyTimeout)
	defer turn.Stop()
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-turn.C: // the writer before this one is waiting as well
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // no effect after the commit
	revisions, stamps := map[int64]int64{}, map[int64]string{}
	if err := do(runner{store: s, tx: tx, bound: map[string]*sql.Stmt{}, revisions: revisions, stamps: stamps}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	for userID, revision := range revisions {
		s.begun.Store(userID, true)
		s.epochFiles.save(userID, stamps[userID])
		if s.changed != nil {
			s.changed(userID, revision)
		}
	}
	return nil
}

// exec runs one statement in a transaction of its own.
func (s *Store) exec(ctx context.Context, query string, args ...any) (rows int64, err error) {
	err = s.writing(ctx, func(tx runner) error {
		rows, err = tx.exec(ctx, query, args...)
		return err
	})
	return rows, err
}

// micros returns a time as it is stored, in microseconds.
func micros(moment time.Time) int64 { return moment.UnixMicro() }

// moment scans a stored time; NULL becomes the zero time.
type moment struct{ to *time.Time }

func (m moment) Scan(stored any) error {
	switch n := stored.(type) {
	case int64:
		*m.to = time.UnixMicro(n).UTC()
	case nil:
		*m.to = time.Time{}
	default:
		return fmt.Errorf("a time is stored as %T, not as a number", stored)
	}
	return nil
}
