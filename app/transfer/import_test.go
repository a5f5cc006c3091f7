package transfer_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// take imports a text and returns the report and the error.
func take(t testing.TB, museum *store.Store, text, owner string, options store.ImportOptions) (store.ImportReport, error) {
	t.Helper()
	address := app.Address{}
	if owner != "" {
		address = app.Address{Email: strings.ToLower(owner), Mailbox: owner}
	}
	source, err := transfer.Open(strings.NewReader(text), address)
	if err != nil {
		return store.ImportReport{}, err
	}
	return museum.Import(t.Context(), source.Records, options)
}

// mustTake is like take for valid input.
func mustTake(t testing.TB, museum *store.Store, text, owner string) store.ImportReport {
	t.Helper()
	report, err := take(t, museum, text, owner, store.ImportOptions{})
	if err != nil {
		t.Fatalf("import: %v %v", err, report.Bad)
	}
	return report
}

// readFile returns a file of testdata.
func readFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// newStore opens an empty museum.
func newStore(t testing.TB) *store.Store { return apptest.OpenStore(t, t.TempDir(), time.Now) }

func TestADjangoDumpIsTakenIn(t *testing.T) {
	museum := newStore(t)
	dump := readFile(t, "dumpdata.json")
	report := mustTake(t, museum, dump, "")
	if report.Users != 3 || report.Tiles != 14 || report.Preferences != 2 {
		t.Errorf("got %+v", report)
	}
	bob, err := museum.FindUser(t.Context(), app.Address{Email: "bob.builder@example.org"})
	if err != nil || bob.Mailbox != "Bob.Builder@example.org" || bob.PasswordHash != "" || bob.DateJoined.Format(time.RFC3339Nano) != "2026-11-23T02:50:18.562Z" {
		t.Fatalf("Bob is %+v, %v", bob, err)
	}
	tiles, err := museum.ListTiles(t.Context(), bob.ID)
	if err != nil || len(tiles) != 3 {
		t.Fatalf("Bob has %v, %v", tiles, err)
	}
	linear := tiles[0]
	if linear.PositionX != -2147483648 || linear.Height != -1 || linear.Description != "line 1\nline 2\t\"quoted\" <b>&amp;</b> 🎓" || !linear.Completed ||
		!strings.Contains(linear.DesmosState, "[0,-1,1.5,1e-07,12345678901234567890,1.0]") {
		t.Errorf("Bob's linear is %+v", linear)
	}
	if tiles[1].DesmosState != "[]" || tiles[2].DesmosState != `"text"` {
		t.Errorf("odd graphs are %s and %s", tiles[1].DesmosState, tiles[2].DesmosState)
	}
	if versions, err := museum.ListTileVersions(t.Context(), bob.ID, linear.ID); err != nil || len(versions) != 1 || versions[0].SavedAt != linear.UpdatedAt {
		t.Errorf("the history is %+v, %v", versions, err)
	}
	preference, err := museum.FindPreference(t.Context(), bob.ID)
	if err != nil || preference.ThemePreference != "solarized light é" || !preference.ImageSkill || !preference.ScreenFit {
		t.Errorf("Bob's preferences are %+v, %v", preference, err)
	}
	if again := mustTake(t, museum, dump, ""); again.Changed() || again.Same != 14 {
		t.Errorf("the second time: %+v", again)
	}
	alone := newStore(t)
	if report := mustTake(t, alone, dump, "ann@example.com"); report.Users != 1 || report.Tiles != 11 || report.Preferences != 1 {
		t.Errorf("Ann alone: %+v", report)
	}
}

// djangoObject is an object of a dump with its keys in dumpdata's order.
type djangoObject struct {
	Model  string         `json:"model"`
	PK     json.Number    `json:"pk,omitempty"`
	Fields map[string]any `json:"fields"`
}

// djangoObjects returns the objects of the dump in testdata that an import reads.
func djangoObjects(t *testing.T) (objects []djangoObject) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(readFile(t, "dumpdata.json")))
	var all []json.RawMessage
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(err)
	}
	for _, text := range all {
		var object djangoObject
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber() // numbers stay as they are written
		if bytes.Contains(text, []byte(`"sessions.session"`)) {
			continue // its key is a text
		}
		if err := decoder.Decode(&object); err != nil {
			t.Fatal(err)
		}
		objects = append(objects, object)
	}
	return objects
}

// toJSON returns a dump with one object per line, as a list or as JSON Lines.
func toJSON(t *testing.T, objects []djangoObject, begin, between, end string) string {
	t.Helper()
	texts := make([]string, len(objects))
	for i, object := range objects {
		text, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(text)
	}
	return begin + strings.Join(texts, between) + end
}

