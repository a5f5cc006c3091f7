package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// FuzzValue compares Object and List with the standard decoder.
func FuzzValue(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":[1,{"c":"}"}],"a":"\\\"","":null}`, ` [ 1 , "a,]" , [ ] , { } , -0.5e3 , true ] `, `[[],[[]],{}]`, `{"\u0061":{"a":"\\"}}`, `[]`, `{}`, `""`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		value, err := ParseJSON(text)
		if err != nil {
			return
		}
		var want any
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.UseNumber()
		if err := decoder.Decode(&want); err != nil {
			t.Fatalf("%q is taken: %v", text, err)
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, text); err != nil || value.compact() != compact.String() {
			t.Fatalf("%q without filler is %q", text, value.compact())
		}
		if got := decode(t, value); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is %v, want %v", text, got, want)
		}
	})
}

// decode decodes a value with Object, List and Text only.
func decode(t *testing.T, value Value) any {
	if object, ok := value.Object(); ok {
		decoded := map[string]any{}
		for key, part := range object {
			decoded[key] = decode(t, part)
		}
		return decoded
	}
	if list, ok := value.List(); ok {
		decoded := []any{}
		for _, part := range list {
			decoded = append(decoded, decode(t, part))
		}
		return decoded
	}
	if text, ok := value.Text(); ok {
		return text
	}
	switch value.TypeName() {
	case "bool":
		return string(value) == "true"
	case "NoneType":
		return nil
	}
	return json.Number(value)
}

func BenchmarkReadSyncItems(b *testing.B) {
	state := `{"version":11,"expressions":{"list":[` + strings.Repeat(`{"id":"1","type":"expression","latex":"y=a\\left(x-h\\right)^{2}+k"},`, 75) + `{}]}}`
	var tiles []string
	for _, concept := range FamilyTypes() {
		tiles = append(tiles, fmt.Sprintf(`{"concept_type":%q,"position_x":1,"desmos_state":%s,"last_synced":"2026-01-02T03:04:05Z"}`, concept, state))
	}
	text := []byte(`{"tiles":[` + strings.Join(tiles, ",") + `]}`)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		document, err := ParseJSON(text)
		if err != nil {
			b.Fatal(err)
		}
		if items, err := ReadSyncItems(document); err != nil || len(items) != len(tiles) || items[0].Err != nil {
			b.Fatal(err)
		}
	}
}
