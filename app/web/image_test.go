package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// numbers queries a row of numbers, bypassing the store.
func numbers(t *testing.T, museum *apptest.Museum, query string, places ...any) {
	t.Helper()
	museum.Query(t, query, func(scan func(...any) error) error { return scan(places...) })
}

// post uploads a whole photo.
func post(v *apptest.Visitor, content []byte, headers ...string) apptest.Answer {
	return v.Send("POST", "/api/images/", string(content), append([]string{"Content-Type", "image/png"}, headers...)...)
}

// show creates or changes a tile with a photo.
func show(t *testing.T, v *apptest.Visitor, conceptType, hash string) string {
	t.Helper()
	state := map[string]any{"expressions": map[string]any{"list": []any{map[string]string{"id": "1", "type": "image", "image_url": "/api/images/" + hash}}}}
	answer := v.Send("POST", "/api/tiles/", map[string]any{"concept_type": conceptType, "desmos_state": state})
	if answer.Status != http.StatusCreated {
		t.Fatalf("hang a tile: %d %s", answer.Status, answer.Body)
	}
	return fmt.Sprintf("/api/tiles/%v/", answer.Object(t)["id"])
}

func TestPhotoGoesInAndComesOut(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	for kind, content := range map[string][]byte{
		"image/png": apptest.PNG(t, 500, 300, 1), "image/jpeg": apptest.JPEG(t, 40, 30), "image/gif": apptest.GIF(t, 40, 30, 2), "image/webp": apptest.WebP(40, 30),
	} {
		made := post(ann, content, "Content-Type", "application/octet-stream") // only the content counts
		if made.Status != http.StatusCreated {
			t.Fatalf("%s: %d %s", kind, made.Status, made.Body)
		}
		object := made.Object(t)
		if object["sha256"] != hashOf(content) || object["url"] != "api/images/"+hashOf(content) || object["media_type"] != kind ||
			object["size"] != float64(len(content)) || object["width"].(float64) < 40 || object["height"].(float64) < 30 {
			t.Errorf("%s: %s", kind, made.Body)
		}
		if again := post(ann, content); again.Status != http.StatusOK || string(again.Body) != string(made.Body) {
			t.Errorf("%s again: %d %s", kind, again.Status, again.Body)
		}
		answer := ann.Send("GET", "/"+object["url"].(string), nil, "Accept", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8")
		if answer.Status != http.StatusOK || string(answer.Body) != string(content) || answer.Header.Get("Content-Type") != kind {
			t.Errorf("%s comes out with %d as %s, %d bytes", kind, answer.Status, answer.Header.Get("Content-Type"), len(answer.Body))
		}
	}
}

func TestHeadersOfAPhoto(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	content := apptest.PNG(t, 500, 300, 1)
	post(ann, content)
	path := "/api/images/" + hashOf(content)
	get := func(method string, headers ...string) apptest.Answer { return ann.Send(method, path, nil, headers...) }
	header := get("GET").Header
	for name, want := range map[string]string{
		"Cache-Control":           "private, no-cache",
		"Etag":                    `"` + hashOf(content) + `"`,
		"Content-Security-Policy": "default-src 'none'; sandbox",
		"X-Content-Type-Options":  "nosniff",
		"Content-Disposition":     "inline",
		"Content-Length":          fmt.Sprint(len(content)),
		"Vary":                    "Origin",
		"Allow":                   "GET, HEAD, OPTIONS",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if answer := get("HEAD"); answer.Status != 200 || len(answer.Body) != 0 || answer.Header.Get("Content-Length") != fmt.Sprint(len(content)) {
		t.Errorf("HEAD: %d, %v", answer.Status, answer.Header)
	}
	if answer := get("GET", "If-None-Match", header.Get("ETag")); answer.Status != 304 || len(answer.Body) != 0 || answer.Header.Get("Cache-Control") == "no-store" {
		t.Errorf("what the browser has: %d, %v", answer.Status, answer.Header)
	}
	if answer := get("GET", "Range", "bytes=98300-98310"); answer.Status != 206 || string(answer.Body) != string(content[98300:98311]) {
		t.Errorf("a range over two pieces: %d, %d bytes", answer.Status, len(answer.Body))
	}
	if answer := get("GET", "Range", "bytes=-5"); answer.Status != 206 || string(answer.Body) != string(content[len(content)-5:]) {
		t.Errorf("the end: %d", answer.Status)
	}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
		if answer := get(method); answer.Status != 405 || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %v", method, answer.Status, answer.Header)
		}
	}
	if answer := get("GET", "Accept", "text/css"); answer.Status != 406 {
		t.Errorf("asked for as a style sheet: %d", answer.Status)
	}
}

