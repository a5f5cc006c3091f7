package app

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// Address is a validated mail address. Addresses with the same Email are one account, so they must reach the same
// mailbox on every mail system: only ASCII letters are lower-cased, and domains are in the ASCII form of IDNA, in
// which mail programs look them up.
type Address struct {
	Email   string // with ASCII letters in lower case
	Mailbox string // like Email, but with the local part in its original case
}

// MaxEmail is the maximum length of an address in bytes (RFC 5321, 4.5.3.1.3, less the brackets).
const MaxEmail = 254

// ParseAddress validates an address typed by a person. Its error is a KindInvalid with a message for that person.
func ParseAddress(typed string) (Address, error) {
	text := strings.TrimFunc(typed, IsSpace)
	local, domain, _ := cutLast(text, "@")
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text || len(local) > 64 ||
		!utf8.ValidString(text) || strings.ContainsFunc(text, isUnmailable) || !isDomain(domain) {
		return Address{}, errNoAddress
	}
	if !isUnambiguous(local) {
		return Address{}, Errorf(KindInvalid, "This address has a letter that some mail systems confuse with "+
			"another one. Please use plain lower-case letters.")
	}
	if domain, err = idna.Lookup.ToASCII(domain); err != nil {
		return Address{}, errNoAddress
	}
	address := Address{Email: lowerASCII(local) + "@" + domain, Mailbox: local + "@" + domain}
	if len(address.Email) > MaxEmail {
		return Address{}, errNoAddress
	}
	return address, nil
}

var errNoAddress = Errorf(KindInvalid,
	"This does not look like an e-mail address. Please check it: it should look like name@example.com.")

// lowerASCII lower-cases the letters A to Z only. Unicode rules would turn the Kelvin sign into a k, for example, and
// so reach another person's mailbox.
func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

// isUnambiguous reports whether a local part is the same however a mail system compares it: outside ASCII it has no
// capitals, no letter with an ASCII capital, and no compatibility forms such as full-width letters.
func isUnambiguous(local string) bool {
	return norm.NFKC.IsNormalString(local) && !strings.ContainsFunc(local, func(r rune) bool {
		return r > unicode.MaxASCII && (unicode.ToLower(r) != r || unicode.ToUpper(r) <= unicode.MaxASCII)
	})
}

// MailboxKey returns the key by which mails to the address are counted: Email without the tag after a plus sign,
// since ann+1@example.com and ann+2@example.com are usually one mailbox.
func (a Address) MailboxKey() string {
	local, domain, _ := cutLast(a.Email, "@")
	if i := strings.IndexByte(local, '+'); i > 0 {
		local = local[:i]
	}
	return local + "@" + domain
}

// cutLast is like strings.Cut, but at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// isUnmailable reports whether a character does not occur in real addresses and could confuse mail headers or shells.
func isUnmailable(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune("\"(),:;<>[\\]", r)
}

// isDomain reports whether a domain is valid and has a dot, or is localhost. Requiring the dot catches a forgotten
// ".com".
func isDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
		}) {
			return false
		}
	}
	return len(labels) > 1 || lowerASCII(domain) == "localhost"
}
