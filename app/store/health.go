package store

import (
	"context"
	"fmt"
	"os"
)

// Check says what is wrong with the database, or nil: that it lies where it was opened, and can be read. It costs next to
// nothing, whatever the size.
func (s *Store) Check(ctx context.Context) error {
	// SQLite goes on with a file that was moved away or replaced, and all that is written is lost.
	here, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("the database file: %w", err)
	}
	if !os.SameFile(here, s.opened) {
		return fmt.Errorf("the database file %s is another one than was opened; start the museum anew", s.path)
	}
	var found int
	if err := s.reading().scan(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM users LIMIT 1)`, nil, &found); err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	return nil
}