// TestADjangoDumpIsTakenInEveryForm covers the options of dumpdata: JSON Lines, and users referred to by address.
func TestADjangoDumpIsTakenInEveryForm(t *testing.T) {
	plain := newStore(t)
	mustTake(t, plain, toJSON(t, djangoObjects(t), "[", ",\n", "]"), "")
	want := lines(t, plain)

	jsonLines := newStore(t)
	mustTake(t, jsonLines, toJSON(t, djangoObjects(t), "", "\n", "\n"), "")
	if lines(t, jsonLines) != want {
		t.Error("JSON Lines give another museum")
	}

	objects := djangoObjects(t)
	emails := map[any]any{}
	for _, object := range objects {
		if object.Model == "authentication.user" {
			emails[object.PK] = object.Fields["email"]
		}
	}
	for i, object := range objects {
		objects[i].PK = ""
		if email := emails[object.Fields["user"]]; email != nil {
			object.Fields["user"] = []any{email}
		}
	}
	natural := newStore(t)
	mustTake(t, natural, toJSON(t, objects, "[", ",", "]"), "")
	if lines(t, natural) != want {
		t.Error("--natural-foreign --natural-primary gives another museum")
	}
}

func TestADjangoDumpNamesWhatIsWrongInIt(t *testing.T) {
	objects := djangoObjects(t)
	for i, object := range objects {
		if object.Fields["email"] == "Bob.Builder@example.org" {
			object.Fields["email"], objects[i].PK = "bob@@example.org", "4711"
		}
	}
	report, err := take(t, newStore(t), toJSON(t, objects, "[", ",", "]"), "", store.ImportOptions{SkipBad: true})
	if err != nil || report.Users != 2 || report.BadRows == 0 {
		t.Fatalf("the rest: %+v, %v", report, err)
	}
	if got, want := report.Bad[0].Error(), `authentication.user 4711 ("bob@@example.org"): `; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := report.Bad[1].Error(), "this user is not in the file, or could not be imported"; !strings.Contains(got, want) || !strings.Contains(got, "api.") {
		t.Errorf("got %s, want the model, the key and %s", got, want)
	}
}

func TestDjangoAccountsThatDifferInCapitalsAreTold(t *testing.T) {
	dump := strings.Replace(readFile(t, "dumpdata.json"), "Bob.Builder@example.org", "ANN@example.com", 1)
	report := mustTake(t, newStore(t), dump, "")
	if report.Users != 2 || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], `("ANN@example.com") and "ann@example.com" are one account here`) &&
		!strings.Contains(report.Notes[0], `and "ANN@example.com" are one account here`) {
		t.Errorf("%d users, %q", report.Users, report.Notes)
	}
}

