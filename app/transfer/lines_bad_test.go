package transfer_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// TestHostileLinesAreNamedAndNothingIsTaken corrupts an export in one way after another.
func TestHostileLinesAreNamedAndNothingIsTaken(t *testing.T) {
	class, _ := newClass(t)
	text := lines(t, class.Store)
	all := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	number := func(begin string) int { // of the first line that begins so
		for i, line := range all {
			if strings.HasPrefix(line, begin) {
				return i + 1
			}
		}
		t.Fatalf("no line begins with %s", begin)
		return 0
	}
	with := func(line int, change func(string) string) string {
		changed := append([]string{}, all...)
		changed[line-1] = change(changed[line-1])
		return strings.Join(changed, "")
	}
	replace := func(old, new string) func(string) string {
		return func(line string) string {
			if !strings.Contains(line, old) {
				t.Fatalf("there is no %s in %s", old, line)
			}
			return strings.Replace(line, old, new, 1)
		}
	}
	user, tile, end := number(`{"kind":"user"`), number(`{"kind":"tile"`), len(all)
	twice := func(line string) string { return line + line }
	for name, c := range map[string]struct {
		text  string
		line  int
		words string
	}{
		"cut off in a line":        {text[:strings.Index(text, `"desmos_state"`)], tile, "this is not JSON"},
		"cut off between lines":    {strings.Join(all[:tile], ""), tile + 1, "the file was truncated"},
		"without its last line":    {strings.Join(all[:end-1], ""), end, "the file was truncated"},
		"more after the end":       {text + all[user-1], end + 1, "this line follows the end line"},
		"an account twice":         {with(user, twice), user + 1, "the account of ann@example.com is also in an earlier line"},
		"in another spelling":      {with(user, func(line string) string { return line + strings.Replace(line, "Ann@", "aNN@", 1) }), user + 1, "is also in an earlier line"},
		"broken UTF-8":             {with(tile, replace(`"description":"`, "\"description\":\"\xc3")), tile, "the text is not UTF-8"},
		"half a character":         {with(tile, replace(`"description":"`, `"description":"\ud83d`)), tile, "description: Half a character is in it"},
		"NUL in a text":            {with(tile, replace(`"description":"`, `"description":"\u0000`)), tile, "description: Null characters are not allowed."},
		"a bare NUL":               {with(tile, replace(`"description":"`, "\"description\":\"\x00")), tile, "this is not JSON"},
		"NUL between the fields":   {with(tile, replace(`,"deleted":`, ",\x00\"deleted\":")), tile, "this is not JSON"},
		"NUL in a graph":           {with(tile, replace(`"desmos_state":{`, `"desmos_state":{"a\u0000b":1,`)), tile, "desmos_state: Null characters are not allowed."},
		"a number beyond all":      {with(user, replace(`"id":1,`, `"id":9007199254740993,`)), user, "id: A whole number from 0 on is required."},
		"a million brackets":       {with(tile, replace(`"desmos_state":{`, `"desmos_state":`+strings.Repeat("[", 1_000_000)+`{`)), tile, "nested more than 500 deep"},
		"a version of no tile":     {with(tile, func(string) string { return "\n" }), tile + 1, "not the current version of its tile"},
		"another line's tile":      {with(tile, replace(`"user":"ann@example.com"`, `"user":"eve@example.com"`)), tile, `there is no account with the address "eve@example.com"`},
		"the end in the middle":    {with(user, func(line string) string { return `{"kind":"end"}` + "\n" + line }), user + 1, "this line follows the end line"},
		"an object that is a list": {with(tile, func(line string) string { return "[" + strings.TrimSpace(line) + "]\n" }), tile, "Expected a dictionary"},
	} {
		t.Run(name, func(t *testing.T) {
			museum := newStore(t)
			report, err := take(t, museum, c.text, "", store.ImportOptions{})
			if !errors.Is(err, store.ErrBadRows) || lines(t, museum) != lines(t, newStore(t)) {
				t.Fatalf("got %+v, %v", report, err)
			}
			if said := report.Bad[0]; said.Line != c.line || !strings.Contains(said.Error(), c.words) {
				t.Errorf("said: %v; want line %d: %s", &said, c.line, c.words)
			}
		})
	}
}

// TestALineOfHundredMegabytes imports a file with one, and checks that it is not loaded into memory.
func TestALineOfHundredMegabytes(t *testing.T) {
	class, _ := newClass(t)
	text := lines(t, class.Store)
	header, rest, _ := strings.Cut(text, "\n")
	path := filepath.Join(t.TempDir(), "long.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	_, err = file.WriteString(header + "\n")
	if err == nil {
		_, err = file.Seek(100<<20, 1) // NULs: a file of which the disk kept no more than its size, as after a crash
	}
	if err == nil {
		_, err = file.WriteString("\n" + rest)
	}
	if err != nil {
		t.Fatal(err)
	}
	source, err := transfer.Open(file, app.Address{})
	if err != nil {
		t.Fatal(err)
	}
	museum := newStore(t)
	report, err := museum.Import(t.Context(), source.Records, store.ImportOptions{})
	if !errors.Is(err, store.ErrBadRows) || report.BadRows != 1 || report.Bad[0].Line != 2 || !strings.Contains(report.Bad[0].Error(), "longer than 64 MB") {
		t.Errorf("got %+v, %v", report, err)
	}
	if lines(t, museum) != lines(t, newStore(t)) {
		t.Error("something was imported")
	}
}

// TestStrangersAreSaidToBeWhatTheyAre imports files that are often mistaken for exports.
func TestStrangersAreSaidToBeWhatTheyAre(t *testing.T) {
	class, _ := newClass(t)
	var table bytes.Buffer
	if err := class.Store.Read(t.Context(), func(s *store.Snapshot) error { return transfer.WriteCSV(&table, s, 0) }); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		table.String(): "it is a table for spreadsheets",
		strings.ReplaceAll(strings.TrimPrefix(table.String(), "\ufeff"), ",", ";"): "it is a table for spreadsheets",
		"\xff\xfe{\x00\"\x00":                    "it is in UTF-16",
		"\x1f\x8b\x08":                           "it is packed with gzip",
		"SQLite format 3\x00":                    "mathmuseums restore",
		"\ufeff":                                 "it is empty",
		"\x00\x00\x00\x00\x00":                   "it has an unsupported type",
		`{"kind":"math-museums","format":1e999}`: "its first line is invalid",
		`{"kind":"math-museums","format":12}`:    "it has format 12, but this program supports 1; use the version of the program that wrote it, or a newer one",
		`{"kind":"math-museums","format":"\ud800","x":"` + "\xff": "its first line is invalid",
	} {
		if _, err := transfer.Open(strings.NewReader(text), app.Address{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %s", text, err, want)
		}
	}
}

// TestAMarkAtTheBeginning imports files with a byte order mark, as some Windows programs write them.
func TestAMarkAtTheBeginning(t *testing.T) {
	museum := newStore(t)
	mustTake(t, museum, "\ufeff"+readFile(t, "dumpdata.json"), "")
	mustTake(t, museum, "\ufeff"+readFile(t, "browser.mathmuseums"), "ann@example.com")
	again := newStore(t)
	mustTake(t, again, "\ufeff"+strings.ReplaceAll(lines(t, museum), "\n", "\r\n"), "")
	if lines(t, again) != lines(t, museum) {
		t.Error("the museum is another one")
	}
}
