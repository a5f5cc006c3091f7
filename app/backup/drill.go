package backup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/store"
)

// Drill is what came of restoring a copy for trial.
type Drill struct {
	Copy   store.Measure    // what the copy holds
	Took   time.Duration    // to restore and check it
	Edits  int64            // how many edits it lacks
	Behind time.Duration    // the time between its last change and the museum's
	Rows   map[string]int64 // by table, how many rows less than the museum it has; without tables that lack none
}

// DrillOptions say what is restored, and held against what.
type DrillOptions struct {
	Museum  *store.Store
	Restore func(ctx context.Context, into string) error // writes a copy to a file that is not there, and checks it
}

// RunDrill restores a copy into a temporary folder, as would be done had the museum's disk broken at this moment, and
// measures what would have been lost. The museum may be open. Nothing is left of the copy. The error is store.ErrLocked where
// another process does it.
func RunDrill(ctx context.Context, o DrillOptions) (d Drill, err error) {
	lock, err := store.LockTask(o.Museum.Path(), "drill")
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	folder, err := drillFolder(museumTag(o.Museum.Secret()))
	if err != nil {
		return d, err
	}
	defer os.RemoveAll(folder)
	want, err := o.Museum.Measure(ctx) // before: what is written meanwhile may be in the copy or not
	if err != nil {
		return d, fmt.Errorf("measure the museum: %w", err)
	}
	begun := time.Now()
	into := filepath.Join(folder, "museum.db")
	if err := o.Restore(ctx, into); err != nil {
		return d, err
	}
	if d.Copy, err = store.MeasureFile(ctx, into); err != nil {
		return d, fmt.Errorf("measure the copy: %w", err)
	}
	d.Took = time.Since(begun)
	d.Edits = max(0, want.Edits-d.Copy.Edits)
	d.Behind = max(0, want.LastChange.Sub(d.Copy.LastChange))
	d.Rows = map[string]int64{}
	for table, rows := range want.Rows {
		if lacks := rows - d.Copy.Rows[table]; lacks > 0 && isMuseums(table) {
			d.Rows[table] = lacks
		}
	}
	if err := o.compareMuseums(ctx, want, d.Copy, into); err != nil {
		return d, err
	}
	if want.SchemaVersion != d.Copy.SchemaVersion {
		return d, fmt.Errorf("the copy has version %d, the museum %d: it was made before the museum was brought up to date", d.Copy.SchemaVersion, want.SchemaVersion)
	}
	return d, nil
}

// ErrOtherMuseum is returned for a copy of another museum.
var ErrOtherMuseum = errors.New("it is a copy of another museum")

// compareMuseums returns ErrOtherMuseum where a copy is not one of this museum.
func (o DrillOptions) compareMuseums(ctx context.Context, want, got store.Measure, path string) error {
	if want.Museum != "" && got.Museum != "" && want.Museum != got.Museum {
		return fmt.Errorf("%w, with %d people and %d tiles; this one has %d and %d", ErrOtherMuseum,
			got.Rows["users"], got.Rows["tiles"], want.Rows["users"], want.Rows["tiles"])
	}
	others, err := o.Museum.OtherUsers(ctx, path)
	if err != nil {
		return fmt.Errorf("compare the users of the copy: %w", err)
	}
	if others > 0 {
		return fmt.Errorf("%w, or of this one from before it was set back: %d of its %d people are others than here", ErrOtherMuseum, others, got.Rows["users"])
	}
	return nil
}

// isMuseums tells whether a table is of the museum, and not what SQLite or Litestream keep for themselves.
func isMuseums(table string) bool {
	return !strings.HasPrefix(table, "sqlite_") && !strings.HasPrefix(table, "_litestream_")
}

// drillFolder makes a folder for a copy. Those of drills of this museum that were killed go: they hold whole museums.
func drillFolder(museum string) (string, error) {
	name := "mathmuseums-drill-" + museum + "-"
	left, err := filepath.Glob(filepath.Join(os.TempDir(), name+"*"))
	for _, folder := range left {
		err = errors.Join(err, os.RemoveAll(folder))
	}
	if err != nil {
		return "", err
	}
	return os.MkdirTemp("", name)
}

// Lost says in words what would be lost.
func (d Drill) Lost() string {
	if d.Edits == 0 && len(d.Rows) == 0 {
		return "nothing would be lost"
	}
	var lost []string
	if d.Edits > 0 {
		lost = append(lost, fmt.Sprintf("%d edits", d.Edits))
	}
	for _, table := range slices.Sorted(maps.Keys(d.Rows)) {
		lost = append(lost, fmt.Sprintf("%d %s", d.Rows[table], table))
	}
	what := strings.Join(lost, ", ")
	if d.Behind == 0 { // not all that is in rows counts as a change, such as a new account
		return what + " would be lost"
	}
	return fmt.Sprintf("what was done in the last %s would be lost: %s", d.Behind.Round(100*time.Millisecond), what)
}
