package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// Measure says how far a museum has come, for comparing a copy with it.
type Measure struct {
	Contents
	Museum     string    // see MuseumID; "" in databases that are older than museum ids
	Edits      int64     // number of changes kept of all users, ever
	LastChange time.Time // of anything that users or admins change
}

// Measure measures the museum.
func (s *Store) Measure(ctx context.Context) (Measure, error) { return measure(ctx, s.db) }

// MeasureFile measures a database that nobody has open. CheckFile checks whether it is sound.
func MeasureFile(ctx context.Context, path string) (m Measure, err error) {
	db, err := sql.Open("sqlite", fileURI(path, url.Values{"mode": {"ro"}, "immutable": {"1"}}))
	if err != nil {
		return m, err
	}
	defer db.Close()
	return measure(ctx, db)
}

// OtherUsers returns how many users of a database file share their number, but not their address, with a user of this
// museum. Numbers are never reused, so a copy of the same museum has none.
func (s *Store) OtherUsers(ctx context.Context, path string) (count int, err error) {
	db, err := sql.Open("sqlite", fileURI(path, url.Values{"mode": {"ro"}, "immutable": {"1"}}))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	here := map[int64]string{}
	err = eachAddress(ctx, s.db, func(id int64, email string) { here[id] = email })
	if err == nil {
		err = eachAddress(ctx, db, func(id int64, email string) {
			if found, ok := here[id]; ok && found != email {
				count++
			}
		})
	}
	return count, err
}

func eachAddress(ctx context.Context, from reader, do func(id int64, email string)) error {
	rows, err := from.QueryContext(ctx, `select id, email from users`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var email string
		if err := rows.Scan(&id, &email); err != nil {
			return err
		}
		do(id, email)
	}
	return rows.Err()
}

// MuseumID returns the id of the museum in a database file, or "" in a version that is older than museum ids. It is
// created with the database and never changes: a restored backup or replica is the same museum, wherever it is.
func MuseumID(ctx context.Context, path string) (id string, err error) {
	db, err := sql.Open("sqlite", fileURI(path, url.Values{"mode": {"ro"}, "_pragma": {fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds())}}))
	if err != nil {
		return "", err
	}
	id, err = museumID(ctx, db)
	return id, errors.Join(err, db.Close())
}

func museumID(ctx context.Context, from reader) (id string, err error) {
	var has bool
	if err := from.QueryRowContext(ctx, `select exists (select 1 from sqlite_schema where type = 'table' and name = 'museum')`).Scan(&has); err != nil || !has {
		return "", err
	}
	err = from.QueryRowContext(ctx, `select id from museum`).Scan(&id)
	return id, err
}

func measure(ctx context.Context, from reader) (m Measure, err error) {
	if m.Contents, err = readContents(ctx, from); err != nil {
		return m, err
	}
	if m.Museum, err = museumID(ctx, from); err != nil {
		return m, err
	}
	err = from.QueryRowContext(ctx, `select (select coalesce(sum(revision), 0) from users), max(
		(select coalesce(max(updated_at), 0) from tiles), (select coalesce(max(saved_at), 0) from sync_changes),
		(select coalesce(max(at), 0) from audit_events), (select coalesce(max(created_at), 0) from sessions))`).
		Scan(&m.Edits, moment{&m.LastChange})
	return m, err
}
