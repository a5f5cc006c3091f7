package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ErrSchema is returned for a database of a known version with unexpected tables.
var ErrSchema = errors.New("the database does not have the tables that this program expects")

// shape is the structure of a database: the columns of each table, sorted, and of each index, in order. The columns
// of a migrated table have another order than those of a new one, and the two are equal nevertheless.
type shape map[string][]string

const (
	tableShape  = "table "
	indexShape  = "index "
	uniqueShape = "unique index "
)

// checkShape compares the tables of a database of the newest version with those of schema.sql. It takes one query,
// since under CGI each request opens the database. Additional tables, indexes and views belong to the operator.
func checkShape(ctx context.Context, from reader, path, schema string) error {
	found, err := readShape(ctx, from)
	if err != nil {
		return err
	}
	if faults := parseShape(schema).faults(found); len(faults) > 0 {
		const most = 5
		if more := len(faults) - most; more > 0 {
			faults = append(faults[:most], fmt.Sprintf("and %d more", more))
		}
		return fmt.Errorf("%s: %w: %s", path, ErrSchema, strings.Join(faults, "; "))
	}
	return nil
}

// faults describes what a database lacks of a shape.
func (s shape) faults(found shape) (faults []string) {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		has, ok := found[name]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s is missing", name))
			continue
		}
		if !strings.HasPrefix(name, tableShape) {
			if !slices.Equal(has, s[name]) {
				faults = append(faults, fmt.Sprintf("%s is on (%s) instead of (%s)", name, strings.Join(has, ", "), strings.Join(s[name], ", ")))
			}
			continue
		}
		for _, column := range s[name] {
			if !slices.Contains(has, column) {
				faults = append(faults, fmt.Sprintf("%s has no column %s", name, column))
			}
		}
		for _, column := range has {
			if !slices.Contains(s[name], column) {
				faults = append(faults, fmt.Sprintf("%s has an unknown column %s", name, column))
			}
		}
	}
	return faults
}

// readShape reads the shape of a database. Indexes that SQLite creates for a constraint are part of their table.
func readShape(ctx context.Context, from reader) (shape, error) {
	rows, err := from.QueryContext(ctx, `
		select 'table ' || m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite\_%' escape '\'
		union all
		select iif(m.sql like 'create unique%', 'unique index ', 'index ') || m.name, coalesce(c.name, '')
			from sqlite_schema m join pragma_index_info(m.name) c where m.type = 'index' and m.sql is not null`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := shape{}
	for rows.Next() {
		var name, column string
		if err := rows.Scan(&name, &column); err != nil {
			return nil, err
		}
		found[name] = append(found[name], column)
	}
	found.sort()
	return found, rows.Err()
}

func (s shape) sort() {
	for name := range s {
		if strings.HasPrefix(name, tableShape) {
			slices.Sort(s[name])
		}
	}
}

// parseShape reads the shape from the text of schema.sql, in a tenth of the time that SQLite takes to create the
// tables in memory. It relies on that file's style, one column per line; a test compares it with what SQLite makes of
// the same text.
func parseShape(schema string) shape {
	wanted := shape{}
	table := ""
	for line := range strings.Lines(schema) {
		line, _, _ = strings.Cut(line, "--")
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "create" && words[1] == "table":
			table = tableShape + words[2]
		case words[0] == "create":
			kind := indexShape
			if words[1] == "unique" {
				kind, words = uniqueShape, words[1:]
			}
			_, columns, _ := strings.Cut(line, "(")
			columns, _, _ = strings.Cut(columns, ")")
			wanted[kind+words[2]] = strings.Split(strings.ReplaceAll(columns, " ", ""), ",")
		case strings.HasPrefix(words[0], ")"):
			table = ""
		case table != "" && strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "\t\t") && isColumn(words[0]):
			wanted[table] = append(wanted[table], words[0])
		}
	}
	wanted.sort()
	return wanted
}

// isColumn tells a column of a table from a constraint.
func isColumn(word string) bool {
	word, _, _ = strings.Cut(word, "(")
	return !slices.Contains([]string{"primary", "foreign", "unique", "check", "constraint"}, word)
}
