package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// place stands in the Exif of photos from a camera.
const place = "52.5163N 13.3777E"

// fromCamera is a photo of that width and height with Exif that says where it was taken, and to turn it by a right angle if asked.
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

// wantKept checks that a photo is kept under the hash of what is kept, without the place and with the given sides.
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
	for range 2 { // the second time it is known only once all is there
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
	list := string(ann.Send("GET", "/api/tiles/", nil).Body)
	found := strings.Split(list, "data:image/jpeg;base64,")
	if len(found) != 3 {
		t.Fatalf("there are %d photos, want 2", len(found)-1)
	}
	for _, rest := range found[1:] {
		content, err := base64.StdEncoding.DecodeString(rest[:strings.Index(rest, `"`)])
		if err != nil || bytes.Contains(content, []byte(place)) || !bytes.HasPrefix(content, []byte("\xff\xd8\xff")) {
			t.Errorf("the photo has %d bytes, %v", len(content), err)
		}
	}
}
