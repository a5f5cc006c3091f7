package transfer_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// newClass returns a museum in which Ann has a photo and two tiles, one of them deleted, and Bob has nothing.
func newClass(t testing.TB) (museum *apptest.Museum, photo []byte) {
	t.Helper()
	museum = apptest.NewMuseum(t)
	ann := museum.NewMember(t, "Ann@example.com")
	museum.NewMember(t, "bob@example.com")
	photo = apptest.PNG(t, 300, 400, 1)
	ann.Send("POST", "/api/images/", string(photo), "Content-Type", "image/png")
	ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "square_root", "description": "a\n<b> 数", "completed": true, "position_x": 901, "position_y": -7,
		"width": 299, "height": 201, "z_index": 4, "desmos_state": json.RawMessage(`{"version":11,"x":[1.50,"é\u2028"]}`)})
	gone := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "gone"}).Object(t)
	ann.Send("DELETE", "/api/tiles/"+idText(gone)+"/", nil)
	ann.Send("GET", "/api/preferences/current/", nil)
	museum.Exec(t, "update preferences set museum_name = 'Annex'")
	return museum, photo
}

func TestAMuseumFileBringsTheMuseumBack(t *testing.T) {
	from, photo := newClass(t)
	folder := filepath.Join(t.TempDir(), "museums")
	err := from.Store.Read(t.Context(), func(s *store.Snapshot) error {
		files, err := transfer.WriteMuseums(folder, s, time.Now())
		if files != 1 {
			t.Errorf("%d files", files)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "ann@example.com.mathmuseums"))
	if err != nil {
		t.Fatal(err)
	}
	// The fields that the earlier app reads.
	var old struct {
		Version, UserName string
		Concepts          []struct {
			ID, DisplayName, DesmosState string
			Coordinates                  struct{ CenterX, CenterY, Width float64 }
		}
	}
	if err := json.Unmarshal(text, &old); err != nil || old.Version != "1.0" || old.UserName != "Annex" || len(old.Concepts) != 1 {
		t.Fatalf("%v: %.300s", err, text)
	}
	if c := old.Concepts[0]; c.ID != "square-root" || c.DisplayName != "Square Root" || !strings.Contains(c.DesmosState, `"version":11`) ||
		c.Coordinates.CenterX != 100 || c.Coordinates.CenterY != 0 || int(c.Coordinates.Width) != 24 {
		t.Errorf("the concept is %+v", c)
	}

	to := newStore(t)
	if report := mustTake(t, to, string(text), "eve@example.com"); report.Tiles != 1 || report.Photos != 1 || report.Preferences != 1 {
		t.Errorf("got %+v", report)
	}
	was, _ := tileOf(t, from.Store, "ann@example.com", "square_root")
	is, _ := tileOf(t, to, "eve@example.com", "square_root")
	if is == nil || !is.SameContent(was) || is.UpdatedAt != was.UpdatedAt.Truncate(time.Millisecond) {
		t.Errorf("the tile is %+v, and was %+v", is, was)
	}
	eve, _ := to.FindUser(t.Context(), app.Address{Email: "eve@example.com"})
	images, err := to.ListImages(t.Context(), eve.ID)
	if err != nil || len(images) != 1 {
		t.Fatalf("Eve has %v, %v", images, err)
	}
	if content, err := io.ReadAll(to.ReadImage(t.Context(), images[0])); err != nil || !bytes.Equal(content, photo) {
		t.Errorf("the photo is another one: %v", err)
	}
}

func TestAZipHasAFolderForEachStudent(t *testing.T) {
	museum, photo := newClass(t)
	museum.NewMember(t, "o'neil/x|y@example.com")
	var text bytes.Buffer
	if err := transfer.WriteArchives(t.Context(), museum.Store, 0, &text); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(text.Bytes()), int64(text.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
		if strings.HasSuffix(file.Name, ".png") {
			content, err := archive.Open(file.Name)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(content); err != nil || !bytes.Equal(got, photo) {
				t.Errorf("the photo is another one: %v", err)
			}
		}
	}
	for _, want := range []string{"ann@example.com/museum.json", "ann@example.com/notes/square_root.txt", "README.txt", "bob@example.com/museum.json", "3 o_neil_x_y@example.com/museum.json"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not in it: %v", want, names)
		}
	}
	text.Reset()
	if err := transfer.WriteArchives(t.Context(), museum.Store, 2, &text); err != nil || bytes.Contains(text.Bytes(), []byte("ann@")) || !bytes.Contains(text.Bytes(), []byte("bob@")) {
		t.Errorf("of Bob alone: %v", err)
	}
}
