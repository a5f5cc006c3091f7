package transfer

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/mathmuseums/mathmuseums/app"
)

// fileName is what a person's file or folder is called: the e-mail address, as far as all systems can write it. No two
// people's are the same, on systems that do not tell capitals apart either: a name that is changed has the account's number
// and a space, which no address has.
func fileName(user app.User) string {
	name := strings.Map(func(r rune) rune {
		if r == '@' || r == '.' || r == '-' || r == '_' || r == '+' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, user.Email)
	base, _, _ := strings.Cut(name, ".")
	if name != user.Email || len(name) > 200 || name[0] == '.' || isDevice(base) {
		if len(name) > 200 {
			name = strings.ToValidUTF8(name[:200], "")
		}
		name = fmt.Sprintf("%d %s", user.ID, name)
	}
	return name
}

// isDevice tells of names that Windows keeps for devices, whatever follows their first dot.
func isDevice(base string) bool {
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt"))
}
