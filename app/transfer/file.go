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

// WriteFile has a file written whole or not at all: what was there under the path stays until all is on the disk. Its
// owner alone may read it. The error of write comes back as it is.
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
		_ = folder.Sync() // not every system can
		folder.Close()
	}
	return nil
}

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
