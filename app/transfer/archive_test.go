package transfer_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// noon is the time of exports that are compared with each other.
func noon() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// archive returns the museums of a folder as a zip file, exported at noon.
func archive(t testing.TB, folder string) string {
	t.Helper()
	var text bytes.Buffer
	if err := transfer.WriteArchives(t.Context(), apptest.OpenStore(t, folder, noon), 0, &text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// entry is a file in a zip file.
type entry struct{ name, content string }

// entries returns the files in a zip file.
func entries(t testing.TB, text string) (found []entry) {
	t.Helper()
	in, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range in.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, entry{file.Name, string(all)})
	}
	return found
}

// packed returns a zip file.
func packed(t testing.TB, files ...entry) string {
	t.Helper()
	var text bytes.Buffer
	to := zip.NewWriter(&text)
	for _, file := range files {
		out, err := to.Create(file.name)
		if err == nil {
			_, err = io.WriteString(out, file.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// TestAnArchiveBringsTheClassBack exports randomized museums, imports them, and exports them again.
func TestAnArchiveBringsTheClassBack(t *testing.T) {
	photos, gone := 0, 0
	for seed := range uint64(2) {
		from := apptest.NewMuseum(t)
		fill(t, from, rand.New(rand.NewPCG(seed, 6)))
		first := archive(t, from.Folder)
		photos += strings.Count(first, "/photos/")
		gone += strings.Count(lines(t, from.Store), `"deleted":true,"created_at"`)

		folder := t.TempDir()
		to := apptest.OpenStore(t, folder, time.Now)
		if report, err := take(t, to, first, "", store.ImportOptions{DryRun: true}); err != nil || report.Users != 4 || strings.Count(lines(t, to), "\n") != 2 {
			t.Errorf("seed %d, tried: %+v, %v", seed, report, err)
		}
		if report := mustTake(t, to, first, ""); report.Users != 4 || report.Same != 0 {
			t.Errorf("seed %d: %+v", seed, report)
		}
		if got, want := lines(t, to), lines(t, from.Store); got != want { // all that anybody made
			t.Fatalf("seed %d: the museum is another one", seed)
		}
		if archive(t, folder) != first {
			t.Errorf("seed %d: the second zip file is another one", seed)
		}
		for where, museum := range map[string]*store.Store{"the second time": to, "where it came from": from.Store} {
			if again := mustTake(t, museum, first, ""); again.Changed() {
				t.Errorf("seed %d, %s: %+v", seed, where, again)
			}
		}
	}
	if photos == 0 || gone == 0 {
		t.Errorf("there were %d photos and %d tombstones: the test tests little", photos, gone)
	}
}

// TestAnArchiveInAnotherOrder imports a zip file that another program has unpacked and packed again.
func TestAnArchiveInAnotherOrder(t *testing.T) {
	from := apptest.NewMuseum(t)
	fill(t, from, rand.New(rand.NewPCG(7, 6)))
	files := entries(t, archive(t, from.Folder))
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	for i := range files {
		files[i].name = strings.ReplaceAll("my class/"+files[i].name, "/", `\`)
	}
	to := newStore(t)
	mustTake(t, to, packed(t, append(files, entry{"__MACOSX/._museum.json", "\x00\x05"})...), "")
	if lines(t, to) != lines(t, from.Store) {
		t.Error("the museum is another one")
	}
}

func TestOneMuseumIsTakenFromAnArchive(t *testing.T) {
	from, _ := newClass(t)
	text := archive(t, from.Folder)
	bob := newStore(t)
	if report := mustTake(t, bob, text, "Bob@example.com"); report.Users != 1 || report.Tiles+report.Photos != 0 {
		t.Errorf("Bob: %+v", report)
	}
	if _, err := take(t, bob, text, "eve@example.com", store.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "the file contains no account with the address eve@example.com") {
		t.Errorf("Eve: %v", err)
	}
}

// TestADownloadIsTakenAsWhoeverItIsSaidToBeOf has a student claim another identity in the file.
func TestADownloadIsTakenAsWhoeverItIsSaidToBeOf(t *testing.T) {
	from, _ := newClass(t)
	ann, err := from.Store.FindUser(t.Context(), app.Address{Email: "ann@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := transfer.WriteArchive(t.Context(), from.Store, &ann, &text); err != nil {
		t.Fatal(err)
	}
	to := newStore(t)
	if _, err := take(t, to, text.String(), "", store.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "--user") {
		t.Errorf("without an owner: %v", err)
	}
	if report := mustTake(t, to, text.String(), "Zoe@example.com"); report.Users != 1 || report.Tiles != 2 || report.Photos != 1 || report.Superusers != 0 {
		t.Errorf("got %+v", report)
	}
	zoe, err := to.FindUser(t.Context(), app.Address{Email: "zoe@example.com"})
	if err != nil || zoe.Mailbox != "Zoe@example.com" || zoe.DisplayName != ann.DisplayName {
		t.Errorf("she is %+v, %v", zoe, err)
	}
	if _, err := to.FindUser(t.Context(), app.Address{Email: "ann@example.com"}); err == nil {
		t.Error("Ann is there, too")
	}
}

// TestAnArchiveOfAnOpenMuseum changes a tile while it is being exported, before its versions.
func TestAnArchiveOfAnOpenMuseum(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	path := "/api/tiles/" + idText(ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear"}).Object(t)) + "/"
	museum.Exec(t, `update tiles set version = 1`)
	museum.Clock.Advance(2 * time.Minute)
	ann.Send("PATCH", path, map[string]any{"description": "written meanwhile"})
	museum.Exec(t, `update tiles set version = 1, description = ''`) // as it was when it was read
	if report := mustTake(t, newStore(t), archive(t, museum.Folder), ""); report.Tiles != 1 || report.Versions != 1 {
		t.Errorf("got %+v", report)
	}
}

// TestMemoryDoesNotGrowWithTheArchive compares the memory in use early and late in an export.
func TestMemoryDoesNotGrowWithTheArchive(t *testing.T) {
	const students, early, late, most = 40, 5, 35, 2 << 20
	class, _ := newClass(t)
	var document string
	for _, file := range entries(t, archive(t, class.Folder)) {
		if file.name == "bob@example.com/museum.json" {
			document = file.content
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 1<<18)
	var files []entry
	for n := range students {
		for i := range noise {
			noise[i] = "0123456789abcdef"[random.IntN(16)]
		}
		email := fmt.Sprintf("student%d@example.com", n)
		text := strings.Replace(document, `"tiles": [`, fmt.Sprintf(`"tiles": [{"id":%d,"concept_type":"linear","position_x":0,"position_y":0,"width":1,"height":1,"z_index":0,`+
			`"desmos_state":{},"description":"%s","completed":false,"version":1,"deleted":false,"created_at":"2026-11-28T10:00:00Z","updated_at":"2026-11-28T10:00:00Z",`+
			`"last_synced":"2026-11-28T10:00:00Z","description_version":1,"state_version":1,"item_versions":{},"versions":[]}`, n+1, noise), 1)
		files = append(files, entry{email + "/museum.json", strings.Replace(text, "bob@example.com", email, 1)})
	}
	text := packed(t, files...)
	files = nil
	source, err := transfer.Open(strings.NewReader(text), app.Address{})
	if err != nil {
		t.Fatal(err)
	}
	museum, n, begin := newStore(t), 0, int64(0)
	report, err := museum.Import(t.Context(), func(yield func(store.Record, error) bool) {
		for record, err := range source.Records {
			if record.User != nil {
				n++
				if n == early {
					begin = heap()
				}
				if grown := heap() - begin; n == late && grown > most {
					t.Errorf("memory grew by %d bytes between %d and %d", grown, early, late)
				}
			}
			if !yield(record, err) {
				return
			}
		}
	}, store.ImportOptions{})
	if err != nil || report.Tiles != students {
		t.Errorf("%+v, %v", report, err)
	}
}