func TestAFileOfTheEarlierAppIsTakenIn(t *testing.T) {
	museum := newStore(t)
	text := readFile(t, "browser.mathmuseums")
	if _, err := take(t, museum, text, "", store.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "--user") {
		t.Errorf("without an owner: %v", err)
	}
	if report := mustTake(t, museum, text, "Ann@example.com"); report.Users != 1 || report.Tiles != 3 || report.Preferences != 1 {
		t.Errorf("got %+v", report)
	}
	ann, err := museum.FindUser(t.Context(), app.Address{Email: "ann@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	tiles, err := museum.ListTiles(t.Context(), ann.ID)
	if err != nil || len(tiles) != 3 {
		t.Fatalf("Ann has %+v, %v", tiles, err)
	}
	root, rational, cubic := tiles[0], tiles[1], tiles[2]
	if root.ConceptType != "square_root" || root.Description != "  the roof\n" || root.ZIndex != 3 || root.UpdatedAt.UnixMilli() != 1746500000000 ||
		root.DesmosState != `{"version":11,"expressions":{"list":[{"id":"1","type":"expression","latex":"y=\\sqrt{x}"}]}}` {
		t.Errorf("the root is %+v", root)
	}
	if got, want := [4]int32{root.PositionX, root.PositionY, root.Width, root.Height}, [4]int32{450, 660, 300, 240}; got != want {
		t.Errorf("the root hangs at %v, want %v", got, want)
	}
	if rational.ConceptType != "rational" || !rational.Completed || rational.PositionX != 12 || rational.PositionY != -3 || rational.DesmosState != "{}" ||
		app.FormatTimestamp(rational.UpdatedAt) != "2025-05-06T07:08:09.123000Z" {
		t.Errorf("what was called inverse is %+v", rational)
	}
	if got, want := [4]int32{cubic.PositionX, cubic.PositionY, cubic.Width, cubic.Height}, [4]int32{618, 16, 264, 268}; got != want {
		t.Errorf("the cubic hangs at %v, want %v", got, want)
	}
	if preference, err := museum.FindPreference(t.Context(), ann.ID); err != nil || preference.MuseumName != "Ann's wall" || preference.ThemePreference != "light" {
		t.Errorf("the preferences are %+v, %v", preference, err)
	}
	if again := mustTake(t, museum, text, "ann@example.com"); again.Changed() {
		t.Errorf("the second time: %+v", again)
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	museum := newStore(t)
	mustTake(t, museum, readFile(t, "browser.mathmuseums"), "ann@example.com")
	before := lines(t, museum)
	report, err := take(t, museum, readFile(t, "dumpdata.json"), "", store.ImportOptions{DryRun: true})
	if err != nil || report.Users != 2 || report.Tiles != 3+8 || report.Replaced != 3+1 {
		t.Errorf("got %+v, %v", report, err)
	}
	if lines(t, museum) != before {
		t.Error("something was changed")
	}
}

func TestBadLinesAreNamedAndNothingIsTaken(t *testing.T) {
	from := newStore(t)
	mustTake(t, from, readFile(t, "dumpdata.json"), "")
	good := strings.Split(strings.TrimSuffix(lines(t, from), "\n"), "\n")
	end := len(good) - 1
	spoil := func(i int, old, new string) string {
		if !strings.Contains(good[i], old) {
			t.Fatalf("line %d has no %s: %.200s", i+1, old, good[i])
		}
		return strings.Replace(good[i], old, new, 1)
	}
	bad := slices.Clone(good)
	bad[2] = spoil(2, `"theme_preference":"dark"`, `"theme_preference":""`)
	bad[5] = spoil(5, `"concept_type":"quadratic"`, `"concept_type":"septic"`)
	bad[7] = `{"kind":"tile",`
	bad[9] = spoil(9, `"position_x":`, `"position_x":"left","was":`)
	bad = append(bad[:end], `{"kind":"sculpture"}`, `{"kind":"preferences","user":"nobody@example.com"}`, "\xff", "[]",
		`{"kind":"user","id":-1,"email":"no address","display_name":"","is_active":true,"is_staff":false,"is_superuser":false,"date_joined":"yesterday","last_login":null,"photos":[]}`, good[end], good[1])
	text := strings.Join(bad, "\n")

	museum := newStore(t)
	report, err := take(t, museum, text, "", store.ImportOptions{})
	if !errors.Is(err, store.ErrBadRows) {
		t.Fatalf("got %v", err)
	}
	n := end
	for _, want := range []struct {
		line  int
		words string
	}{
		{3, "theme_preference: This field may not be blank."},
		{6, `concept_type: "septic" is not a valid choice.`},
		{8, "this is not JSON"},
		{10, "position_x: A valid integer is required."},
		{n + 1, `unknown kind "sculpture"`},
		{n + 2, "created_at: This field is required."},
		{n + 3, "not UTF-8"},
		{n + 4, "Expected a dictionary"},
		{n + 5, `date_joined: Datetime has wrong format`},
		{n + 7, "this line follows the end line"},
	} {
		if !slices.ContainsFunc(report.Bad, func(row store.RowError) bool {
			return row.Line == want.line && strings.Contains(strings.ToLower(row.Error()), strings.ToLower(want.words))
		}) {
			t.Errorf("line %d is not said to be bad for %q: %v", want.line, want.words, report.Bad)
		}
	}
	if got := lines(t, museum); strings.Count(got, "\n") != 2 {
		t.Errorf("something was imported: %s", got)
	}
	if report, err := take(t, museum, text, "", store.ImportOptions{SkipBad: true}); err != nil || report.Tiles != 11 || report.BadRows != 10 {
		t.Errorf("the rest: %d tiles, %d bad rows, %v", report.Tiles, report.BadRows, err)
	}
	if got := strings.Count(lines(t, museum), `"kind":"tile"`); got != 11 {
		t.Errorf("there are %d tiles", got)
	}
}

func TestManyBadLinesAreCounted(t *testing.T) {
	report, err := take(t, newStore(t), `{"kind":"math-museums","format":1}`+strings.Repeat("\nx", 250), "", store.ImportOptions{})
	if !errors.Is(err, store.ErrBadRows) || report.BadRows != 251 || len(report.Bad) != 100 {
		t.Errorf("%v: %d of %d", err, len(report.Bad), report.BadRows)
	}
}

func TestFilesThatCannotBeImported(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "it is empty",
		"\n ":                                 "it is empty",
		"PK\x03\x04":                          "it is damaged or truncated",
		"address,name":                        "it has an unsupported type",
		"--\n-- PostgreSQL database dump\n--": "a dump of a PostgreSQL database",
		"PGDMP\x01":                           "a dump of a PostgreSQL database",
		"<?xml version=\"1.0\"":               "dumpdata --format json",
		`{"kind":"math-museums","format":2}`:  "it has format 2, but this program supports 1",
		`{"kind":"math-museums"}`:             "its first line is invalid",
		`[{"model":"authentication.user"`:     "the file is truncated",
		`[{"model":"authentication.user"},` + "\n\n]": "from line 2 on it is not JSON",
		`{"version":"1.0","concepts":[{}`:             "the file is truncated",
		`{"version":"1.0"}`:                           "it is not a museum",
	} {
		owner := ""
		if strings.HasPrefix(text, `{"version`) {
			owner = "ann@example.com"
		}
		if _, err := take(t, newStore(t), text, owner, store.ImportOptions{SkipBad: true}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
