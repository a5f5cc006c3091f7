package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// TestRecordsOfAClockThatWasWrong has events, changes and epochs stamped by a clock that was years ahead or behind.
func TestRecordsOfAClockThatWasWrong(t *testing.T) {
	const year = 365 * 24 * time.Hour
	museum := apptest.NewMuseum(t)
	user := signIn(t, museum.Store, ann)
	note := func(what string) {
		t.Helper()
		if err := museum.Store.Record(t.Context(), app.AuditEvent{Action: app.ActionExport, Subject: what}); err != nil {
			t.Fatal(err)
		}
		change := app.SyncChange{Change: app.Change{ID: "change-" + what, ConceptType: "linear", Fields: app.TileChange{Description: &what}}}
		if _, err := museum.Store.Sync(t.Context(), user.ID, app.SyncRequest{Changes: []app.SyncChange{change}}, app.Device{}); err != nil {
			t.Fatal(err)
		}
	}
	left := func(what string) (events, changes int) {
		t.Helper()
		museum.Query(t, fmt.Sprintf(`select (select count(*) from audit_events where subject = '%s'),
			(select count(*) from sync_changes where change_id = 'change-%[1]s')`, what), func(scan func(...any) error) error {
			return scan(&events, &changes)
		})
		return events, changes
	}
	sweep := func() { signIn(t, museum.Store, app.Address{Email: "ben@example.com", Mailbox: "ben@example.com"}) }
	want := func(when, what string, events, changes int) {
		t.Helper()
		if e, c := left(what); e != events || c != changes {
			t.Errorf("%s: %d events and %d changes of %q are left, want %d and %d", when, e, c, what, events, changes)
		}
	}

	note("first")
	museum.Clock.Advance(10 * year)
	note("ahead")
	museum.Clock.Advance(-15 * year)
	note("behind")
	museum.Clock.Advance(5*year + time.Hour)
	sweep()
	want("with the clock right again", "first", 1, 1)
	want("with the clock right again", "ahead", 1, 1)
	want("with the clock right again", "behind", 1, 0) // a repeated change is merged again: nothing is lost
	museum.Clock.Advance(app.AuditLifetime + 24*time.Hour)
	sweep()
	for _, what := range []string{"first", "ahead", "behind"} {
		want("a lifetime later", what, 0, 0)
	}
}

// TestPartsOfAClockThatWasAhead has parts of a photo that is never completed.
func TestPartsOfAClockThatWasAhead(t *testing.T) {
	museum := apptest.NewMuseum(t)
	user := signIn(t, museum.Store, ann)
	save := func(n byte) {
		t.Helper()
		part := store.ImagePart{Hash: app.ImageHash{n}, Total: 2 * app.ImagePartSize, Bytes: make([]byte, app.ImagePartSize)}
		if _, err := museum.Store.SaveImagePart(t.Context(), user.ID, part); err != nil {
			t.Fatal(err)
		}
	}
	museum.Clock.Advance(365 * 24 * time.Hour)
	save(1)
	museum.Clock.Advance(-365 * 24 * time.Hour)
	save(2)
	museum.Clock.Advance(-time.Hour) // a corrected clock
	save(3)
	for n, want := range map[byte]int{1: 0, 2: 1, 3: 1} {
		upload, err := museum.Store.FindImageUpload(t.Context(), user.ID, app.ImageHash{n})
		if err != nil || len(upload.Positions) != want {
			t.Errorf("photo %d: %d parts, %v, want %d", n, len(upload.Positions), err, want)
		}
	}
}
