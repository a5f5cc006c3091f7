package transfer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// odd are texts that are difficult for file formats.
var odd = []string{"", " ", "a", "line\nline\r\nline", "\t\"quoted\" \\ 'it'", "<script>&amp;</script>", "Größe ≤ 10 → 数学 🎓", "\u2028\u2029\u0085\ufeff",
	"\u200fשלום", "e\u0301", "\ufffd", "\u0001\u001f\u007f", `{"kind":"user"}`, "=1+1", strings.Repeat("数", 3_000)}

func oddText(random *rand.Rand) string {
	var text strings.Builder
	for range random.IntN(3) + 1 {
		text.WriteString(odd[random.IntN(len(odd))])
	}
	return text.String()
}

// oddJSON returns random JSON in the form in which it is stored.
func oddJSON(random *rand.Rand, depth int) string {
	switch n := random.IntN(9); {
	case n < 2 && depth > 0:
		var parts []string
		for i := range random.IntN(4) {
			parts = append(parts, string(app.TextValue(fmt.Sprint(i, oddText(random))))+":"+oddJSON(random, depth-1))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case n < 4 && depth > 0:
		var parts []string
		for range random.IntN(4) {
			parts = append(parts, oddJSON(random, depth-1))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case n == 4:
		return []string{"0", "-0", "1.50", "1e-07", "12345678901234567890", "1E+2"}[random.IntN(6)]
	case n == 5:
		return []string{"true", "false"}[random.IntN(2)]
	}
	return string(app.TextValue(oddText(random)))
}

// state returns a random graph state: usually one that can be merged by items.
func state(random *rand.Rand) string {
	if random.IntN(4) == 0 {
		return oddJSON(random, 4)
	}
	var items []string
	if random.IntN(3) == 0 { // as older clients keep photos
		items = append(items, fmt.Sprintf(`{"id":"photo","image_url":"data:%s"}`, strings.Repeat(strconv.Itoa(random.IntN(3)), 9_000)))
	}
	for i := range random.IntN(5) {
		items = append(items, fmt.Sprintf(`{"id":%s,"type":"expression","latex":%s}`, app.TextValue(fmt.Sprint(i)), app.TextValue(oddText(random))))
	}
	return `{"version":11,"expressions":{"list":[` + strings.Join(items, ",") + `]},"x":` + oddJSON(random, 2) + `}`
}

// fill generates random work by several users: they add tiles, change them on two devices, delete them, and add
// photos.
func fill(t testing.TB, museum *apptest.Museum, random *rand.Rand) {
	t.Helper()
	ctx := t.Context()
	for n := range 4 {
		email := fmt.Sprintf("Person%d@example.com", n)
		museum.NewMember(t, email)
		user, err := museum.Store.FindUser(ctx, app.Address{Email: strings.ToLower(email)})
		if err != nil {
			t.Fatal(err)
		}
		if n == 3 {
			continue // one who did nothing
		}
		museum.Exec(t, "update users set display_name = $1, is_active = $2 where id = $3", oddText(random), random.IntN(2), user.ID)
		name := strings.Repeat("ä", random.IntN(101))
		theme := []string{"light", "dark", "solarized é"}[random.IntN(3)]
		if _, err := museum.Store.CreatePreference(ctx, user.ID, app.PreferenceChange{MuseumName: &name, ThemePreference: &theme}); err != nil {
			t.Fatal(err)
		}
		for i := range random.IntN(3) {
			if _, _, err := museum.Store.CreateImage(ctx, user.ID, apptest.PNG(t, 300, 400+i, uint64(random.IntN(4)))); err != nil {
				t.Fatal(err)
			}
		}
		huge := strings.Repeat("Ω\n", 300_000)
		concept := app.FamilyTypes()[11]
		if _, err := museum.Store.CreateTile(ctx, user.ID, app.TileChange{ConceptType: &concept, Description: &huge}, app.Device{}); err != nil {
			t.Fatal(err)
		}
		for range 30 {
			museum.Clock.Advance(time.Duration(random.IntN(120)) * time.Second)
			work(t, museum.Store, user.ID, random)
		}
	}
}

// work is one change of a tile by a device that may have seen an older version.
func work(t testing.TB, museum *store.Store, userID int64, random *rand.Rand) {
	t.Helper()
	concept := app.FamilyTypes()[random.IntN(4)]
	change := app.Change{ID: fmt.Sprintf("change-%d", random.Int64()), ConceptType: concept, Base: random.Int64N(4), Deleted: random.IntN(6) == 0}
	if !change.Deleted {
		text, graph, x, done := oddText(random), state(random), random.Int32()-random.Int32(), random.IntN(2) == 0
		for _, set := range []func(){func() { change.Fields.Description = &text }, func() { change.Fields.DesmosState = &graph },
			func() { change.Fields.PositionX = &x }, func() { change.Fields.Completed = &done }} {
			if random.IntN(2) == 0 {
				set()
			}
		}
	}
	device := app.Device{SessionID: random.Int64N(2) + 1, UserAgent: fmt.Sprintf("Device \"%d\" é", random.IntN(2))}
	if _, err := museum.Sync(t.Context(), userID, app.SyncRequest{Changes: []app.SyncChange{{Change: change}}}, device); err != nil {
		t.Fatal(err)
	}
	if random.IntN(10) > 0 {
		return
	}
	tiles, err := museum.ListTiles(t.Context(), userID)
	if err != nil {
		t.Fatal(err)
	}
	for _, tile := range tiles { // an older client takes one down, and hangs another of the type
		if tile.ConceptType == concept {
			if err := museum.DeleteTile(t.Context(), userID, tile.ID, 0, device); err != nil {
				t.Fatal(err)
			}
			if _, err := museum.CreateTile(t.Context(), userID, app.TileChange{ConceptType: &concept}, device); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestARoundTripGivesTheSameBytes exports randomized museums, imports them, and exports them again.
func TestARoundTripGivesTheSameBytes(t *testing.T) {
	conflicts, tombstones := 0, 0
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 5))
		from := apptest.NewMuseum(t)
		fill(t, from, random)
		first := lines(t, from.Store)
		conflicts += strings.Count(first, `"conflict":"open"`)
		tombstones += strings.Count(first, `"deleted":true,"created_at"`)

		to := newStore(t)
		report := mustTake(t, to, first, "")
		second := lines(t, to)
		if first != second {
			a, b := strings.Split(first, "\n"), strings.Split(second, "\n")
			for i := range a {
				if i >= len(b) || a[i] != b[i] {
					t.Fatalf("seed %d, line %d of %d:\n%.600s\nbut then of %d:\n%.600s", seed, i+1, len(a), a[i], len(b), b[min(i, len(b)-1)])
				}
			}
		}
		if report.Users != 4 || report.Same != 0 {
			t.Errorf("seed %d: %+v", seed, report)
		}
		if again := mustTake(t, to, first, ""); again.Changed() {
			t.Errorf("seed %d, the second time: %+v", seed, again)
		}
		if lines(t, to) != first {
			t.Errorf("seed %d: the second import changed something", seed)
		}
		for _, museum := range []*store.Store{from.Store, to} {
			if err := museum.CheckHistory(t.Context()); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
		}
		if back := mustTake(t, from.Store, first, ""); back.Changed() {
			t.Errorf("seed %d, where it came from: %+v", seed, back)
		}
	}
	if conflicts == 0 || tombstones == 0 {
		t.Errorf("there were %d conflicts and %d tombstones: the test tests little", conflicts, tombstones)
	}
}

// TestAnImportedMuseumCanBeWorkedIn checks that known and new devices can continue to work.
func TestAnImportedMuseumCanBeWorkedIn(t *testing.T) {
	from := apptest.NewMuseum(t)
	ann := from.NewMember(t, "ann@example.com")
	ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "moved", "desmos_state": json.RawMessage(`{"expressions":{"list":[{"id":"1"}]}}`)})
	before := ann.Send("POST", "/api/sync/", map[string]any{"cursor": 0, "changes": []any{}}).Object(t)

	to := apptest.NewMuseum(t)
	mustTake(t, to.Store, lines(t, from.Store), "")
	ann = to.NewMember(t, "ann@example.com")
	after := ann.Send("POST", "/api/sync/", map[string]any{"cursor": before["cursor"], "epoch": before["epoch"], "changes": []any{}}).Object(t)
	if after["account"] != before["account"] || after["set_back"] != true {
		t.Errorf("a device of before is told %v, and was told %v", after, before)
	}
	tiles := ann.Send("GET", "/api/tiles/", nil).List(t)
	if len(tiles) != 1 {
		t.Fatalf("the tiles are %v", tiles)
	}
	id := idText(tiles[0].(map[string]any))
	to.Clock.Advance(2 * time.Minute)
	if answer := ann.Send("PATCH", "/api/tiles/"+id+"/", map[string]any{"description": "changed"}); answer.Status != 200 || answer.Object(t)["version"] != 2.0 {
		t.Errorf("a change: %d %s", answer.Status, answer.Body)
	}
	if versions := ann.Send("GET", "/api/tiles/"+id+"/versions/", nil).List(t); len(versions) != 2 {
		t.Errorf("the history is %v", versions)
	}
}

