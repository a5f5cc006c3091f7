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

// sidecars are the endings of what SQLite keeps beside a database. Beside another database it would ruin that.
var sidecars = []string{"-wal", "-shm", "-journal"}

// replace gives a checked file the name of the database, whose lock is held. What was there is kept aside, together with
// what SQLite still had beside it, as a whole database under another name. Whenever this breaks off there is a database.
func replace(ctx context.Context, half, database string, now time.Time) (aside string, err error) {
	if err := platform.Adopt(half, filepath.Dir(database)); err != nil {
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

// setAside gives the database that is there a second name, and the file that will follow it its owner and mode.
func setAside(ctx context.Context, half, database string, now time.Time) (aside string, err error) {
	aside = freeName(database + ".before-restore." + now.UTC().Format(momentLayout))
	_ = store.Checkpoint(ctx, database) // one that is damaged cannot be settled, and is set aside as it is
	info, err := os.Stat(database)
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.Chmod(half, info.Mode().Perm()), platform.Adopt(half, database)); err != nil {
		return "", err
	}
	for _, ending := range sidecars {
		if err := os.Rename(database+ending, aside+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	err = os.Link(database, aside)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(database, aside) // memory sticks know no links
	}
	return aside, err
}

// freeName gives a name that no file has: this one, or with a number behind it.
func freeName(path string) string {
	free := path
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s.%d", path, n)
	}
}