// TestWhoMaySeeAPhoto requests a photo, and the progress of its upload, as each sort of user.
func TestWhoMaySeeAPhoto(t *testing.T) {
	museum := apptest.NewMuseum(t)
	owner := museum.NewMember(t, "owner@example.com")
	second := museum.NewMember(t, "second@example.com")
	content, half := apptest.PNG(t, 300, 300, 1), apptest.PNG(t, 400, 400, 2)
	post(owner, content)
	post(second, content)
	putPart(owner, half, 0)
	people := map[string]*apptest.Visitor{
		"anonymous": museum.NewVisitor(t), "other": museum.NewMember(t, "other@example.com"),
		"owner": owner, "second owner": second, "superuser": museum.NewSuperuser(t, "root@example.com"),
	}
	path := "/api/images/" + hashOf(content)
	for who, want := range map[string]int{"anonymous": 403, "other": 404, "owner": 200, "second owner": 200, "superuser": 200} {
		for _, method := range []string{"GET", "HEAD"} {
			if answer := people[who].Send(method, path, nil); answer.Status != want {
				t.Errorf("%s as %s: %d, want %d", method, who, answer.Status, want)
			}
		}
		if answer := people[who].Send("GET", path, nil, "If-None-Match", `"`+hashOf(content)+`"`); want != 200 && answer.Status != want {
			t.Errorf("who names the photo, as %s: %d, want %d", who, answer.Status, want)
		}
	}
	for who, want := range map[string]string{"anonymous": "", "other": "0", "owner": "98304", "second owner": "0", "superuser": "0"} {
		answer := people[who].Send("GET", "/api/images/"+hashOf(half)+"/parts/", nil)
		if want == "" && answer.Status != 403 || want != "" && fmt.Sprint(answer.Object(t)["received"]) != want {
			t.Errorf("what has arrived, as %s: %d %s, want %s", who, answer.Status, answer.Body, want)
		}
	}
	for _, wrong := range []string{strings.ToUpper(path), path[:len(path)-1], path + "0", "/api/images/..%2f..", "/api/images/" + strings.Repeat("0", 64)} {
		if answer := owner.Send("GET", wrong, nil); answer.Status != 404 {
			t.Errorf("GET %s: %d", wrong, answer.Status)
		}
	}
	var count int
	numbers(t, museum, `select count(*) from images`, &count)
	if count != 1 {
		t.Errorf("the photo of two people is kept %d times", count)
	}
}

