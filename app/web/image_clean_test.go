package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// place is the location in the Exif data of photos from a camera.
const place = "52.5163N 13.3777E"

// fromCamera returns a photo with the given sides and Exif data with its location and, on request, a rotation by 90
// degrees.
func fromCamera(t *testing.T, width, height int, isTurned bool) []byte {
	t.Helper()
	plain := apptest.JPEG(t, width, height)
	orientation := byte(1)
	if isTurned {
		orientation = 6
	}
	tiff := "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string([]byte{orientation}) + "\x00\x00\x00\x00\x00\x00" + place
	exif := "Exif\x00\x00" + tiff
	segment := "\xff\xe1" + string([]byte{0, byte(len(exif) + 2)}) + exif
	return slices.Concat(plain[:2], []byte(segment), plain[2:])
}

// wantKept checks that a photo is stored under the hash of its stored bytes, without its location and with the given
// sides.
func wantKept(t *testing.T, v *apptest.Visitor, answer apptest.Answer, width, height int) {
	t.Helper()
	image := answer.Object(t)
	kept := v.Send("GET", "/"+image["url"].(string), nil)
	hash := sha256.Sum256(kept.Body)
	if kept.Status != http.StatusOK || bytes.Contains(kept.Body, []byte(place)) || image["sha256"] != fmt.Sprintf("%x", hash) {
		t.Errorf("%d: %d bytes, named %s", kept.Status, len(kept.Body), image["sha256"])
	}
	if image["width"] != float64(width) || image["height"] != float64(height) || image["size"] != float64(len(kept.Body)) {
		t.Errorf("the photo is %v, want %d by %d", image, width, height)
	}
}

func TestPhotosAreKeptWithoutTheirPlace(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	whole := post(ann, fromCamera(t, 60, 40, false))
	wantKept(t, ann, whole, 60, 40)
	if again := post(ann, fromCamera(t, 60, 40, false)); again.Status != http.StatusOK || string(again.Body) != string(whole.Body) {
		t.Errorf("again: %d %s", again.Status, again.Body)
	}
	wantKept(t, ann, post(ann, fromCamera(t, 60, 40, true)), 40, 60)

	content := fromCamera(t, 700, 500, true)
	var last apptest.Answer
	for range 2 { // the second upload is recognised only once it is complete
		for _, position := range positions(content) {
			last = putPart(ann, content, position)
		}
		wantKept(t, ann, last, 500, 700)
	}
	var photos, parts int
	numbers(t, museum, `select (select count(*) from images), (select count(*) from image_parts)`, &photos, &parts)
	if photos != 3 || parts != 0 {
		t.Errorf("there are %d photos and %d parts", photos, parts)
	}
}

func TestPhotosOfOlderClientsAreKeptWithoutTheirPlace(t *testing.T) {
	ann := apptest.NewMuseum(t).NewMember(t, "ann@example.com")
	photo := "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(fromCamera(t, 60, 40, false))
	tile := func(concept string) map[string]any {
		return map[string]any{"concept_type": concept, "desmos_state": map[string]any{"expressions": map[string]any{"list": []any{
			map[string]any{"type": "image", "id": "1", "image_url": photo}}}}}
	}
	path := fmt.Sprintf("/api/tiles/%v/", ann.Send("POST", "/api/tiles/", tile("linear")).Object(t)["id"])
	ann.Send("PATCH", path, map[string]any{"desmos_state": tile("linear")["desmos_state"]})
	ann.Send("PUT", path, tile("linear"))
	ann.Send("POST", "/api/tiles/sync/", map[string]any{"tiles": []any{tile("cubic")}})
	wantEmbedded(t, string(ann.Send("GET", "/api/tiles/", nil).Body), 2)
}

