package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// mergeFixture is shared with the JavaScript tests.
type mergeFixture struct {
	Merge []struct {
		Name                     string
		State, Patch, Merged     json.RawMessage
		Versions, MergedVersions ItemVersions
		Base, Next               int64
		Conflicts                []string
	}
	Diff []struct {
		Name            string
		From, To, Patch json.RawMessage
	}
}

func readMergeFixture(t *testing.T) (fixture mergeFixture) {
	t.Helper()
	text, err := os.ReadFile("testdata/merge.json")
	if err == nil {
		err = json.Unmarshal(text, &fixture)
	}
	if err != nil || len(fixture.Merge) == 0 || len(fixture.Diff) == 0 {
		t.Fatal(err)
	}
	return fixture
}

func compacted(t *testing.T, text []byte) string {
	t.Helper()
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		t.Fatal(err)
	}
	return compact.String()
}

func TestMergeOfStates(t *testing.T) {
	for _, c := range readMergeFixture(t).Merge {
		state, ok := parseState(compacted(t, c.State))
		patch, err := ReadStatePatch("patch", Value(c.Patch))
		if !ok || err != nil {
			t.Fatalf("%s: %v, %v", c.Name, ok, err)
		}
		merged, versions, conflicts := state.merge(c.Versions, patch, c.Base, c.Next)
		if got, want := merged.text(), compacted(t, c.Merged); got != want {
			t.Errorf("%s: merged is\n%s, want\n%s", c.Name, got, want)
		}
		if !maps.Equal(versions, c.MergedVersions) {
			t.Errorf("%s: the versions are %v, want %v", c.Name, versions, c.MergedVersions)
		}
		if !slices.Equal(conflicts, c.Conflicts) && len(conflicts)+len(c.Conflicts) > 0 {
			t.Errorf("%s: the conflicts are %v, want %v", c.Name, conflicts, c.Conflicts)
		}
	}
}

// TestPatchesLeadThere applies the patch of each difference. The JavaScript tests compare the same patches with those
// of the client.
func TestPatchesLeadThere(t *testing.T) {
	for _, c := range readMergeFixture(t).Diff {
		from, okFrom := parseState(compacted(t, c.From))
		_, okTo := parseState(compacted(t, c.To))
		if string(c.Patch) == "null" {
			if okFrom && okTo {
				t.Errorf("%s: both states can be taken apart", c.Name)
			}
			continue
		}
		patch, err := ReadStatePatch("patch", Value(c.Patch))
		if !okFrom || !okTo || err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		merged, _, conflicts := from.merge(ItemVersions{"": 1}, patch, 1, 2)
		if got, want := normal(t, merged.text()), normal(t, string(c.To)); got != want || conflicts != nil {
			t.Errorf("%s: leads to\n%s, want\n%s, conflicts %v", c.Name, got, want, conflicts)
		}
	}
}

// normal returns JSON with sorted keys.
func normal(t *testing.T, text string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	sorted, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(sorted)
}

