package store

import (
	"context"
	"fmt"
	"os"
)

// Check returns an error unless the database file is still in its place and readable. Its cost does not depend on the
// size of the database.
func (s *Store) Check(ctx context.Context) error {
	// SQLite keeps using a file that was moved or replaced, and everything written from then on is lost.
	here, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("the database file: %w", err)
	}
	if !os.SameFile(here, s.opened) {
		return fmt.Errorf("the database file %s was replaced after it was opened; restart the museum", s.path)
	}
	var found int
	if err := s.reading().scan(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM users LIMIT 1)`, nil, &found); err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	return nil
}
