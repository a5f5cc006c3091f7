package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// older is a client of the earlier app, which may share its session with a newer one.
type older struct {
	*apptest.Visitor
	t    *testing.T
	path string // of its linear tile
}

func newOlder(t *testing.T, v *apptest.Visitor, description string) *older {
	made := v.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": description}).Object(t)
	return &older{v, t, fmt.Sprintf("/api/tiles/%v/", made["id"])}
}

// offline sends a tile that was edited offline and returns the result's status. lastSynced is nil if it was created
// signed out.
func (o *older) offline(description string, lastSynced any) any {
	o.t.Helper()
	item := map[string]any{"concept_type": "linear", "description": description, "last_synced": lastSynced}
	return o.Send("POST", "/api/tiles/sync/", map[string]any{"tiles": []any{item}}).List(o.t)[0].(map[string]any)["status"]
}

func (o *older) patch(fields map[string]any) map[string]any {
	o.t.Helper()
	return o.Send("PATCH", o.path, fields).Object(o.t)
}

func (o *older) tile() map[string]any { return o.Send("GET", o.path, nil).Object(o.t) }

// wantKept looks for texts in the history: those in open conflicts, and all others.
func (o *older) wantKept(why string, open []string, others ...string) {
	o.t.Helper()
	var conflicts, rest []string
	for _, version := range o.Send("GET", o.path+"versions/", nil).List(o.t) {
		version := version.(map[string]any)
		text := fmt.Sprint(version["description"])
		if version["conflict"] == "open" {
			conflicts = append(conflicts, text)
		} else {
			rest = append(rest, text)
		}
	}
	slices.Sort(conflicts)
	if fmt.Sprint(conflicts) != fmt.Sprint(open) {
		o.t.Errorf("%s: to be chosen are %q, want %q", why, conflicts, open)
	}
	for _, text := range others {
		if !slices.Contains(rest, text) {
			o.t.Errorf("%s: %q is not in the history %q", why, text, rest)
		}
	}
}

func TestOlderClientsGetEntriesOfTheirOwn(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device := newClient(t, museum, "ann@example.com")
	o := newOlder(t, device.Visitor, "")
	o.patch(map[string]any{"description": "a long essay"})
	o.patch(map[string]any{"description": "x", "version": 1})
	o.Send("PUT", o.path, map[string]any{"concept_type": "linear", "description": "y"})
	device.want(device.sync(device.change("linear", 4, map[string]any{"description": "by the page"})), "saved 5, linear 5", "an edit of the page in the same session")
	o.patch(map[string]any{"description": "z"})
	device.sync(device.change("linear", 6, map[string]any{"description": "by the page again"}))
	if status := o.offline("from offline", "2099-01-01T00:00:00Z"); status != "updated" {
		t.Errorf("sent from offline: %v", status)
	}
	o.wantKept("within a minute, in one session", nil, "a long essay", "x", "by the page", "by the page again", "from offline")
}

func TestWhatTheServerDoesNotTakeOfOlderClientsIsKept(t *testing.T) {
	museum := apptest.NewMuseum(t)
	b := newOlder(t, museum.NewMember(t, "ann@example.com"), "in the beginning")
	a := &older{museum.NewMember(t, "ann@example.com"), t, b.path}
	device := newClient(t, museum, "ann@example.com")
	fetched := a.tile()["last_synced"]
	museum.Clock.Advance(time.Hour)
	b.patch(map[string]any{"description": "by B", "last_synced": museum.Clock.Now().UTC().Format(time.RFC3339)})
	device.want(device.sync(), "linear 2", "as B left it")
	for _, round := range []string{"offline", "sent again, since the answer was lost"} {
		if status := a.offline("A wrote on the train", fetched); status != "server_newer" {
			t.Fatalf("%s: %v", round, status)
		}
		if now := a.tile(); now["description"] != "by B" {
			t.Errorf("%s: the tile says %v", round, now["description"])
		}
		a.wantKept(round, []string{"A wrote on the train"}, "by B", "in the beginning")
	}
	device.want(device.sync(), "linear 4 conflicts [3]", "devices hear that there is something to choose")
	if status := a.offline("drawn signed out", nil); status != "server_newer" {
		t.Fatalf("drawn signed out: %v", status)
	}
	a.wantKept("drawn signed out", []string{"A wrote on the train", "drawn signed out"}, "by B")
	for _, text := range []string{"in the beginning", "by B", "  by B\n"} { // the previous and the current one
		if status := a.offline(text, nil); status != "server_newer" {
			t.Fatalf("%v", status)
		}
	}
	a.wantKept("unchanged copies are no conflict", []string{"A wrote on the train", "drawn signed out"})
}

func TestWorkThatAnOldCopyOverwritesIsMarked(t *testing.T) {
	museum := apptest.NewMuseum(t)
	at := func(ago time.Duration) string { return museum.Clock.Now().Add(-ago).UTC().Format(time.RFC3339Nano) }
	b := newOlder(t, museum.NewMember(t, "ann@example.com"), "in the beginning")
	a := &older{museum.NewMember(t, "ann@example.com"), t, b.path}
	museum.Clock.Advance(time.Hour)
	fetched := at(30 * time.Minute)
	b.patch(map[string]any{"description": "by B", "last_synced": at(time.Hour)}) // B's clock is an hour behind
	if status := a.offline("in the beginning", fetched); status != "updated" {
		t.Fatalf("an old copy: %v", status)
	}
	a.wantKept("an old copy that a clock makes look new", []string{"by B"}, "in the beginning")

	museum.Clock.Advance(time.Hour)
	if status := a.offline("edited offline", a.tile()["last_synced"]); status != "updated" {
		t.Fatalf("edited offline: %v", status)
	}
	a.wantKept("whoever sends the server's own time back had seen the tile", []string{"by B"}, "edited offline", "in the beginning")

	fetchedNow := a.tile()["last_synced"]
	device := newClient(t, museum, "ann@example.com")
	museum.Clock.Advance(time.Minute)
	device.sync(device.change("linear", 99, map[string]any{"description": "by the page"}))
	a.offline("edited offline again", fetchedNow)
	a.wantKept("other devices do not change the time that the server gives", []string{"by B", "by the page"}, "edited offline again")
	device.Send("PATCH", b.path, map[string]any{"description": "by the page's session", "last_synced": at(-time.Hour)})
	own := &older{device.Visitor, t, b.path}
	own.offline("by the same client", own.tile()["last_synced"])
	a.wantKept("its own text is no conflict", []string{"by B", "by the page"}, "by the page's session", "by the same client")

	b.patch(map[string]any{"description": "by B again", "last_synced": at(2 * time.Hour)})
	a.offline("a new text, of somebody who saw neither", fetched)
	a.wantKept("a time from before the last change", []string{"by B", "by B again", "by the page"}, "edited offline")
	museum.Clock.Advance(time.Minute)
	a.offline("in the beginning", at(-24*time.Hour)) // A's clock is a day ahead
	a.wantKept("an old copy by a clock that is ahead", []string{"a new text, of somebody who saw neither", "by B", "by B again", "by the page"})
	if texts := fmt.Sprint(a.tile()["description"]); !strings.HasPrefix(texts, "in the beginning") {
		t.Errorf("the tile says %q", texts)
	}
}
