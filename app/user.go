package app

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// User is a person who can sign in.
type User struct {
	ID          int64
	Email       string // lower-cased: the account's name
	Mailbox     string // the address as its owner writes it
	DisplayName string
	IsActive    bool // switched-off accounts cannot sign in
	IsStaff     bool
	IsSuperuser bool
	DateJoined  time.Time
	LastLogin   time.Time // zero: never

	PasswordHash string // empty: no password; only superusers have one
	SessionID    int64  // of the browser through which the user is here; 0: through none
}

// Address is a checked mail address.
type Address struct {
	Email   string // lower-cased; two spellings with the same Email are one account
	Mailbox string // as written, but for the domain's case and spaces around: where mail goes
}

// MaxEmail is the largest length of an address in bytes (RFC 5321, 4.5.3.1.3, less the brackets).
const MaxEmail = 254

// ParseAddress checks what somebody typed as a mail address. Its error is a KindInvalid for people.
func ParseAddress(typed string) (Address, error) {
	text := strings.TrimFunc(typed, IsSpace)
	local, domain, _ := cutLast(text, "@")
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text || len(text) > MaxEmail || len(local) > 64 ||
		!utf8.ValidString(text) || strings.ContainsFunc(text, isUnmailable) || !isDomain(domain) {
		return Address{}, Errorf(KindInvalid, "This does not look like an e-mail address. Please check it: it should look like name@example.com.")
	}
	mailbox := local + "@" + strings.ToLower(domain)
	return Address{Email: strings.ToLower(mailbox), Mailbox: mailbox}, nil
}

// MailboxKey returns the name under which mails to the address are counted: Email without the tag after a plus sign, since
// ann+1@example.com and ann+2@example.com are usually one mailbox.
func (a Address) MailboxKey() string {
	local, domain, _ := cutLast(a.Email, "@")
	if i := strings.IndexByte(local, '+'); i > 0 {
		local = local[:i]
	}
	return local + "@" + domain
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// isUnmailable tells of characters that real addresses do not have, and that headers or shells could trip over.
func isUnmailable(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune("\"(),:;<>[\\]", r)
}

// isDomain wants a name with a dot in it, or localhost: a forgotten ".com" is told before a mail is lost.
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
	return len(labels) > 1 || strings.EqualFold(domain, "localhost")
}
