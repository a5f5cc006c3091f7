package transfer_test

import (
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// FuzzOpen reads malformed files, and malformed documents in a zip file: reading always ends, and an import for one
// owner never yields another's records.
func FuzzOpen(f *testing.F) {
	class, _ := newClass(f)
	class.Exec(f, `delete from image_owners`) // a photo would be most of each text
	class.Exec(f, `delete from images`)
	text := lines(f, class.Store)
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add(archive(f, class.Folder))
	for _, file := range entries(f, archive(f, class.Folder)) {
		f.Add(file.content)
	}
	f.Add(readFile(f, "dumpdata.json"))
	f.Add(readFile(f, "browser.mathmuseums"))
	f.Add(museumFile(f, class.Store, "ann@example.com"))
	ann := app.Address{Email: "ann@example.com", Mailbox: "Ann@example.com"}
	f.Fuzz(func(t *testing.T, text string) {
		for _, file := range []string{text, packed(t, entry{"ann@example.com/museum.json", text})} {
			for _, owner := range []app.Address{{}, ann} {
				source, err := transfer.Open(strings.NewReader(file), owner)
				if err != nil {
					continue
				}
				for record, err := range source.Records {
					if owner.Email != "" && err == nil && record.Email != "" && record.Email != owner.Email {
						t.Errorf("%+v is not %s's", record, owner.Email)
					}
				}
			}
		}
	})
}
