package app

import (
	"testing"
	"time"
)

func TestParseTimestamp(t *testing.T) {
	for text, want := range map[string]string{
		"2024-05-06T07:08:09Z":                "2024-05-06T07:08:09Z",
		"2024-05-06T07:08:09.123Z":            "2024-05-06T07:08:09.123000Z",
		"2024-05-06T07:08:09.123456789Z":      "2024-05-06T07:08:09.123456Z",
		"2024-05-06T07:08:09,5Z":              "2024-05-06T07:08:09.500000Z",
		"2024-05-06T07:08:09+05:30":           "2024-05-06T01:38:09Z",
		"2024-05-06T07:08:09-0530":            "2024-05-06T12:38:09Z",
		"2024-05-06T07:08:09-05":              "2024-05-06T12:08:09Z",
		"2024-05-06 07:08":                    "2024-05-06T07:08:00Z",
		"2024-5-6T7:8:9Z":                     "2024-05-06T07:08:09Z",
		"2024-05-06":                          "2024-05-06T00:00:00Z",
		"20240506T070809Z":                    "2024-05-06T07:08:09Z",
		"20240506":                            "2024-05-06T00:00:00Z",
		"2024-W19-1T07:08:09Z":                "2024-05-06T07:08:09Z",
		"2024-W19":                            "2024-05-06T00:00:00Z",
		"2020-W53-7":                          "2021-01-03T00:00:00Z",
		"2024-02-29T00:00:00Z":                "2024-02-29T00:00:00Z",
		"0001-01-01T00:00:00Z":                "0001-01-01T00:00:00Z",
		"9999-12-31T23:59:59.999999Z":         "9999-12-31T23:59:59.999999Z",
		"2024-12-31T23:59:59-23:59":           "2025-01-01T23:58:59Z",
		"":                                    "",
		"yesterday":                           "",
		" 2024-05-06T07:08:09Z":               "",
		"2024-05-06t07:08:09z":                "",
		"2024-13-01T00:00:00Z":                "",
		"2024-02-30T00:00:00Z":                "",
		"2023-02-29":                          "",
		"2024-01-01T24:00:00Z":                "",
		"2024-01-01T00:60:00Z":                "",
		"2024-01-01T00:00:60Z":                "",
		"2024-W53-1":                          "",
		"2024-W00-1":                          "",
		"0000-01-01T00:00:00Z":                "",
		"0001-01-01T00:00:00+01:00":           "",
		"9999-12-31T23:59:59-01:00":           "",
		"2024-01-01T00:00:00+24:00":           "",
		"10000-01-01T00:00:00Z":               "",
		"2024-05-06T07:08:09.123456 or later": "",
	} {
		moment, ok := ParseTimestamp(text)
		if got := FormatTimestamp(moment); ok != (want != "") || ok && got != want {
			t.Errorf("ParseTimestamp(%q) = %s, %v, want %s", text, got, ok, want)
		}
	}
}

// FuzzParseTimestamp checks that every parsed time is within the calendar and survives formatting and parsing.
func FuzzParseTimestamp(f *testing.F) {
	for _, seed := range []string{"2024-05-06T07:08:09.123456789+05:30", "20240506T0708", "2024-W19-1", "0001-01-01T00:00-23:59"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		moment, ok := ParseTimestamp(text)
		if !ok {
			return
		}
		if year := moment.Year(); year < 1 || year > 9999 || moment.Location() != time.UTC {
			t.Fatalf("ParseTimestamp(%q) = %v", text, moment)
		}
		again, ok := ParseTimestamp(FormatTimestamp(moment))
		if !ok || !again.Equal(moment) {
			t.Fatalf("%q is %v, and is read back as %v, %v", text, moment, again, ok)
		}
		if stored := time.UnixMicro(moment.UnixMicro()).UTC(); !stored.Equal(moment) {
			t.Fatalf("%q is stored as %v", text, stored)
		}
	})
}