func TestRefusedPhotosSayWhy(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	for name, try := range map[string]struct {
		content string
		status  int
		advice  string
	}{
		"SVG":        {`<svg xmlns="http://www.w3.org/2000/svg"/>`, 415, "save it as PNG"},
		"HEIC":       {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", 415, "Browsers cannot show"},
		"a document": {"%PDF-1.7 and more", 415, "JPEG, PNG, WebP and GIF"},
		"nothing":    {"", 400, "no photo"},
		"a bomb":     {string(apptest.WebP(16000, 16000)), 413, "pixels"},
		"half":       {string(apptest.JPEG(t, 10, 10)[:40]), 400, "damaged"},
		"too large":  {string(apptest.PNG(t, 3000, 2800, 1)), 413, "larger than 8 MB"},
	} {
		answer := post(ann, []byte(try.content))
		if answer.Status != try.status || !strings.Contains(fmt.Sprint(answer.Object(t)["detail"]), try.advice) {
			t.Errorf("%s: %d %s; want %d and %q", name, answer.Status, answer.Body, try.status, try.advice)
		}
	}
	var count int
	numbers(t, museum, `select (select count(*) from images) + (select count(*) from image_chunks) + (select count(*) from image_owners)`, &count)
	if count != 0 {
		t.Errorf("%d rows are left of what was refused", count)
	}
}

func TestOnePhotoFromManyAtOnce(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	content := apptest.PNG(t, 600, 500, 1)
	var mu sync.Mutex
	statuses := map[string]int{}
	var group sync.WaitGroup
	for range 8 {
		for who, v := range map[string]*apptest.Visitor{"ann": ann, "bob": bob} {
			group.Go(func() {
				answer := post(v, content)
				mu.Lock()
				defer mu.Unlock()
				statuses[fmt.Sprint(who, " ", answer.Status)]++
			})
		}
	}
	group.Wait()
	if statuses["ann 201"] != 1 || statuses["bob 201"] != 1 || statuses["ann 200"] != 7 || statuses["bob 200"] != 7 {
		t.Errorf("the answers are %v", statuses)
	}
	var images, owners int
	var size int64
	numbers(t, museum, `select (select count(*) from images), (select count(*) from image_owners), (select sum(length(bytes)) from image_chunks)`, &images, &owners, &size)
	if images != 1 || owners != 2 || size != int64(len(content)) {
		t.Errorf("there are %d photos of %d bytes with %d owners", images, size, owners)
	}
}

func TestQuotaOfPhotos(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	first := apptest.PNG(t, 500, 400, 1)
	post(ann, first)
	museum.Exec(t, `update images set size = $1`, app.DefaultQuota-400_000) // as if it were that large
	half := apptest.PNG(t, 500, 500, 2)
	putPart(ann, half, 0) // the parts that have arrived count
	if answer := post(ann, apptest.PNG(t, 600, 520, 3)); answer.Status != 413 || !strings.Contains(string(answer.Body), "of the 400 MB") {
		t.Errorf("over the quota with parts: %d %s", answer.Status, answer.Body)
	}
	third := apptest.PNG(t, 600, 600, 3)
	if answer := putPart(ann, third, 0); answer.Status != 413 {
		t.Errorf("the first part of what will not fit: %d %s", answer.Status, answer.Body)
	}
	if answer := post(ann, first); answer.Status != 200 {
		t.Errorf("what is there already: %d %s", answer.Status, answer.Body)
	}
	if answer := post(ann, apptest.PNG(t, 500, 400, 4)); answer.Status != 201 {
		t.Errorf("what just fits: %d %s", answer.Status, answer.Body)
	}
	if answer := post(bob, third); answer.Status != 201 {
		t.Errorf("another's photo: %d %s", answer.Status, answer.Body)
	}
}

// TestPhotosThatNothingShowsAreLost advances the clock, and uploads other photos, which triggers sweeps.
func TestPhotosThatNothingShowsAreLost(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	shown, kept, unused, noted := apptest.PNG(t, 10, 10, 1), apptest.PNG(t, 10, 10, 2), apptest.PNG(t, 10, 10, 3), apptest.PNG(t, 10, 10, 4)
	for _, content := range [][]byte{shown, kept, unused, noted} {
		post(ann, content)
	}
	post(bob, unused)
	show(t, ann, "linear", hashOf(shown))
	tile := show(t, ann, "cubic", hashOf(kept))
	if answer := ann.Send("DELETE", tile, nil); answer.Status != 204 {
		t.Fatal(answer.Status)
	}
	ann.Send("POST", "/api/tiles/", map[string]string{"concept_type": "rational", "description": "see " + hashOf(noted)})
	show(t, bob, "linear", hashOf(unused))

	eves := apptest.PNG(t, 10, 10, 100)
	rest := func(days int) {
		museum.Clock.Advance(time.Duration(days) * 24 * time.Hour)
		ann, bob = museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
		eve := museum.NewMember(t, "eve@example.com")
		for range 4 { // a sweep checks four
			post(eve, eves)
		}
	}
	day := func(days int) { // Ann and Bob work on some of the days
		for range min(days, app.ImageUnusedDays) - 1 {
			rest(1)
			days--
			for _, v := range []*apptest.Visitor{ann, bob} {
				v.Send("POST", "/api/sync/", map[string]any{"preferences": map[string]any{"change_id": "change-1", "fields": map[string]any{"museum_name": museum.Clock.Now().String()}}})
			}
		}
		rest(days)
	}
	wantStatus := func(v *apptest.Visitor, content []byte, want int, when string) {
		t.Helper()
		if answer := v.Send("GET", "/api/images/"+hashOf(content), nil); answer.Status != want {
			t.Errorf("%s: %d, want %d", when, answer.Status, want)
		}
	}
	rest(2)
	rest(200)
	wantStatus(ann, unused, 200, "200 days in which its owner's devices were away, and may have the graph yet to send")
	rest(365)
	rest(-364)
	wantStatus(ann, unused, 200, "after a clock that was a year ahead")
	day(5)
	rest(-300)
	day(6)
	wantStatus(ann, unused, 200, "after a clock that was set back")
	day(26)
	wantStatus(ann, unused, 404, "a month later, in which its owner has worked on many days")
	wantStatus(bob, unused, 200, "of another, who shows it")
	wantStatus(ann, shown, 200, "on a tile")
	wantStatus(ann, kept, 200, "on a version of a tile that was taken down")
	wantStatus(ann, noted, 200, "named in the notes")

	museum.Exec(t, `delete from tiles where concept_type = 'cubic'`) // with its versions, as thinning does in time
	day(2)
	if answer := post(ann, kept); answer.Status != 200 { // uploaded again, so the period restarts
		t.Error(answer.Status)
	}
	day(27)
	day(2)
	wantStatus(ann, kept, 200, "31 days after it was first noticed, but sent again since")
	day(31)
	day(2)
	wantStatus(ann, kept, 404, "when nothing has shown it for long again")
	var left int
	numbers(t, museum, `select count(*) from images where hex(sha256) = upper('`+hashOf(kept)+`')`, &left)
	if left != 0 {
		t.Error("the photo is still there, though nobody's")
	}
}
