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

// CodePurpose is what a code is good for, and nothing else.
type CodePurpose string

// Purposes of codes.
const (
	CodeToSignIn        CodePurpose = "sign-in"
	CodeToDeleteAccount CodePurpose = "deletion"
)

// CodeLifetime is how long a code is good.
const CodeLifetime = 15 * time.Minute

// CodeTries is the number of wrong tries that void a code: for the browser that asked for it, and for all others together.
const CodeTries = 5

// IssuedCodeTries is the number of wrong tries by all browsers together that void a code issued by hand. Each browser has
// CodeTries of its own against such a code, and a new browser costs nothing, so this bounds the chance of guessing it to
// one in a thousand. It is far above what anybody can try in passing to void the code.
const IssuedCodeTries = 1000

// SignInLimits bound what can be tried, set by the operator. 0 means no limit.
type SignInLimits struct {
	CodesPerHour        int // codes sent to a mailbox
	WrongCodesPerDay    int // wrong codes for an address, by all browsers that have never signed in as it
	WrongCodesInARow    int // the same without an end of the day, until somebody signs in as the address
	RequestsPerMinute   int // sign-in requests from one network address
	NetworkMailsPerHour int // mails asked for from one network address
	MailsPerHour        int // mails of the whole museum
}

// DefaultSignInLimits are wide enough for a class of 40 behind one router.
var DefaultSignInLimits = SignInLimits{CodesPerHour: 5, WrongCodesPerDay: 20, WrongCodesInARow: 100,
	RequestsPerMinute: 120, NetworkMailsPerHour: 300, MailsPerHour: 1000}

// NewCode makes a code: six random digits.
func NewCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // the system has no randomness: nothing safe can be done
	}
	return fmt.Sprintf("%06d", n)
}

// ReadCode returns a code that was written with the digits of another script, or of full width, as it was made. Spaces and dashes
// are forgiven by the page, not here: the API has always refused them.
func ReadCode(typed string) string { return strings.Map(digit, typed) }

// digit returns the ASCII digit of the same value as a decimal digit of any script, and other characters as they are. Unicode has
// decimal digits in rows of ten, of which 0 is the first.
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

// HashCode is what is kept of a code: a keyed hash, so that a stolen database gives no codes away. It fits no other address
// and no other purpose.
func HashCode(secret Secret, purpose CodePurpose, email, code string) []byte {
	mac := hmac.New(sha256.New, secret.Key("sign-in code", 32))
	fmt.Fprintf(mac, "%s:%d:%s:%s", purpose, len(email), email, code)
	return mac.Sum(nil)
}
