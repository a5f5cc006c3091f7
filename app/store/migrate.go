package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/mathmuseums/mathmuseums/app/platform"
)

// step brings a database from one version to the next. Steps are numbered by position and never changed once
// released.
type step struct {
	about string // what it does, for migrate --check
	sql   string
	do    func(context.Context, *sql.Tx) error // runs after the SQL, for what SQL cannot do; may be nil
}

// steps lead from version 1 to the newest.
var steps = []step{
	{about: "counts wrong codes and mails by address, network and browser", sql: `
		alter table codes rename to old_codes;
		create table codes (
			email          text    not null,
			purpose        text    not null check (purpose in ('sign-in', 'deletion')),
			issued         integer not null check (issued in (0, 1)),
			browser        blob    not null,
			is_known       integer not null check (is_known in (0, 1)),
			mailbox        text    not null,
			hash           blob    not null check (length(hash) = 32),
			created_at     integer not null,
			expires_at     integer not null check (expires_at > created_at),
			tries_here     integer not null check (tries_here >= 0),
			tries_away     integer not null check (tries_away >= 0),
			primary key (email, purpose, issued, browser)
		);
		insert into codes (email, purpose, issued, browser, is_known, mailbox, hash, created_at, expires_at, tries_here, tries_away)
			select email, purpose, purpose = 'sign-in' and length(browser) = 0, browser, 0, mailbox, hash, created_at, expires_at, tries_here, tries_away
			from old_codes;
		drop table old_codes;
		create index codes_expires_at on codes (expires_at);
		drop table throttles;
		create table throttles (
			kind           text    not null,
			subject        text    not null,
			browser        blob    not null,
			count          integer not null check (count >= 0),
			expires_at     integer not null,
			primary key (kind, subject, browser)
		) without rowid;
		create index throttles_expires_at on throttles (expires_at);`},
	{about: "gives the museum an id", sql: `
		create table museum (id text primary key check (length(id) >= 16));
		insert into museum (id) select lower(hex(coalesce((select 'founded ' || date_joined from users order by id limit 1), randomblob(16))));`},
	{about: "writes mail addresses beyond ASCII in one form", do: respellAddresses},
	{about: "counts the bytes of the history, and keeps photos in it once", sql: `
		alter table users add column history_bytes integer not null default 0;
		alter table tile_versions add column bytes integer not null default 0;
		create table history_parts (
			id             integer primary key,
			user_id        integer not null references users (id) on delete cascade,
			hash           blob    not null check (length(hash) = 32),
			content        text    not null,
			bytes          integer not null,
			unique (user_id, hash)
		);
		create table tile_version_parts (
			tile_id        integer not null,
			version        integer not null,
			part_id        integer not null references history_parts (id),
			primary key (tile_id, version, part_id),
			foreign key (tile_id, version) references tile_versions (tile_id, version) on delete cascade
		) without rowid;
		create index tile_version_parts_part_id on tile_version_parts (part_id);
		update tile_versions set bytes = length(cast(desmos_state as blob)) + length(cast(description as blob)) + 200;
		update users set history_bytes =
			(select coalesce(sum(bytes), 0) from tiles join tile_versions on tile_id = tiles.id where user_id = users.id);`},
	{about: "lets unused photos go by what their owners do, and not by the clock alone", sql: `
		alter table image_owners add column unused_checks integer not null default 0;
		alter table image_owners add column seen_revision integer not null default 0;`},
	{about: "finds a text in the history by its size", sql: `create index tile_versions_bytes    on tile_versions (tile_id, bytes);`},
	{about: "leaves the list of families to the program", do: dropFamilyCheck},
}

// newestVersion returns the version of schema.sql.
func newestVersion() int { return 1 + len(steps) }

// Pending returns what Migrate would do, one line per step; nothing if the database has the newest version.
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

// migrationTask is the name of the migration lock.
const migrationTask = "migration"

// Migrate brings the database to the newest version, all steps in one transaction, after copying the file. It returns
// the path of the copy, or "" if there was nothing to do or another process did it. If it fails, the database is
// unchanged and no copy is left: repeated attempts would fill the disk.
func (s *Store) Migrate(ctx context.Context) (snapshot string, err error) {
	if pending, err := s.Pending(ctx); err != nil || len(pending) == 0 {
		return "", err
	}
	lock, err := s.lockForMigration(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if pending, err := s.Pending(ctx); err != nil || len(pending) == 0 { // read again: another process may have been faster
		return "", err
	}
	snapshot = fmt.Sprintf("%s.before-version-%d.%s", s.path, newestVersion(), s.Now().Format("20060102T150405Z"))
	if err := s.writeSnapshot(ctx, snapshot); err != nil {
		return "", fmt.Errorf("copy the database before changing it: %w", err)
	}
	if err := s.runSteps(ctx); err != nil {
		return "", errors.Join(withSentinel(err), os.Remove(snapshot))
	}
	return snapshot, nil
}

// lockForMigration takes the migration lock, waiting for another process that has it. It returns nil if the file
// system does not support locks.
func (s *Store) lockForMigration(ctx context.Context) (*Lock, error) {
	for {
		lock, err := LockTask(s.path, migrationTask)
		switch {
		case errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK):
			return nil, nil
		case !errors.Is(err, ErrLocked):
			return lock, err
		}
		select {
		case <-time.After(lockRetry):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// writeSnapshot copies the database. The file gets its name once it is whole, so that a killed program's leftover is
// not taken for a copy.
func (s *Store) writeSnapshot(ctx context.Context, path string) error {
	const unfinished = ".before-migration.part"
	part := s.path + unfinished
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, err := s.Copy(ctx, part, nil)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part) // if this fails, the next run removes it
		return err
	}
	return platform.CopyOwner(path, s.path)
}

// runSteps runs the pending steps, all or none.
func (s *Store) runSteps(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil {
		return err
	}
	for i := version; i < newestVersion(); i++ {
		_, err := tx.ExecContext(ctx, steps[i-1].sql)
		if err == nil && steps[i-1].do != nil {
			err = steps[i-1].do(ctx, tx)
		}
		if err != nil {
			return fmt.Errorf("bring the database to version %d: %w", i+1, err)
		}
	}
	if err := mark(ctx, tx, newestVersion()); err != nil {
		return err
	}
	if err := checkShape(ctx, tx, s.path, s.schema); err != nil {
		return err
	}
	return tx.Commit()
}
