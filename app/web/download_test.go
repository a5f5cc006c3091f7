package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// download downloads a museum and returns its files.
func download(t *testing.T, v *apptest.Visitor) map[string]string {
	t.Helper()
	answer := v.Send("GET", "/api/museum/", nil, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if answer.Status != http.StatusOK || answer.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("download: %d %v", answer.Status, answer.Header)
	}
	if name := answer.Header.Get("Content-Disposition"); !regexp.MustCompile(`^attachment; filename="math-museum-\d{4}-\d\d-\d\d\.zip"$`).MatchString(name) {
		t.Errorf("the file is called %s", name)
	}
	archive, err := zip.NewReader(bytes.NewReader(answer.Body), int64(len(answer.Body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file) // checks the checksum
		if err != nil {
			t.Fatal(err)
		}
		files[entry.Name] = string(text)
	}
	return files
}

// museumDocument is museum.json as a reader of the file knows it.
type museumDocument struct {
	Format  int
	MadeAt  string `json:"made_at"`
	Account struct {
		Email       string
		DisplayName string  `json:"display_name"`
		DateJoined  string  `json:"date_joined"`
		LastLogin   *string `json:"last_login"`
	}
	Preferences map[string]any
	Photos      []struct{ SHA256, File string }
	Tiles       []struct {
		ConceptType string          `json:"concept_type"`
		State       json.RawMessage `json:"desmos_state"`
		Description string
		Deleted     bool
		Versions    []struct {
			Version     int64
			State       json.RawMessage `json:"desmos_state"`
			Description string
			Deleted     bool
			SavedAt     string `json:"saved_at"`
		}
	}
}

func readMuseum(t *testing.T, files map[string]string) (document museumDocument) {
	t.Helper()
	if err := json.Unmarshal([]byte(files["museum.json"]), &document); err != nil {
		t.Fatalf("museum.json: %v\n%s", err, files["museum.json"])
	}
	return document
}

func TestAWholeMuseumCanBeTakenHome(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, bob := museum.NewMember(t, "Ann@example.com"), museum.NewMember(t, "bob@example.com")
	photo, other := apptest.PNG(t, 700, 300, 1), apptest.JPEG(t, 30, 20)
	for _, content := range [][]byte{photo, other} {
		post(ann, content)
	}
	post(bob, apptest.PNG(t, 10, 10, 9))
	bob.Send("POST", "/api/tiles/", map[string]string{"concept_type": "piecewise", "description": "not Ann's"})
	linear := show(t, ann, "linear", hashOf(photo))
	for _, text := range []string{"first", "second\nline \"é\" 🎓"} {
		museum.Clock.Advance(2 * time.Minute)
		ann.Send("PATCH", linear, map[string]string{"description": text})
	}
	gone := show(t, ann, "cubic", hashOf(other))
	museum.Clock.Advance(2 * time.Minute)
	ann.Send("DELETE", gone, nil)
	ann.Send("PATCH", fmt.Sprintf("/api/preferences/%v/", ann.Send("GET", "/api/preferences/current/", nil).Object(t)["id"]), map[string]string{"museum_name": "Annex"})

	files := download(t, ann)
	names := slices.Sorted(maps.Keys(files))
	want := []string{"README.txt", "museum.json", "notes/linear.txt", "photos/" + hashOf(photo) + ".png", "photos/" + hashOf(other) + ".jpg"}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("the files are %v, want %v", names, want)
	}
	if files["photos/"+hashOf(photo)+".png"] != string(photo) || files["photos/"+hashOf(other)+".jpg"] != string(other) {
		t.Error("a photo is another one")
	}
	if got := files["notes/linear.txt"]; got != "second\nline \"é\" 🎓\n" {
		t.Errorf("the notes are %q", got)
	}
	document := readMuseum(t, files)
	if document.Format != 2 || document.Account.Email != "Ann@example.com" || document.Account.LastLogin == nil || document.Preferences["museum_name"] != "Annex" {
		t.Errorf("the document begins %.400s", files["museum.json"])
	}
	if len(document.Photos) != 2 || files[document.Photos[0].File] == "" || len(document.Tiles) != 2 {
		t.Fatalf("there are %d photos and %d tiles", len(document.Photos), len(document.Tiles))
	}
	hanging, taken := document.Tiles[0], document.Tiles[1]
	if hanging.Deleted || hanging.Description != "second\nline \"é\" 🎓" || !strings.Contains(string(hanging.State), hashOf(photo)) || len(hanging.Versions) != 3 {
		t.Errorf("the tile that hangs: %+v", hanging)
	}
	if !taken.Deleted || len(taken.Versions) != 2 || !taken.Versions[1].Deleted || !strings.Contains(string(taken.Versions[0].State), hashOf(other)) {
		t.Errorf("the tile that was taken down: %+v", taken)
	}
	if strings.Contains(files["museum.json"], "not Ann's") {
		t.Error("another's tile is in it")
	}
	again := download(t, ann)
	madeAt := regexp.MustCompile(`"made_at":"[^"]*"`)
	if madeAt.ReplaceAllString(again["museum.json"], "") != madeAt.ReplaceAllString(files["museum.json"], "") {
		t.Error("a second download has another order")
	}
	if answer := ann.Send("HEAD", "/api/museum/", nil); answer.Status != 200 || answer.Header.Get("Content-Disposition") == "" {
		t.Errorf("HEAD: %d", answer.Status)
	}
}

