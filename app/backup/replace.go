package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// sidecars are the suffixes of files that SQLite keeps next to a database. Next to another database they would
// corrupt it.
var sidecars = []string{"-wal", "-shm", "-journal"}

// replace renames a checked file to the database, whose lock is held. The old database is kept under another name,
// together with its sidecars. An interruption at any point leaves a database in place.
func replace(ctx context.Context, half, database string, now time.Time) (aside string, err error) {
	if err := platform.CopyOwner(half, filepath.Dir(database)); err != nil {
		return "", err
	}
	if _, err := os.Stat(database); err == nil {
		if aside, err = setAside(ctx, half, database, now); err != nil {
			return aside, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	for _, ending := range sidecars {
		if err := os.Remove(database + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return aside, err
		}
	}
	if err := os.Rename(half, database); err != nil {
		return aside, err
	}
	return aside, syncFolder(filepath.Dir(database))
}

// setAside links the old database to a second name, which it returns, and copies its owner and mode to the new file.
func setAside(ctx context.Context, half, database string, now time.Time) (aside string, err error) {
	aside = freeName(database + ".before-restore." + now.UTC().Format(momentLayout))
	_ = store.Checkpoint(ctx, database) // a damaged database cannot be checkpointed, and is set aside as it is
	info, err := os.Stat(database)
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.Chmod(half, info.Mode().Perm()), platform.CopyOwner(half, database)); err != nil {
		return "", err
	}
	for _, ending := range sidecars {
		if err := os.Rename(database+ending, aside+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	err = os.Link(database, aside)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(database, aside) // some file systems, such as those of memory sticks, have no links
	}
	return aside, err
}

// freeName returns a path that does not exist: the given one, or with a number appended.
func freeName(path string) string {
	free := path
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s.%d", path, n)
	}
}