func TestReadStatePatchRefuses(t *testing.T) {
	for _, text := range []string{
		`[]`, `{"items":[]}`, `{"items":{"1":5}}`, `{"items":{"1":{"id":"2"}}}`, `{"items":{"":{"id":""}}}`, `{"removed":"1"}`, `{"order":[1]}`,
		`{"set":{"expressions":{}}}`, `{"set":{"expressions.list":[]}}`, `{"set":{"a":1e999}}`, `{"set":{"a":"\u0000"}}`, `{"items":{"\ud800":{"id":"\ud800"}}}`,
	} {
		if _, err := ReadStatePatch("patch", Value(text)); KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// revision returns a tile at version 5, whose description was last changed in version 3 and whose item 1 in version
// 4.
func revision() Revision {
	tile := NewTile("linear")
	tile.Version, tile.Description, tile.DesmosState = 5, "old", `{"expressions":{"list":[{"id":"1"},{"id":"2"}]}}`
	return Revision{Tile: tile, DescriptionVersion: 3, StateVersion: 4, Items: ItemVersions{"": 1, "1": 4}}
}

func TestMergeOfTiles(t *testing.T) {
	patch := func(text string) *StatePatch {
		p, err := ReadStatePatch("patch", Value(text))
		if err != nil {
			t.Fatal(err)
		}
		return &p
	}
	for name, c := range map[string]struct {
		change  Change
		deleted bool // before
		want    string
	}{
		"nothing":                         {Change{Base: 5}, false, "5 old"},
		"seen, then written":              {Change{Base: 3, Fields: TileChange{Description: ptr("new")}}, false, "6 new"},
		"written by both":                 {Change{Base: 2, Fields: TileChange{Description: ptr("new")}}, false, "6 new [description]"},
		"written alike by both":           {Change{Base: 2, Fields: TileChange{Description: ptr("old")}}, false, "5 old"},
		"completed by both":               {Change{Base: 0, Fields: TileChange{Completed: ptr(true), PositionX: ptr(int32(7))}}, false, "6 old completed"},
		"another item":                    {Change{Base: 2, Patch: patch(`{"items":{"2":{"id":"2","a":1}}}`)}, false, "6 old"},
		"the same item":                   {Change{Base: 2, Patch: patch(`{"items":{"1":{"id":"1","a":1}}}`)}, false, "6 old [item 1]"},
		"the whole state, nothing seen":   {Change{Fields: TileChange{DesmosState: ptr(`{"expressions":{"list":[{"id":"1","a":1}]}}`)}}, false, "6 old [item 1]"},
		"a state of another shape":        {Change{Base: 3, Fields: TileChange{DesmosState: ptr(`"text"`)}}, false, "6 old [desmos_state]"},
		"a state of another shape, seen":  {Change{Base: 4, Fields: TileChange{DesmosState: ptr(`"text"`)}}, false, "6 old"},
		"deleted here, seen":              {Change{Base: 5, Deleted: true}, false, "6 old deleted"},
		"deleted here, edited there":      {Change{Base: 4, Deleted: true}, false, "5 old"},
		"deleted there, edited here":      {Change{Base: 4, Fields: TileChange{Completed: ptr(true)}}, true, "6 old completed"},
		"deleted there, nothing new here": {Change{Base: 4, Fields: TileChange{Description: ptr("old")}}, true, "6 old"},
		"deleted on both sides":           {Change{Base: 5, Deleted: true}, true, "5 old deleted"},
	} {
		r := revision()
		r.Deleted = c.deleted
		outcome := c.change.Merge(&r)
		got := fmt.Sprint(r.Version, " ", r.Description)
		if r.Completed {
			got += " completed"
		}
		if r.Deleted {
			got += " deleted"
		}
		if outcome.Conflicts != nil {
			got += fmt.Sprint(" ", outcome.Conflicts)
		}
		if got != c.want || outcome.Changed != (r.Version == 6) {
			t.Errorf("%s: %s, want %s (changed %v)", name, got, c.want, outcome.Changed)
		}
	}
}

func TestAWholeStateTakesAwayOnlyWhatItsSenderHadSeen(t *testing.T) {
	r := revision()
	change := Change{Base: 2, Fields: TileChange{DesmosState: ptr(`{"expressions":{"list":[{"id":"3"}]}}`)}}
	change.Merge(&r)
	if want := `{"expressions":{"list":[{"id":"1"},{"id":"3"}]}}`; r.DesmosState != want {
		t.Errorf("the state is %s, want %s", r.DesmosState, want)
	}
}

func TestTouchNotesWhatAnOlderClientChanged(t *testing.T) {
	before := revision()
	after := revision()
	after.Version, after.Description, after.DesmosState = 6, "new", `{"expressions":{"list":[{"id":"2"},{"id":"3"}]}}`
	after.Touch(before.Tile)
	if after.DescriptionVersion != 6 || after.StateVersion != 6 || !maps.Equal(after.Items, ItemVersions{"": 1, "3": 6}) {
		t.Errorf("noted: %d, %d, %v", after.DescriptionVersion, after.StateVersion, after.Items)
	}
}

// TestReorderKeepsWhatIsNotNamed has items that the order does not list: each stays behind its predecessor.
func TestReorderKeepsWhatIsNotNamed(t *testing.T) {
	for _, c := range []struct{ items, order, want string }{
		{"a b c d", "d c b a", "d c b a"},
		{"x a y b z", "b a", "x b z a y"},
		{"a b c", "", "a b c"},
		{"a b c", "c c q a", "c a b"},
		{"a b c d e", "e b", "a e b c d"},
	} {
		var items []part
		for _, key := range strings.Fields(c.items) {
			items = append(items, part{key: key})
		}
		var got []string
		for _, p := range reorder(items, strings.Fields(c.order)) {
			got = append(got, p.key)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s in the order %s: %v, want %s", c.items, c.order, got, c.want)
		}
	}
}
