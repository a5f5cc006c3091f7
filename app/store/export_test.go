package store

import (
	"context"
	"slices"
	"testing"
)

// Queries returns the text of every query used so far.
func (s *Store) Queries() (queries []string) {
	s.statements.Range(func(query, _ any) bool {
		queries = append(queries, query.(string))
		return true
	})
	return queries
}

// SetSteps appends migration steps, and returns a function that removes them.
func SetSteps(made ...[2]string) (restore func()) {
	before := steps
	steps = slices.Clone(before)
	for _, m := range made {
		steps = append(steps, step{about: m[0], sql: m[1]})
	}
	return func() { steps = before }
}

// TakeConnections takes all connections of the pool until the test ends.
func (s *Store) TakeConnections(t *testing.T) {
	for range connections {
		taken, err := s.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { taken.Close() })
	}
}

// NewestVersion returns the version that this program works with.
func NewestVersion() int { return newestVersion() }

// Shape returns the shape of a schema according to its text, and according to SQLite.
func (s *Store) Shape(ctx context.Context) (byText, bySQLite map[string][]string, err error) {
	found, err := readShape(ctx, s.db)
	return parseShape(s.schema), found, err
}