// TestAMuseumFileStaysTheSame exports museums as .mathmuseums files, imports them, and exports them again.
func TestAMuseumFileStaysTheSame(t *testing.T) {
	from := apptest.NewMuseum(t)
	fill(t, from, rand.New(rand.NewPCG(1, 8)))
	from.Exec(t, `delete from tiles where description = '' and desmos_state = '{}' and completed = 0 and position_x = 0`) // on those nothing was done
	to := newStore(t)
	files := 0
	for user, err := range from.Store.Users(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		first := museumFile(t, from.Store, user.Email)
		mustTake(t, to, first, user.Mailbox)
		if second := museumFile(t, to, user.Email); second != first {
			t.Errorf("%s: the second file is another one", user.Email)
		}
		if again := mustTake(t, to, first, user.Mailbox); again.Changed() {
			t.Errorf("%s, the second time: %+v", user.Email, again)
		}
		files++
	}
	if files != 4 {
		t.Errorf("there were %d", files)
	}
}

// museumFile returns a user's .mathmuseums file, exported at noon.
func museumFile(t testing.TB, museum *store.Store, email string) string {
	t.Helper()
	user, err := museum.FindUser(t.Context(), app.Address{Email: email})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := museum.Read(t.Context(), func(s *store.Snapshot) error { return transfer.WriteMuseum(&text, s, user, noon()) }); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
