package app

import "testing"

func TestReadCode(t *testing.T) {
	for typed, want := range map[string]string{
		"123456": "123456", "123 456": "123 456",
		"\uff11\uff12\uff13\uff14\uff15\uff16":     "123456", // full width
		"\u0660\u0669\u06f1\u0967\u09e7\u0e51":     "091111", // Arabic, Persian, Devanagari, Bengali, Thai
		"\U0001d7ce\U0001d7d7\U0001d7d8\U0001d7ff": "0909",
		"12345\u2460": "12345\u2460", "l23456": "l23456", // a circled one and a letter are no digits
	} {
		if got := ReadCode(typed); got != want {
			t.Errorf("ReadCode(%q) = %q, want %q", typed, got, want)
		}
	}
}
