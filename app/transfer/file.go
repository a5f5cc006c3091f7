package transfer

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/mathmuseums/mathmuseums/app"
)

// WriteFile writes a file atomically: an existing file is replaced only when the new one is on the disk. Only its
// owner can read it. Errors of write are returned unchanged.
func WriteFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		_ = folder.Sync() // not supported on every system
		folder.Close()
	}
	return nil
}

// fileName returns the name of a person's file or folder: the e-mail address, as far as all file systems support it.
// Names are unique, even where case is ignored: a name that differs from the address begins with the account's id and
// a space, which no address contains.
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

// isDevice reports whether Windows reserves a name for a device; anything after its first dot does not matter.
func isDevice(base string) bool {
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt"))
}
