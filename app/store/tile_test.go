package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

func ptr[T any](v T) *T { return &v }

// wall is a student's museum with one tile.
type wall struct {
	*apptest.Museum
	t    *testing.T
	user app.User
	tile app.Tile
}

func newWall(t *testing.T) *wall {
	museum := apptest.NewMuseum(t)
	user := signIn(t, museum.Store, ann)
	tile, err := museum.Store.CreateTile(t.Context(), user.ID, app.TileChange{ConceptType: ptr("linear")}, app.Device{SessionID: 1})
	if err != nil {
		t.Fatal(err)
	}
	return &wall{museum, t, user, tile}
}

func (w *wall) write(text string, session int64) app.Tile {
	w.t.Helper()
	now, err := w.Store.FindTile(w.t.Context(), w.user.ID, w.tile.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.writeOver(now.Version, text, session)
}

// writeOver edits the tile in a session that has seen the given version; 0 means that it does not say.
func (w *wall) writeOver(seen int64, text string, session int64) app.Tile {
	w.t.Helper()
	tile, err := w.Store.UpdateTile(w.t.Context(), w.user.ID, w.tile.ID, seen, app.TileChange{Description: &text}, app.Device{SessionID: session})
	if err != nil {
		w.t.Fatal(err)
	}
	return tile
}

// history returns the descriptions of all versions, newest first.
func (w *wall) history() (texts []string) {
	w.t.Helper()
	versions, err := w.Store.ListTileVersions(w.t.Context(), w.user.ID, w.tile.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, version := range versions {
		texts = append(texts, fmt.Sprintf("%d %s", version.Version, version.Description))
	}
	return texts
}

func TestEveryVersionIsKept(t *testing.T) {
	w := newWall(t)
	w.write("a", 1)
	w.write("ab", 1)
	w.write("ab", 1) // no change, no version
	w.write("other device", 2)
	w.write("abc", 1)
	w.Clock.Advance(2 * time.Minute)
	w.write("abcd", 1)
	want := []string{"6 abcd", "5 abc", "4 other device", "3 ab"}
	if got := w.history(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the history is %q, want %q", got, want)
	}
}

func TestADeletedTileIsKeptAsATombstone(t *testing.T) {
	w := newWall(t)
	w.write("precious", 1)
	if err := w.Store.DeleteTile(t.Context(), w.user.ID, w.tile.ID, 0, app.Device{SessionID: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Store.FindTile(t.Context(), w.user.ID, w.tile.ID); app.KindOf(err) != app.KindNotFound {
		t.Errorf("a deleted tile is found: %v", err)
	}
	if got := w.history(); fmt.Sprint(got) != "[3 precious 2 precious]" {
		t.Errorf("its history is %q", got)
	}
	again, err := w.Store.CreateTile(t.Context(), w.user.ID, app.TileChange{ConceptType: ptr("linear")}, app.Device{SessionID: 1})
	if err != nil || again.ID == w.tile.ID {
		t.Errorf("hung anew: id %d, %v", again.ID, err)
	}
}

func TestSyncKeepsWhatItOverwrites(t *testing.T) {
	w := newWall(t)
	w.write("from the server", 1)
	item := app.SyncItem{ConceptType: app.TextValue("linear"), LastSynced: ptr(time.Now().Add(time.Hour)),
		Change: app.TileChange{ConceptType: ptr("linear"), Description: ptr("from an older client")}}
	results, err := w.Store.SyncTiles(t.Context(), w.user.ID, []app.SyncItem{item}, app.Device{SessionID: 2})
	if err != nil || results[0].Status != app.SyncUpdated {
		t.Fatalf("%v, %v", results, err)
	}
	if got := w.history(); fmt.Sprint(got) != "[3 from an older client 2 from the server]" {
		t.Errorf("the history is %q", got)
	}
}

func TestChangesOfDifferentFieldsAtOnceAreBothKept(t *testing.T) {
	w := newWall(t)
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			change := app.TileChange{PositionX: ptr(int32(1))}
			switch i % 3 {
			case 1:
				change = app.TileChange{Description: ptr("text")}
			case 2:
				change = app.TileChange{Completed: ptr(true)}
			}
			if _, err := w.Store.UpdateTile(t.Context(), w.user.ID, w.tile.ID, 0, change, app.Device{SessionID: int64(i)}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	tile, err := w.Store.FindTile(t.Context(), w.user.ID, w.tile.ID)
	if err != nil || tile.PositionX != 1 || tile.Description != "text" || !tile.Completed || tile.Version != 4 {
		t.Errorf("the tile is %+v, %v", tile, err)
	}
}

func TestFirstTilesAndPreferencesAtOnce(t *testing.T) {
	museum := apptest.NewMuseum(t)
	user := signIn(t, museum.Store, ann)
	var group sync.WaitGroup
	made := make(chan int64, 20)
	for range 20 {
		group.Go(func() {
			if _, err := museum.Store.FindOrCreatePreference(t.Context(), user.ID); err != nil {
				t.Error(err)
			}
			tile, err := museum.Store.CreateTile(t.Context(), user.ID, app.TileChange{ConceptType: ptr("cubic")}, app.Device{})
			if err == nil {
				made <- tile.ID
			} else if app.KindOf(err) != app.KindInvalid {
				t.Errorf("a second tile: %v", err)
			}
		})
	}
	group.Wait()
	if len(made) != 1 {
		t.Errorf("%d tiles of a type were made", len(made))
	}
}

func TestOldVersionsAreThinnedToOneADay(t *testing.T) {
	w := newWall(t)
	now := w.Store.Now()
	w.Clock.Advance(now.Truncate(24 * time.Hour).Add(24*time.Hour + time.Minute).Sub(now)) // to the beginning of the day
	for day := range 40 {                                                                  // three entries per day
		for part := range 3 {
			w.write(fmt.Sprintf("day %d part %d", day, part), int64(part+1))
			w.Clock.Advance(8 * time.Hour)
		}
		if day == 1 {
			w.Exec(t, `update tile_versions set conflict = 1 where description = 'day 1 part 0'`)
		}
	}
	w.Clock.Advance(60 * 24 * time.Hour)
	for i := range 120 { // every fiftieth version thins, and age counts from the newest fifty
		w.write(fmt.Sprintf("late %d", i), int64(100+i))
	}
	history := strings.Join(w.history(), "\n")
	for text, want := range map[string]bool{
		"day 1 part 0": true, // an open conflict
		"day 2 part 0": false, "day 2 part 1": false,
		"day 39 part 1": false, "day 39 part 2": true,
		"late 80": true, // among the last fifty
	} {
		if strings.Contains(history, text) != want {
			t.Errorf("%q is kept: %v, want %v", text, !want, want)
		}
	}
	days := 0
	for day := range 20 {
		if strings.Contains(history, fmt.Sprintf("day %d part", day)) {
			days++
		}
	}
	if days != 20 {
		t.Errorf("something is left of %d days of the first 20, want all", days)
	}
}

// TestHistoryWithAClockThatIsWrong edits in one session an hour apart while the clock is set back, and ahead for a
// while: every edit is kept, since the age of the one before is unknown.
func TestHistoryWithAClockThatIsWrong(t *testing.T) {
	for name, jumps := range map[string][2]time.Duration{
		"set back by a day":                {-24 * time.Hour, 0},
		"set back by a year":               {-365 * 24 * time.Hour, 0},
		"a year ahead, then right":         {365 * 24 * time.Hour, -365 * 24 * time.Hour},
		"a year behind, then right":        {-365 * 24 * time.Hour, 365 * 24 * time.Hour},
		"ten years ahead for three months": {3650 * 24 * time.Hour, -3560 * 24 * time.Hour},
	} {
		w := newWall(t)
		w.write("before", 1)
		w.Clock.Advance(jumps[0])
		w.write("meanwhile", 1)
		w.Clock.Advance(jumps[1])
		for i := range 20 {
			w.write(fmt.Sprint("after ", i), 1)
			w.Clock.Advance(2 * time.Minute)
		}
		if got := len(w.history()); got < 21 {
			t.Errorf("%s: %d entries of 22 edits, two of them within a minute: %q", name, got, w.history())
		}
	}
}

// TestThinningWithAClockThatIsWrong writes many entries on one day, then a few by a clock that is wrong: none of that
// day may go too early, and what the wrong clock stamped is thinned in the end like everything else.
func TestThinningWithAClockThatIsWrong(t *testing.T) {
	day := 24 * time.Hour
	for name, jump := range map[string]time.Duration{"a year ahead": 365 * day, "a year behind": -365 * day} {
		w := newWall(t)
		write := func(what string, times int) {
			for i := range times {
				w.write(fmt.Sprint(what, " ", i), int64(i%2+1))
				w.Clock.Advance(2 * time.Minute)
			}
		}
		left := func(what string) int { return strings.Count(strings.Join(w.history(), "\n"), what) }
		write("today", 100)
		w.Clock.Advance(jump)
		write("wrong", 49) // the last one thins
		if got := left("today"); got != 100 {
			t.Errorf("%s: %d of 100 entries are left while the clock is wrong", name, got)
		}
		w.Clock.Advance(day - jump)
		write("right", 100)
		if today, wrong := left("today"), left("wrong"); today != 100 || wrong != 49 {
			t.Errorf("%s: a day later %d of 100 and %d of 49 are left", name, today, wrong)
		}
		w.Clock.Advance(60 * day)
		write("late", 100)
		if today, wrong := left("today"), left("wrong"); today > 2 || wrong > 2 {
			t.Errorf("%s: after two months %d and %d are left, want one a day", name, today, wrong)
		}
	}
}

// TestHistoryJoinsOnlyWhatWasSeen has a second writer in the same session that has not seen the first one's text.
func TestHistoryJoinsOnlyWhatWasSeen(t *testing.T) {
	w := newWall(t)
	seen := w.write("a", 1)
	w.writeOver(seen.Version, "ab", 1)
	w.writeOver(0, "unseen", 1)
	w.writeOver(0, "unseen again", 1)
	want := "[5 unseen again 4 unseen 3 ab]"
	if got := w.history(); fmt.Sprint(got) != want {
		t.Errorf("the history is %q, want %s", got, want)
	}
}
