package app

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
	"time"
	"unicode"
)

// CodePurpose is the one thing that a code can be used for.
type CodePurpose string

// Purposes of codes.
const (
	CodeToSignIn        CodePurpose = "sign-in"
	CodeToDeleteAccount CodePurpose = "deletion"
)

// CodeLifetime is how long a code is valid.
const CodeLifetime = 15 * time.Minute

// CodeTries is the number of wrong tries that void a code, counted once for the browser that requested it and once
// for all others together.
const CodeTries = 5

// IssuedCodeTries is the number of wrong tries by all browsers together that void a code issued by hand. Each browser
// has CodeTries of its own against such a code, and new browsers cost an attacker nothing, so this bounds the chance
// of guessing the code to one in a thousand. It is far above what could void the code by accident.
const IssuedCodeTries = 1000

// SignInLimits bound sign-in attempts; operators can change them. 0 means no limit.
type SignInLimits struct {
	CodesPerHour        int // codes sent to one mailbox
	WrongCodesPerDay    int // wrong codes for an address, from all browsers that have never signed in with it
	WrongCodesInARow    int // the same across days, until someone signs in with the address
	RequestsPerMinute   int // sign-in requests from one network address
	NetworkMailsPerHour int // mails requested from one network address
	MailsPerHour        int // mails of the whole museum
}

// DefaultSignInLimits suit a class of 40 behind one router.
var DefaultSignInLimits = SignInLimits{CodesPerHour: 5, WrongCodesPerDay: 20, WrongCodesInARow: 100,
	RequestsPerMinute: 120, NetworkMailsPerHour: 300, MailsPerHour: 1000}

// NewCode returns six random digits.
func NewCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // without randomness no code is safe
	}
	return fmt.Sprintf("%06d", n)
}

// ReadCode replaces decimal digits of other scripts and full-width digits in a typed code by ASCII digits. Spaces and
// dashes are removed by the page, not here: the API has always rejected them.
func ReadCode(typed string) string { return strings.Map(digit, typed) }

// digit returns the ASCII digit with the value of a decimal digit of any script, and other characters unchanged.
// Unicode has decimal digits in ranges of ten that begin with 0.
func digit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	return r
}

// IsCode reports whether text has the form of a code. Malformed input does not count as an attempt.
func IsCode(text string) bool {
	if len(text) != 6 {
		return false
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// HashCode returns the keyed hash of a code that is stored instead of the code, so that a stolen database reveals no
// codes. The hash is specific to the address and the purpose.
func HashCode(secret Secret, purpose CodePurpose, email, code string) []byte {
	mac := hmac.New(sha256.New, secret.Key("sign-in code", 32))
	fmt.Fprintf(mac, "%s:%d:%s:%s", purpose, len(email), email, code)
	return mac.Sum(nil)
}
