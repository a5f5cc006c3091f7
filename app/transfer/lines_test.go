package transfer_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// parseLines parses an export as a third-party program would.
func parseLines(t *testing.T, text string) (objects []map[string]any) {
	t.Helper()
	scanner := bufio.NewScanner(strings.NewReader(text))
	scanner.Buffer(nil, 64<<20)
	for scanner.Scan() {
		var object map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &object); err != nil {
			t.Fatalf("%v: %s", err, scanner.Text())
		}
		objects = append(objects, object)
	}
	return objects
}

func TestAnExportHasEverythingInOrder(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "Ann@example.com")
	museum.NewMember(t, "bob@example.com")
	photo := apptest.PNG(t, 300, 400, 1)
	ann.Send("POST", "/api/images/", string(photo), "Content-Type", "image/png")
	ann.Send("GET", "/api/preferences/current/", nil)
	tile := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "first", "desmos_state": json.RawMessage(`{"a": [1.50, "x"]}`)}).Object(t)
	museum.Clock.Advance(2 * time.Minute)
	ann.Send("PATCH", "/api/tiles/"+idText(tile)+"/", map[string]any{"description": "second\nline"})

	text := lines(t, museum.Store)
	objects := parseLines(t, text)
	var kinds []string
	for _, object := range objects {
		kinds = append(kinds, object["kind"].(string))
	}
	if got, want := strings.Join(kinds, " "), "math-museums photo user preferences tile version version user end"; got != want {
		t.Fatalf("the lines are %s, want %s", got, want)
	}
	if content, err := base64.StdEncoding.DecodeString(objects[1]["bytes"].(string)); err != nil || !bytes.Equal(content, photo) {
		t.Error("the photo is another one")
	}
	if photos := objects[2]["photos"].([]any); len(photos) != 1 || photos[0] != objects[1]["sha256"] {
		t.Errorf("Ann's photos are %v", photos)
	}
	if objects[4]["description"] != "second\nline" || objects[5]["description"] != "first" || objects[6]["description"] != nil || objects[6]["version"] != 2.0 {
		t.Errorf("the tile and its versions are %v", objects[4:7])
	}
	if !strings.Contains(text, `"desmos_state":{"a":[1.50,"x"]}`) {
		t.Error("the graph was decoded on the way")
	}
	if strings.Contains(text, "password") || lines(t, museum.Store) != text {
		t.Error("it holds secrets, or is another one the second time")
	}
}

// TestAnExportIsOfOneMoment writes to the museum during an export.
func TestAnExportIsOfOneMoment(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear"})
	before := lines(t, museum.Store)
	var text bytes.Buffer
	err := museum.Store.Read(t.Context(), func(s *store.Snapshot) error {
		for range s.Users(0) { // the moment is that of the first look
		}
		if answer := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "cubic"}); answer.Status != 201 {
			t.Fatalf("%d %s", answer.Status, answer.Body)
		}
		return transfer.WriteLines(&text, s, 0)
	})
	if err != nil || text.String() != before {
		t.Errorf("%v, and the export is\n%s", err, text.String())
	}
	if lines(t, museum.Store) == before {
		t.Error("nothing was written")
	}
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "export.jsonl")
	for _, broken := range []error{nil, errors.New("broken")} {
		err := transfer.WriteFile(path, func(out io.Writer) error {
			_, err := io.WriteString(out, map[bool]string{true: "whole", false: "part"}[broken == nil])
			return errors.Join(err, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v, want %v", err, broken)
		}
	}
	content, _ := os.ReadFile(path)
	info, _ := os.Stat(path)
	entries, _ := os.ReadDir(filepath.Dir(path))
	if string(content) != "whole" || info.Mode().Perm()&0o077 != 0 || len(entries) != 1 {
		t.Errorf("the file is %q, its mode %v, and the folder has %v", content, info.Mode(), entries)
	}
}
