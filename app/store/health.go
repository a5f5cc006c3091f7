package store

import (
	"context"
	"fmt"
	"os"

	"github.com/mathmuseums/mathmuseums/app/platform"
)

// roomNeeded is how much must be free on a disk that was full before the museum counts as well again: twice the largest
// photo.
const roomNeeded = 16 << 20

// Check returns an error unless the database file is still in its place and readable, and writable if a write has found
// the disk full. Its cost does not depend on the size of the database.
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
	if s.full.Load() {
		return s.checkRoom(ctx)
	}
	return nil
}

// checkRoom returns an error while a disk that was full has no room for what the museum may be sent next. A small write
// may succeed where a photo does not, so the free space is looked at first.
func (s *Store) checkRoom(ctx context.Context) error {
	free, err := platform.FreeSpace(s.path)
	if err == nil && free < roomNeeded {
		return fmt.Errorf("%w: %.1f MB are free, and at least %d MB are needed", ErrFull, float64(free)/mega, roomNeeded/mega)
	}
	if _, err := s.exec(ctx, `update museum set id = id`); err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	s.full.Store(false)
	return nil
}
