package transfer_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// annDocument is the name of Ann's document in a zip file of newClass.
const annDocument = "ann@example.com/museum.json"

// TestBadEntriesAreNamedAndNothingIsTaken corrupts Ann's museum in one way after another: nothing is imported, and
// the error names the file. With SkipBad, Bob's museum is imported.
func TestBadEntriesAreNamedAndNothingIsTaken(t *testing.T) {
	class, _ := newClass(t)
	good := entries(t, archive(t, class.Folder))
	document, photo := -1, -1
	for i, file := range good {
		if file.name == annDocument {
			document = i
		}
		if strings.HasPrefix(file.name, "ann@example.com/photos/") {
			photo = i
		}
	}
	replace := func(old, new string) func([]entry) []entry {
		return func(files []entry) []entry {
			if !strings.Contains(files[document].content, old) {
				t.Fatalf("there is no %s in %s", old, files[document].content)
			}
			files[document].content = strings.Replace(files[document].content, old, new, 1)
			return files
		}
	}
	const most = 1 << 18
	t.Cleanup(transfer.SetLimits(most, most))
	long := strings.Repeat(" ", most+1000)
	for name, c := range map[string]struct {
		spoil func(files []entry) []entry
		words string
	}{
		"cut off":           {func(files []entry) []entry { files[document].content = files[document].content[:900]; return files }, "the file is truncated"},
		"empty":             {func(files []entry) []entry { files[document].content = ""; return files }, "the file is truncated"},
		"no JSON":           {replace(`"concept_type":`, `"concept_type"`), "from line 3 on it is not JSON"},
		"no object":         {func(files []entry) []entry { files[document].content = "[]"; return files }, "line 1: an object is required"},
		"two objects":       {func(files []entry) []entry { files[document].content += "{}"; return files }, "there is more data after its end"},
		"a later format":    {replace(`{"format":2`, `{"format":3`), "it has format 3, but this program supports 2"},
		"an earlier format": {replace(`{"format":2`, `{"format":1`), "it has format 1"},
		"no format":         {replace(`{"format":2`, `{"was":2`), `"account" is out of order`},
		"no account":        {replace(`"account":`, `"was":`), `"photos" is out of order`},
		"a second account":  {replace(`"preferences":`, `"account":`), `"account" is out of order`},
		"no address":        {replace(`"email":"Ann@example.com"`, `"email":"Ann"`), `email: "Ann" is not an e-mail address.`},
		"no tiles":          {replace(`"tiles": [`, `"frames": [`), `it has no "tiles"`},
		"tiles of no kind":  {replace(`"tiles": [`, `"tiles": 5, "x": [`), "a list is required"},
		"another family":    {replace(`"concept_type":"square_root"`, `"concept_type":"septic"`), `line 3: concept_type: "septic" is not a valid choice.`},
		"NUL":               {replace(`"description":"gone"`, `"description":"go\u0000ne"`), "description: Null characters are not allowed."},
		"broken UTF-8":      {replace(`"description":"gone"`, "\"description\":\"go\xffne\""), "the text is not UTF-8"},
		"not yet the end":   {replace(`"conflict":"none"}]}`, `"conflict":"none"}],"more":1}`), `"more" follows "versions"`},
		"a later version":   {replace(`"version":1,"deleted":false,"saved_at"`, `"version":9,"deleted":false,"saved_at"`), "line 4: this version has the number 9, but its tile only 1"},
		"something long":    {replace(`"description":"gone"`, `"description":"`+long+`"`), "the entry that begins here is longer than"},
		"much nothing":      {replace(`"tiles": [`, `"tiles": [`+long+long+long), "the entry that begins here is longer than"},
		"many lines":        {replace(`"tiles": [`, `"tiles": [`+strings.Repeat("\n", most)), "the entry that begins here is longer than"},
		"a tile of parts":   {replace(`"description":"gone"`, `"a":"`+long[:most-1000]+`","b":"`+long[:most-1000]+`"`), "the entry that begins here is longer than"},
		"the same again":    {func(files []entry) []entry { return append(files, entry{"copy/museum.json", files[document].content}) }, "the museum of ann@example.com is also in another folder"},
		"no photo":          {func(files []entry) []entry { files[photo].name = "photos/other"; return files }, "is missing from the zip file"},
		"two photos":        {func(files []entry) []entry { return append(files, files[photo]) }, "or is in it twice"},
		"another photo":     {func(files []entry) []entry { files[photo].content += "x"; return files }, "this photo is damaged"},
		"a large photo": {func(files []entry) []entry {
			files[photo].content = strings.Repeat("x", app.MaxImageSize+1)
			return files
		}, "it is larger than 8 MB"},
		"a photo elsewhere":  {replace(`"file":"photos/`, `"file":"../bob@example.com/photos/`), "is missing from the zip file"},
		"preferences broken": {replace(`"theme_preference":"light"`, `"theme_preference":""`), "theme_preference: This field may not be blank."},
	} {
		t.Run(name, func(t *testing.T) {
			text := packed(t, c.spoil(append([]entry{}, good...))...)
			museum := newStore(t)
			report, err := take(t, museum, text, "", store.ImportOptions{})
			if !errors.Is(err, store.ErrBadRows) || len(report.Bad) == 0 || lines(t, museum) != lines(t, newStore(t)) {
				t.Fatalf("got %+v, %v", report, err)
			}
			if said := report.Bad[0].Error(); !strings.Contains(said, `museum.json", `) || !strings.Contains(said, c.words) {
				t.Errorf("said: %s; want %s", said, c.words)
			}
			if _, err := take(t, museum, text, "", store.ImportOptions{SkipBad: true}); err != nil {
				t.Errorf("the rest: %v", err)
			}
			if _, err := museum.FindUser(t.Context(), app.Address{Email: "bob@example.com"}); err != nil {
				t.Errorf("Bob: %v", err)
			}
		})
	}
}