func TestPhotosInChangesAreKeptWithoutTheirPlace(t *testing.T) {
	ann := apptest.NewMuseum(t).NewMember(t, "ann@example.com")
	item := map[string]any{"type": "image", "id": "1", "image_url": "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(fromCamera(t, 60, 40, false))}
	state := map[string]any{"expressions": map[string]any{"list": []any{item}}}
	change := func(id, concept string, fields map[string]any) map[string]any {
		return map[string]any{"change_id": id, "concept_type": concept, "base_version": 0, "fields": fields}
	}
	answer := ann.Send("POST", "/api/sync/", map[string]any{"cursor": 0, "changes": []any{
		change("change-1", "linear", map[string]any{"desmos_state": state}),
		change("change-2", "cubic", map[string]any{"desmos_patch": map[string]any{"items": map[string]any{"1": item}, "order": []any{"1"}}}),
	}})
	for _, where := range []string{string(answer.Body), string(ann.Send("GET", "/api/tiles/", nil).Body)} { // the device is told
		wantEmbedded(t, where, 2)
	}
}

// wantEmbedded checks that a text contains the given number of photos, none of them with its location.
func wantEmbedded(t *testing.T, text string, want int) {
	t.Helper()
	found := strings.Split(text, "data:image/jpeg;base64,")[1:]
	if len(found) != want {
		t.Errorf("there are %d photos, want %d, in %.300s", len(found), want, text)
	}
	for _, rest := range found {
		content, err := base64.StdEncoding.DecodeString(rest[:strings.Index(rest, `"`)])
		if err != nil || bytes.Contains(content, []byte(place)) || !bytes.HasPrefix(content, []byte("\xff\xd8\xff")) {
			t.Errorf("a photo has %d bytes, %v", len(content), err)
		}
	}
}

func TestImportedPhotosAreKeptWithoutTheirPlace(t *testing.T) {
	museum := apptest.NewMuseum(t)
	photo := fromCamera(t, 60, 40, true)
	named := app.ImageHash(sha256.Sum256(photo))
	now := museum.Clock.Now()
	tile := app.Revision{Tile: app.Tile{ID: 1, ConceptType: "linear", Version: 1, CreatedAt: now, UpdatedAt: now, LastSynced: now, Width: 1, Height: 1,
		DesmosState: fmt.Sprintf(`{"expressions":{"list":[{"id":"1","type":"image","image_url":"api/images/%s"},{"id":"2","type":"image","image_url":"data:image/jpeg;base64,%s"}]}}`,
			named, base64.StdEncoding.EncodeToString(fromCamera(t, 60, 40, false)))}}
	const email = "ann@example.com"
	records := []store.Record{{Photo: photo},
		{Email: email, User: &store.ImportedUser{User: app.User{Email: email, Mailbox: email, IsActive: true, DateJoined: now}, Photos: []app.ImageHash{named}}},
		{Email: email, Tile: &tile}}
	for range 2 { // the second time nothing is new
		report, err := museum.Store.Import(t.Context(), func(yield func(store.Record, error) bool) {
			for _, record := range records {
				if !yield(record, nil) {
					return
				}
			}
		}, store.ImportOptions{})
		if err != nil || report.BadRows > 0 {
			t.Fatal(report, err)
		}
	}
	ann := museum.NewMember(t, email)
	tiles := ann.Send("GET", "/api/tiles/", nil).List(t)
	text := fmt.Sprint(tiles...)
	url := regexp.MustCompile(`api/images/[0-9a-f]{64}`).FindString(text)
	kept := ann.Send("GET", "/"+url, nil)
	if len(tiles) != 1 || kept.Status != http.StatusOK || bytes.Contains(kept.Body, []byte(place)) || strings.Contains(text, named.String()) {
		t.Errorf("%d tiles; the photo %s: %d with %d bytes", len(tiles), url, kept.Status, len(kept.Body))
	}
	if encoded := base64.StdEncoding.EncodeToString(fromCamera(t, 60, 40, false)); strings.Contains(text, encoded) {
		t.Error("the embedded photo is as it came")
	}
	var photos, versions int
	numbers(t, museum, `select (select count(*) from images), (select count(*) from tile_versions)`, &photos, &versions)
	if photos != 1 || versions != 1 {
		t.Errorf("there are %d photos and %d versions", photos, versions)
	}
}
