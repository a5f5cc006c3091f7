package app

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

// readField reads one field called f with a method of Fields, and returns the value or the error.
func readField[T any](t *testing.T, text string, read func(*Fields) *T) string {
	t.Helper()
	value, err := ParseJSON([]byte(`{"f":` + text + `}`))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	fields, err := ReadFields(value)
	if err != nil {
		t.Fatal(err)
	}
	got := read(fields)
	if fields.Err() != nil {
		if got != nil {
			t.Errorf("%s is refused, but gives %v", text, *got)
		}
		return "refused: " + fields.Errors["f"][0]
	}
	return fmt.Sprint(*got)
}

func TestFieldsInteger(t *testing.T) {
	for text, want := range map[string]string{
		`12`: "12", `"12"`: "12", `" 7 "`: "7", `"+7"`: "7", `"-007"`: "-7", `3.0`: "3", `"3.0"`: "3", `1e2`: "100", `-0.0`: "0",
		`2147483647`: "2147483647", `-2147483648`: "-2147483648",
		`1.5`: "refused: A valid integer is required.", `true`: "refused: A valid integer is required.",
		`""`: "refused: A valid integer is required.", `"0x10"`: "refused: A valid integer is required.",
		`[1]`: "refused: A valid integer is required.", `1e400`: "refused: A valid integer is required.",
		`null`:                                "refused: This field may not be null.",
		`2147483648`:                          "refused: Ensure this value is less than or equal to 2147483647.",
		`-2147483649`:                         "refused: Ensure this value is greater than or equal to -2147483648.",
		`99999999999999999999`:                "refused: Ensure this value is less than or equal to 2147483647.",
		`-99999999999999999999`:               "refused: Ensure this value is greater than or equal to -2147483648.",
		`"` + strings.Repeat("9", 1001) + `"`: "refused: String value too large.",
	} {
		if got := readField(t, text, func(f *Fields) *int32 { return f.Integer("f") }); got != want {
			t.Errorf("Integer of %.40s is %s, want %s", text, got, want)
		}
	}
}

func TestFieldsBoolean(t *testing.T) {
	for text, want := range map[string]string{
		`true`: "true", `"True"`: "true", `"t"`: "true", `"YES"`: "true", `"on"`: "true", `1`: "true", `1.0`: "true", `"1"`: "true",
		`false`: "false", `"f"`: "false", `"No"`: "false", `"off"`: "false", `0`: "false", `"0"`: "false",
		`2`: "refused: Must be a valid boolean.", `0.5`: "refused: Must be a valid boolean.", `""`: "refused: Must be a valid boolean.",
		`"maybe"`: "refused: Must be a valid boolean.", `[]`: "refused: Must be a valid boolean.",
		`null`: "refused: This field may not be null.",
	} {
		if got := readField(t, text, func(f *Fields) *bool { return f.Boolean("f") }); got != want {
			t.Errorf("Boolean of %s is %s, want %s", text, got, want)
		}
	}
}

func TestFieldsText(t *testing.T) {
	for text, want := range map[string]string{
		`"  a b\t\n"`: "a b", `"\u00a0x\u2003"`: "x", `""`: "", `12`: "12", `12.5`: "12.5", `1e2`: "100.0", `1e-7`: "1e-07", `1e16`: "1e+16",
		`"a\u0000b"`: "refused: Null characters are not allowed.",
		`"éééé"`:     "éééé", `"ééééé"`: "refused: Ensure this field has no more than 4 characters.",
		`"\ud83c\udf93"`: "🎓", `"\ud800"`: "refused: Half a character is in it: please type it again.",
		`"\udc00\ud800"`: "refused: Half a character is in it: please type it again.",
		`true`:           "refused: Not a valid string.", `{"a":1}`: "refused: Not a valid string.",
	} {
		limit := 4
		if strings.HasPrefix(text, "1") {
			limit = 10
		}
		if got := readField(t, text, func(f *Fields) *string { return f.Text("f", limit, true) }); got != want {
			t.Errorf("Text of %s is %q, want %q", text, got, want)
		}
	}
	if got := readField(t, `"  "`, func(f *Fields) *string { return f.Text("f", 9, false) }); got != "refused: This field may not be blank." {
		t.Errorf("a blank text is %q", got)
	}
}

func TestFieldsJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{ "b": 1,  "a": [ 1e3, -0.0 ] }`: `{"b":1,"a":[1e3,-0.0]}`,
		`""`:                              `""`, `0`: `0`, `false`: `false`, `"\u2028 \\u0000"`: `"\u2028 \\u0000"`,
		`1e400`:                "refused: Value must be valid JSON.",
		`{"a":"x\u0000"}`:      "refused: Null characters are not allowed.",
		`{"x\u0000y":1}`:       "refused: Null characters are not allowed.",
		`{"a":"\ud800"}`:       "refused: Value must be valid JSON: half a character is in it.",
		`{"a":"\ud83c\u0041"}`: "refused: Value must be valid JSON: half a character is in it.",
		`null`:                 "refused: This field may not be null.",
	} {
		if got := readField(t, text, func(f *Fields) *string { return f.JSON("f", false) }); got != want {
			t.Errorf("JSON of %s is %s, want %s", text, got, want)
		}
	}
	if got := readField(t, `"{\"a\": 1}"`, func(f *Fields) *string { return f.JSON("f", true) }); got != `{"a":1}` {
		t.Errorf("JSON in a form is %s", got)
	}
}

func TestParseJSONRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"deep lists":      strings.Repeat("[", MaxNesting+1) + strings.Repeat("]", MaxNesting+1),
		"deep objects":    strings.Repeat(`{"a":`, 100_000),
		"endless number":  strings.Repeat("9", maxInteger+1),
		"no UTF-8":        "\"\xff\"",
		"two values":      "{} {}",
		"trailing comma":  "[1,]",
		"NaN":             "NaN",
		"nothing":         "",
		"spaces":          "  ",
		"byte order mark": "\ufeff{}",
	} {
		if _, err := ParseJSON([]byte(text)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := ParseJSON([]byte(`["` + strings.Repeat(`[{\"`, 1000) + `"]`)); err != nil {
		t.Errorf("brackets within a text are no nesting: %v", err)
	}
}

// FuzzReadTileChange checks that every document that is accepted can be stored and sent again.
func FuzzReadTileChange(f *testing.F) {
	for _, seed := range []string{
		`{"concept_type":"linear","position_x":"3.0","completed":"yes","description":" x ","desmos_state":{"a":[1e3]}}`,
		`{"concept_type":["linear",{"a":null}],"last_synced":"2024-W19-1"}`, `{"desmos_state":"\ud83c\udf93","z_index":1e400}`, `[[]]`, `null`,
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, text []byte, isForm bool) {
		document, err := ParseJSON(text)
		if err != nil {
			return
		}
		if !json.Valid(document) {
			t.Fatalf("%q is no JSON", text)
		}
		if items, err := ReadSyncItems(document); err == nil {
			for _, item := range items {
				checkChange(t, item.Change)
			}
		}
		change, err := ReadTileChange(document, true, isForm)
		if err != nil && KindOf(err) != KindInvalid && KindOf(err) != KindTooLarge {
			t.Fatalf("%q: %v", text, err)
		}
		checkChange(t, change)
		if preference, err := ReadPreferenceChange(document); err == nil && preference.MuseumName != nil && utf8.RuneCountInString(*preference.MuseumName) > 100 {
			t.Fatalf("%q is taken as a name", *preference.MuseumName)
		}
	})
}

func checkChange(t *testing.T, change TileChange) {
	t.Helper()
	tile := NewTile("linear")
	change.Apply(&tile)
	if !json.Valid([]byte(tile.DesmosState)) || tile.DesmosState == "null" {
		t.Fatalf("the state %q is kept", tile.DesmosState)
	}
	if strings.ContainsRune(tile.Description, 0) || !utf8.ValidString(tile.Description) || !IsFamilyType(tile.ConceptType) {
		t.Fatalf("kept: %q, %q", tile.ConceptType, tile.Description)
	}
	if change.LastSynced != nil && change.LastSynced.UnixMicro() == math.MinInt64 {
		t.Fatal("a time is kept that cannot be stored")
	}
}