// TestEntriesThatCannotBeRead packs Ann's museum in valid ways that are not supported.
func TestEntriesThatCannotBeRead(t *testing.T) {
	class, _ := newClass(t)
	for words, spoil := range map[string]func(*zip.FileHeader){
		"it is protected by a password":  func(file *zip.FileHeader) { file.Flags |= 1 },
		"unsupported compression method": func(file *zip.FileHeader) { file.Method = 9 },
		"it is larger than 1024 MB":      func(file *zip.FileHeader) { file.UncompressedSize64 = 2 << 30 },
		"it is damaged":                  func(file *zip.FileHeader) { file.CRC32++ },
		"it is damaged or truncated":     func(file *zip.FileHeader) { file.UncompressedSize64++ },
		"it is damaged or truncated; c":  func(file *zip.FileHeader) { file.UncompressedSize64-- },
	} {
		var text bytes.Buffer
		to := zip.NewWriter(&text)
		for _, file := range entries(t, archive(t, class.Folder)) {
			content := []byte(file.content)
			header := &zip.FileHeader{Name: file.name, CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)), CRC32: crc32.ChecksumIEEE(content)}
			if file.name == annDocument {
				spoil(header)
			}
			out, err := to.CreateRaw(header)
			if err == nil {
				_, err = out.Write(content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		report, err := take(t, newStore(t), text.String(), "", store.ImportOptions{})
		if !errors.Is(err, store.ErrBadRows) || !strings.Contains(report.Bad[0].Error(), `"`+annDocument+`", `) || !strings.Contains(report.Bad[0].Error(), words) {
			t.Errorf("want %s, got %v, %v", words, report.Bad, err)
		}
	}
}

func TestZipFilesThatAreRefusedWhole(t *testing.T) {
	class, _ := newClass(t)
	good := archive(t, class.Folder)
	bomb := func(files int, header zip.FileHeader) string {
		var text bytes.Buffer
		to := zip.NewWriter(&text)
		for i := range files {
			header := header
			header.Name = fmt.Sprintf("%d/museum.json", i)
			if _, err := to.CreateRaw(&header); err != nil {
				t.Fatal(err)
			}
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		return text.String()
	}
	for name, c := range map[string]struct{ text, words string }{
		"cut off":     {good[:len(good)-100], "it is damaged or truncated"},
		"empty":       {packed(t), "zip file without museum.json"},
		"a folder":    {packed(t, entry{"museum.json/", ""}), "zip file without museum.json"},
		"others":      {packed(t, entry{"[Content_Types].xml", "<Types/>"}), "zip file without museum.json"},
		"overlapping": {bomb(3, zip.FileHeader{CompressedSize64: 300, UncompressedSize64: 300}), "its files overlap"},
		"a bomb":      {bomb(50, zip.FileHeader{UncompressedSize64: 1 << 30}), "it would unpack to 51200 MB"},
	} {
		if _, err := transfer.Open(strings.NewReader(c.text), app.Address{}); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want %s", name, err, c.words)
		}
	}
	t.Cleanup(transfer.SetLimits(1<<20, 1<<20))
	if _, err := transfer.Open(endless{}, app.Address{}); err == nil || !strings.Contains(err.Error(), "too many files") {
		t.Errorf("an endless list of files: %v", err)
	}
}

// endless is a zip file that consists of a directory of 1 GB.
type endless struct{}

const (
	endlessSize = 1 << 30
	endlessList = "PK\x01\x02" + "\x14\x00\x14\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" +
		"\x12\x00" + "\x00\x00" + "\x00\x00" + "\x00\x00" + "\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "a name of a file.." // 64 bytes
	endlessEnd = "PK\x05\x06" + "\x00\x00\x00\x00" + "\xff\xff\xff\xff" + "\x00\x00\x00\x3f" + "\x00\x00\x00\x00" + "\x00\x00"
)

func (endless) ReadAt(to []byte, at int64) (n int, err error) {
	for list := endlessSize - int64(len(endlessEnd)); n < len(to); {
		switch position := at + int64(n); {
		case position >= endlessSize:
			return n, io.EOF
		case position >= list:
			n += copy(to[n:], endlessEnd[position-list:])
		default:
			n += copy(to[n:min(int64(len(to)), list-at)], endlessList[position%int64(len(endlessList)):])
		}
	}
	return n, nil
}

func (endless) Seek(int64, int) (int64, error) { return endlessSize, nil }
