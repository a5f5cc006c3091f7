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

// Drill is the result of restoring a copy as a test.
type Drill struct {
	Copy   store.Measure    // what the copy holds
	Took   time.Duration    // for restoring and checking it
	Edits  int64            // number of edits that it lacks
	Behind time.Duration    // time between its last change and the museum's
	Rows   map[string]int64 // rows that it lacks, by table; only tables that lack some
}

// DrillOptions say what is restored, and what it is compared with.
type DrillOptions struct {
	Museum  *store.Store
	Restore func(ctx context.Context, into string) error // writes a copy to a new file and checks it
}

// RunDrill restores a copy into a temporary folder, as if the museum's disk had just failed, and measures what would
// be lost. The museum may be open. Nothing is left of the copy. The error is store.ErrLocked if another process runs
// a drill.
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
	want, err := o.Museum.Measure(ctx) // first: what is written meanwhile may be in the copy or not
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
		return d, fmt.Errorf("the copy has version %d, the museum %d: it was made before the museum was updated", d.Copy.SchemaVersion, want.SchemaVersion)
	}
	return d, nil
}

// ErrOtherMuseum is returned for a copy of another museum.
var ErrOtherMuseum = errors.New("it is a copy of another museum")

// compareMuseums returns ErrOtherMuseum unless the copy is one of this museum.
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

// isMuseums reports whether a table belongs to the museum rather than to SQLite or Litestream.
func isMuseums(table string) bool {
	return !strings.HasPrefix(table, "sqlite_") && !strings.HasPrefix(table, "_litestream_")
}

// drillFolder creates a folder for a copy. It removes those of killed drills of this museum, since they hold whole
// museums.
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

// Lost describes what would be lost.
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
	if d.Behind == 0 { // not every new row is a change, such as a new account
		return what + " would be lost"
	}
	return fmt.Sprintf("what was done in the last %s would be lost: %s", d.Behind.Round(100*time.Millisecond), what)
}
