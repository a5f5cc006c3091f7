package app

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MinPassword is the minimum length of a password in characters. Shorter ones are guessed quickly.
const MinPassword = 8

// tooSimilar is the similarity to the address, from 0 to 1, from which a password is refused.
const tooSimilar = 0.7

// CheckPassword returns what is wrong with a password for the account with this address, one sentence per fault, or
// nothing if it is acceptable.
func CheckPassword(password string, address Address) []string {
	var faults []string
	if isLikeAddress(password, address.Email) {
		faults = append(faults, "The password is too similar to the e-mail address.")
	}
	if utf8.RuneCountInString(password) < MinPassword {
		faults = append(faults, "The password is too short. It needs at least 8 characters.")
	}
	if isCommonPassword(password) {
		faults = append(faults, "The password is too common.")
	}
	if isDigits(password) {
		faults = append(faults, "The password has only digits. It needs letters or symbols, too.")
	}
	return faults
}

// isLikeAddress compares a password with the address, each word of it, and the whole local part.
func isLikeAddress(password, email string) bool {
	local, _, _ := strings.Cut(email, "@")
	words := strings.FieldsFunc(email, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	password = strings.ToLower(password)
	for _, word := range append(words, email, local) {
		if similarity(password, word) >= tooSimilar {
			return true
		}
	}
	return false
}

// similarity returns the share of characters that two texts have in common, regardless of their order: 1 for an
// anagram.
func similarity(a, b string) float64 {
	left := map[rune]int{}
	for _, r := range a {
		left[r]++
	}
	common := 0
	for _, r := range b {
		if left[r] > 0 {
			left[r]--
			common++
		}
	}
	return 2 * float64(common) / float64(utf8.RuneCountInString(a)+utf8.RuneCountInString(b))
}

func isDigits(password string) bool {
	return password != "" && !strings.ContainsFunc(password, func(r rune) bool { return !unicode.IsDigit(r) })
}

//go:embed common_passwords.txt
var commonPasswordText string

// commonPasswords returns base words; isCommonPassword also recognizes their usual variations.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(commonPasswordText) {
		words[word] = true
	}
	return words
})

// plainLetters reverses the usual substitutions of letters.
var plainLetters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "@",
	"a", "$", "s", "!", "i", "|", "l")

// isCommonPassword recognizes common words, whether plain, disguised (p4ssw0rd), repeated, or surrounded by digits
// and symbols (Summer2026!), and sequences of keys.
func isCommonPassword(password string) bool {
	lower := strings.ToLower(strings.TrimSpace(password))
	word := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, form := range []string{lower, word, plainLetters.Replace(lower), plainLetters.Replace(word)} {
		if form = onePeriod(form); commonPasswords()[form] || isWalk(form) {
			return true
		}
	}
	return false
}

// onePeriod returns "abc" for "abcabcabc".
func onePeriod(text string) string {
	if text == "" {
		return text
	}
	// The period is the distance to the next occurrence of the text in the doubled text.
	return text[:1+strings.Index((text + text)[1:], text)]
}

// isWalk reports whether a text is a run of neighbours on the keyboard or in the alphabet, or a single character
// (after onePeriod, as for aaaaaaaa).
func isWalk(text string) bool {
	const walks = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn " +
		"1qaz2wsx3edc4rfv5tgb6yhn7ujm " +
		"qazwsxedcrfvtgbyhnujm 1q2w3e4r5t6z7u8i9o0p 1q2w3e4r5t6y7u8i9o0p 01234567890 abcdefghijklmnopqrstuvwxyz " +
		"poiuytrewq lkjhgfdsa mnbvcxz poiuztrewq mnbvcxy 09876543210 zyxwvutsrqponmlkjihgfedcba"
	return utf8.RuneCountInString(text) == 1 || (len(text) > 3 && strings.Contains(walks, text))
}