func TestAnEmptyMuseumCanBeTakenHome(t *testing.T) {
	museum := apptest.NewMuseum(t)
	files := download(t, museum.NewMember(t, "ann@example.com"))
	document := readMuseum(t, files)
	if len(files) != 2 || document.Preferences != nil || document.Tiles == nil || document.Photos == nil {
		t.Errorf("the files are %v, the document %s", slices.Sorted(maps.Keys(files)), files["museum.json"])
	}
}

// fill adds incompressible versions of about a megabyte each to a user's tile.
func fill(t *testing.T, museum *apptest.Museum, v *apptest.Visitor, versions int) {
	t.Helper()
	v.Send("POST", "/api/tiles/", map[string]string{"concept_type": "linear"})
	museum.Exec(t, `insert into tile_versions (tile_id, version, concept_type, position_x, position_y, width, height, z_index, desmos_state,
			description, completed, saved_at, session_id)
		with recursive n(i) as (select 2 union all select i + 1 from n where i < $1)
		select (select id from tiles), i, 'linear', 0, 0, 1, 1, 0, '"' || hex(randomblob(500000)) || '"', '', 0, 0, 0 from n`, versions)
}

func TestAHugeMuseumTakesLittleMemory(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	fill(t, museum, ann, 30)
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	answer, err := ann.Client.Get(museum.URL + "/api/museum/")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var most uint64
	for piece := make([]byte, 1<<20); ; {
		n, err := io.ReadFull(answer.Body, piece)
		runtime.ReadMemStats(&now)
		most = max(most, now.HeapAlloc)
		if err != nil || n == 0 {
			break
		}
	}
	if grown := int64(most) - int64(before.HeapAlloc); grown > 15<<20 {
		t.Errorf("a museum of 30 MB takes %d MB of memory", grown>>20)
	}
}

func TestSlowReceiversHoldUpNobody(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	fill(t, museum, ann, 25) // more than socket buffers hold
	for range 8 {            // twice the connections of the store
		answer, err := ann.Client.Get(museum.URL + "/api/museum/")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close() // never read
	}
	time.Sleep(200 * time.Millisecond)
	ann.Client.Timeout = time.Minute // the receivers never continue
	if answer := ann.Send("POST", "/api/tiles/", map[string]string{"concept_type": "cubic"}); answer.Status != 201 {
		t.Errorf("hanging a tile meanwhile: %d %s", answer.Status, answer.Body)
	}
}

func TestADownloadThatFailsIsCutOff(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	post(ann, apptest.PNG(t, 700, 300, 1))
	museum.Exec(t, `delete from image_chunks where position > 0`)
	answer, err := ann.Client.Get(museum.URL + "/api/museum/")
	if err == nil {
		defer answer.Body.Close()
		_, err = io.ReadAll(answer.Body)
	}
	if err == nil {
		t.Error("a museum that lacks a photo looks whole")
	}
}
