package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"modernc.org/sqlite"
)

// ErrNoWAL is returned for a database without a WAL, which cannot be replicated.
var ErrNoWAL = errors.New("its folder is on a network, where a replica cannot be kept; make backups instead")

// checkWAL returns ErrNoWAL if a database has no WAL. Litestream would turn it on, which is unsafe on a network
// drive.
func checkWAL(ctx context.Context, database string) error {
	db, err := openPlain(database)
	if err != nil {
		return err
	}
	defer db.Close()
	var mode string
	if err := db.QueryRowContext(ctx, "pragma journal_mode").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("%s: %w", database, ErrNoWAL)
	}
	return nil
}

// checkpoint writes the contents of the WAL into the database, so that the one file is whole. The WAL stays:
// otherwise Litestream, which continues from its position there, would send the whole database again.
func checkpoint(ctx context.Context, database string) error {
	db, err := openPlain(database)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	err = conn.Raw(func(driver any) error {
		_, err := driver.(sqlite.FileControl).FileControlPersistWAL("main", 1)
		return err
	})
	if err == nil {
		_, err = conn.ExecContext(ctx, "pragma wal_checkpoint(passive)")
	}
	return err
}

func openPlain(database string) (*sql.DB, error) {
	query := url.Values{"mode": {"rw"}, "_pragma": {"busy_timeout(10000)"}}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(database), RawQuery: query.Encode()}).String())
}
