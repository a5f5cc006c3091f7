package transfer_test

import (
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

func TestAMadeUpClass(t *testing.T) {
	day := time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC)
	class := func(seed uint64, now time.Time) string {
		museum := newStore(t)
		report, err := museum.Import(t.Context(), transfer.Demo(seed, 30, now), store.ImportOptions{})
		if err != nil || report.BadRows > 0 || report.Users != 31 || report.Superusers != 1 || report.Preferences != 30 {
			t.Fatalf("%+v, %v", report, err)
		}
		text := lines(t, museum)
		if again := mustTake(t, museum, text, ""); again.Changed() {
			t.Errorf("an export of it is no round trip: %+v", again)
		}
		return text
	}
	first := class(1, day)
	if class(1, day.Add(5*time.Hour)) != first {
		t.Error("the same seed gives another class on the same day")
	}
	if class(2, day) == first {
		t.Error("another seed gives the same class")
	}
	states, types, open, completed := map[any]int{}, map[any]int{}, 0, 0
	museums := map[any]int{}
	for _, object := range parseLines(t, first) {
		switch object["kind"] {
		case "tile":
			museums[object["user"]]++
			types[object["concept_type"]]++
			if object["completed"] == true {
				completed++
			}
			if at, ok := app.ParseTimestamp(object["updated_at"].(string)); !ok || at.After(day) {
				t.Errorf("a tile of the future: %v", object["updated_at"])
			}
		case "version":
			if object["conflict"] == "open" {
				open++
			}
			if state, whole := object["desmos_state"].(map[string]any); whole {
				states[state["randomSeed"]]++
			}
		}
	}
	tiles := 0
	for _, concept := range app.FamilyTypes() {
		if types[concept] < 5 {
			t.Errorf("%s hangs in %d museums", concept, types[concept])
		}
		tiles += types[concept]
	}
	if len(museums) != 30 || open < 5 || completed < 30 || completed > tiles-30 || len(states) < 100 {
		t.Errorf("%d museums, %d conflicts, %d of %d complete, %d earlier graphs", len(museums), open, completed, tiles, len(states))
	}
}

func TestStudentsOfALargeClassAreAllDifferent(t *testing.T) {
	seen := map[string]bool{}
	for record := range transfer.Demo(3, transfer.MaxDemoStudents, time.Now()) {
		if record.User != nil {
			if _, err := app.ParseAddress(record.Email); err != nil || seen[record.Email] {
				t.Errorf("%s comes twice, or is no address: %v", record.Email, err)
			}
			seen[record.Email] = true
		}
	}
	if len(seen) != transfer.MaxDemoStudents+1 {
		t.Errorf("there are %d people", len(seen))
	}
}
