package app

import (
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"ann@example.com": "ann@example.com", " Casey@EXAMPLE.com ": "Casey@example.com", "a.b+c@sub.example.org": "a.b+c@sub.example.org",
		"o'hara@example.ie": "o'hara@example.ie", "pia@bücher.example": "pia@xn--bcher-kva.example", "t@localhost": "t@localhost",
		"": "", "not-an-email": "", "a@b@example.com": "", "a b@example.com": "", "ann@gmail": "", "@example.com": "", "ann@": "",
		"ann@example..com": "", "ann@-example.com": "", "Ann <ann@example.com>": "", `"a b"@example.com`: "", ".a@example.com": "",
		"nl@example.com\nBcc: x@example.org": "", "nul\x00@example.com": "", "a@[127.0.0.1]": "", "a@exa mple.com": "", "\xff@example.com": "",
		strings.Repeat("x", 65) + "@example.com": "", "x@" + strings.Repeat("abcdefg.", 40) + "com": "",
	} {
		got, err := ParseAddress(typed)
		if got.Mailbox != want || (err == nil) != (want != "") {
			t.Errorf("ParseAddress(%q) = %q, %v, want %q", typed, got.Mailbox, err, want)
		}
		if got.Email != lowerASCII(want) {
			t.Errorf("the account of %q is %q", typed, got.Email)
		}
	}
}

// TestSpellingsOfOneAccount checks that spellings with the same Email have the same mailbox except for the case of A
// to Z, and that letters which fold into ASCII do not reach another account.
func TestSpellingsOfOneAccount(t *testing.T) {
	const ann = "kai.li@xn--bcher-kva.example"
	for typed, want := range map[string]string{
		"Kai.Li@B\u00dcCHER.example":      ann,
		"kai.li@bu\u0308cher.example":     ann, // u and a combining diaeresis
		"KAI.LI@XN--BCHER-KVA.EXAMPLE":    ann,
		"kai.li@b\u00fccher\u3002example": "",  // an ideographic full stop is no dot to mail programs
		"kai.li@\uff42\u00fccher.example": ann, // a full-width b: IDNA maps it, and mail goes where that leads
		"\u212aai.li@b\u00fccher.example": "",  // Kelvin sign
		"ka\u0130.li@b\u00fccher.example": "",  // I with a dot
		"ka\u0131.li@b\u00fccher.example": "",  // i without a dot
		"\uff4bai.li@b\u00fccher.example": "",  // full-width k
		"kai.\u017fi@b\u00fccher.example": "",  // long s
		"\u00c4rzte@example.com":          "",  // a capital beyond ASCII
		"a\u0308rzte@example.com":         "",  // a and a combining diaeresis
		"\u00e4rzte@example.com":          "\u00e4rzte@example.com",
		"ann@xn--a.example":               "", // no punycode
		"ann@fa\u00df.example":            "ann@xn--fa-hia.example",
	} {
		got, err := ParseAddress(typed)
		if got.Email != want || (err == nil) != (want != "") {
			t.Errorf("ParseAddress(%q).Email = %q, %v, want %q", typed, got.Email, err, want)
		}
		if lowerASCII(got.Mailbox) != got.Email {
			t.Errorf("the mailbox of %q is %q, the account %q", typed, got.Mailbox, got.Email)
		}
	}
}
