package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
)

// ErrDamaged is returned for a corrupt database.
var ErrDamaged = errors.New("the database is damaged")

// Contents summarises what a database holds, for comparing a copy with its original.
type Contents struct {
	SchemaVersion int              `json:"schema_version"`
	Rows          map[string]int64 `json:"rows"` // by table
}

// Equal reports whether c and other hold the same number of rows in the same schema version.
func (c Contents) Equal(other Contents) bool {
	return c.SchemaVersion == other.SchemaVersion && maps.Equal(c.Rows, other.Rows)
}

// CheckFile checks a database that nobody has open and returns its contents. It writes nothing, not even files next
// to it. Its errors wrap ErrNotMuseum, ErrNewer, ErrSchema or ErrDamaged.
func CheckFile(ctx context.Context, path, schema string) (contents Contents, err error) {
	defer func() { err = withSentinel(err) }()
	db, err := sql.Open("sqlite", fileURI(path, url.Values{"mode": {"ro"}, "immutable": {"1"}}))
	if err != nil {
		return contents, err
	}
	defer db.Close()
	id, version, err := identity(ctx, db, path)
	if err == nil {
		err = checkIdentity(path, id, version)
	}
	if err == nil && version == newestVersion() {
		err = checkShape(ctx, db, path, schema)
	}
	if err != nil {
		return contents, err
	}
	if err := checkIntegrity(ctx, db, path); err != nil {
		return contents, err
	}
	return readContents(ctx, db)
}

// CheckIntegrity checks the whole database while it is in use. Its error wraps ErrDamaged.
func (s *Store) CheckIntegrity(ctx context.Context) error { return checkIntegrity(ctx, s.db, s.path) }

func checkIntegrity(ctx context.Context, db *sql.DB, path string) error {
	for _, check := range []string{"integrity_check", "foreign_key_check"} {
		complaint, err := firstComplaint(ctx, db, check)
		if err != nil || complaint != "" {
			return errors.Join(fmt.Errorf("%s: %w (%s: %s)", path, ErrDamaged, check, complaint), err)
		}
	}
	return nil
}

// firstComplaint runs a pragma that returns one row per fault, or "ok", and returns the first fault.
func firstComplaint(ctx context.Context, db *sql.DB, check string) (string, error) {
	rows, err := db.QueryContext(ctx, "pragma "+check)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if !rows.Next() {
		return "", rows.Err()
	}
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	row := make([]any, len(columns))
	for i := range row {
		row[i] = new(any)
	}
	if err := rows.Scan(row...); err != nil {
		return "", err
	}
	var words []string
	for _, cell := range row {
		words = append(words, fmt.Sprint(*cell.(*any)))
	}
	if text := strings.Join(words, " "); text != "ok" {
		return text, nil
	}
	return "", nil
}

// reader is a database or one of its connections.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readContents(ctx context.Context, from reader) (contents Contents, err error) {
	contents.Rows = map[string]int64{}
	if err := from.QueryRowContext(ctx, "pragma user_version").Scan(&contents.SchemaVersion); err != nil {
		return contents, err
	}
	rows, err := from.QueryContext(ctx, `select name from sqlite_master where type = 'table'`)
	if err != nil {
		return contents, err
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return contents, err
		}
		contents.Rows[table] = 0
	}
	if err := rows.Err(); err != nil {
		return contents, err
	}
	for table := range contents.Rows {
		var count int64
		name := strings.ReplaceAll(table, `"`, `""`)
		if err := from.QueryRowContext(ctx, `select count(*) from "`+name+`"`).Scan(&count); err != nil {
			return contents, fmt.Errorf("count the rows of %s: %w", table, err)
		}
		contents.Rows[table] = count
	}
	return contents, nil
}
