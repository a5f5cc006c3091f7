package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
)

var familyCheck = regexp.MustCompile(` check \(concept_type in \([^()]*\)\)`)

// dropFamilyCheck removes the constraint that lists the families from the table of tiles. Rebuilding the table would delete
// the versions of all tiles on the way, since they reference it with on delete cascade; so the text of the table is changed,
// as https://sqlite.org/lang_altertable.html describes for the removal of a constraint.
func dropFamilyCheck(ctx context.Context, tx *sql.Tx) error {
	var definition string
	var schemaVersion int
	if err := tx.QueryRowContext(ctx, "select sql from sqlite_schema where type = 'table' and name = 'tiles'").Scan(&definition); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "pragma schema_version").Scan(&schemaVersion); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "pragma writable_schema = on"); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "update sqlite_schema set sql = $1 where type = 'table' and name = 'tiles'",
		familyCheck.ReplaceAllString(definition, ""))
	if err == nil {
		_, err = tx.ExecContext(ctx, fmt.Sprintf("pragma schema_version = %d", schemaVersion+1))
	}
	// Also after an error: the connection is used again.
	if _, off := tx.ExecContext(context.WithoutCancel(ctx), "pragma writable_schema = reset"); err == nil {
		err = off
	}
	return err
}
