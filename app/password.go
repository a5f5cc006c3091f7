package app

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MinPassword is the length below which a password is guessed in no time, in characters.
const MinPassword = 8

// tooSimilar is how much of a password may be found in the address, from 0 to 1.
const tooSimilar = 0.7

// CheckPassword says what is wrong with a password for the account with this address, one sentence a fault; nothing
// where it will do.
func CheckPassword(password string, address Address) []string {
	var faults []string
	if isLikeAddress(password, address.Email) {
		faults = append(faults, "The password is too much like the e-mail address.")
	}
	if utf8.RuneCountInString(password) < MinPassword {
		faults = append(faults, "The password is too short. It needs at least 8 characters.")
	}
	if isCommonPassword(password) {
		faults = append(faults, "The password is one of those that everybody tries first.")
	}
	if isDigits(password) {
		faults = append(faults, "The password is all digits. It needs letters or signs, too.")
	}
	return faults
}

// isLikeAddress compares with the address, each word of it, and the part before the @ as one word.
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

// similarity is the share of characters that two texts have in common, whatever their order: 1 for an anagram.
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

// commonPasswords are words that stand for many: isCommonPassword knows their usual disguises.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(commonPasswordText) {
		words[word] = true
	}
	return words
})

// plainLetters undoes the usual disguise of letters.
var plainLetters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "@", "a", "$", "s", "!", "i", "|", "l")

// isCommonPassword knows common words, bare, disguised (p4ssw0rd), doubled, or with a few digits and signs around
// (Summer2026!), as well as walks along the keyboard.
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

// onePeriod gives "abc" for "abcabcabc".
func onePeriod(text string) string {
	if text == "" {
		return text
	}
	// A text repeats itself with the distance at which it is found again in its double.
	return text[:1+strings.Index((text + text)[1:], text)]
}

// isWalk tells of neighbours on the keyboard or in the alphabet, and of single characters (of aaaaaaaa).
func isWalk(text string) bool {
	const walks = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn 1qaz2wsx3edc4rfv5tgb6yhn7ujm " +
		"qazwsxedcrfvtgbyhnujm 1q2w3e4r5t6z7u8i9o0p 1q2w3e4r5t6y7u8i9o0p 01234567890 abcdefghijklmnopqrstuvwxyz " +
		"poiuytrewq lkjhgfdsa mnbvcxz poiuztrewq mnbvcxy 09876543210 zyxwvutsrqponmlkjihgfedcba"
	return utf8.RuneCountInString(text) == 1 || (len(text) > 3 && strings.Contains(walks, text))
}
