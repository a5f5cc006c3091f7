package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// partPath returns the path of the part of a photo at a position.
func partPath(content []byte, position int) string {
	return fmt.Sprintf("/api/images/%s/parts/%d?size=%d", hashOf(content), position, len(content))
}

// partAt returns the part of a photo at a position.
func partAt(content []byte, position int) string {
	return string(content[position:min(position+app.ImagePartSize, len(content))])
}

func putPart(v *apptest.Visitor, content []byte, position int) apptest.Answer {
	return v.Send("PUT", partPath(content, position), partAt(content, position), "Content-Type", "application/octet-stream")
}

// positions returns the positions of a photo's parts.
func positions(content []byte) (all []int) {
	for at := 0; at < len(content); at += app.ImagePartSize {
		all = append(all, at)
	}
	return all
}

func TestPhotoInPartsInAnyOrder(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	content := apptest.PNG(t, 700, 600, 1)
	order := positions(content)
	slices.Reverse(order)
	for i, position := range order[:len(order)-1] {
		answer := putPart(ann, content, position)
		object := answer.Object(t)
		if answer.Status != http.StatusAccepted || len(object["positions"].([]any)) != i+1 || object["size"] != float64(len(content)) || object["image"] != nil {
			t.Fatalf("part %d: %d %s", position, answer.Status, answer.Body)
		}
		if again := putPart(ann, content, position); again.Status != http.StatusAccepted || string(again.Body) != string(answer.Body) {
			t.Errorf("part %d again: %d %s", position, again.Status, again.Body)
		}
	}
	last := putPart(ann, content, 0)
	if last.Status != http.StatusCreated || last.Object(t)["sha256"] != hashOf(content) || last.Object(t)["media_type"] != "image/png" {
		t.Fatalf("the last part: %d %s", last.Status, last.Body)
	}
	if again := putPart(ann, content, 0); again.Status != http.StatusOK || string(again.Body) != string(last.Body) {
		t.Errorf("the last part again: %d %s", again.Status, again.Body)
	}
	if answer := ann.Send("GET", "/api/images/"+hashOf(content), nil); string(answer.Body) != string(content) {
		t.Errorf("%d bytes come out, %d went in", len(answer.Body), len(content))
	}
	state := ann.Send("GET", "/api/images/"+hashOf(content)+"/parts/", nil).Object(t)
	if state["image"] == nil || state["received"] != float64(len(content)) || state["part_size"] != float64(app.ImagePartSize) {
		t.Errorf("the state afterwards: %v", state)
	}
	var left int
	numbers(t, museum, `select count(*) from image_parts`, &left)
	if left != 0 {
		t.Errorf("%d parts are left over", left)
	}
}

// breaking is a reader that fails after half of its text.
type breaking struct {
	text io.Reader
	cut  context.CancelFunc
}

func (b breaking) Read(to []byte) (int, error) {
	n, err := b.text.Read(to)
	if err == io.EOF {
		time.Sleep(50 * time.Millisecond) // let the sent bytes arrive
		b.cut()
		return n, errors.New("the line is gone")
	}
	return n, err
}

func TestAnUploadGoesOnAfterABreakAndARestart(t *testing.T) {
	folder, clock := t.TempDir(), &apptest.Clock{}
	museum := apptest.OpenMuseum(t, folder, clock)
	ann := museum.NewMember(t, "ann@example.com")
	content := apptest.PNG(t, 700, 600, 1)
	putPart(ann, content, 0)

	ctx, cut := context.WithCancel(t.Context())
	half := strings.NewReader(partAt(content, app.ImagePartSize)[:app.ImagePartSize/2])
	request, err := http.NewRequestWithContext(ctx, "PUT", museum.URL+partPath(content, app.ImagePartSize), breaking{half, cut})
	if err != nil {
		t.Fatal(err)
	}
	request.ContentLength = app.ImagePartSize
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if _, err := ann.Client.Do(request); err == nil {
		t.Fatal("the line did not break")
	}
	museum.Close()
	museum.Store.Close()

	museum = apptest.OpenMuseum(t, folder, clock)
	ann.Museum = museum
	state := ann.Send("GET", "/api/images/"+hashOf(content)+"/parts/", nil).Object(t)
	if got := fmt.Sprint(state["positions"]); got != "[0]" || state["received"] != float64(app.ImagePartSize) {
		t.Fatalf("after the break there is %v", state)
	}
	var last apptest.Answer
	for _, position := range positions(content)[1:] {
		last = putPart(ann, content, position)
	}
	if last.Status != http.StatusCreated {
		t.Errorf("the rest: %d %s", last.Status, last.Body)
	}
}

func TestPartsThatDoNotFit(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	content := apptest.PNG(t, 700, 600, 1)
	base := "/api/images/" + hashOf(content) + "/parts/"
	whole := partAt(content, 0)
	for name, try := range map[string]struct {
		path, body string
		want       int
	}{
		"no size":               {base + "0", whole, 400},
		"a size in words":       {base + "0?size=big", whole, 400},
		"no photo is so small":  {base + "0?size=0", "", 400},
		"nor so large":          {base + fmt.Sprintf("0?size=%d", app.MaxImageSize+1), whole, 413},
		"off the grid":          {base + "1?size=400000", whole, 400},
		"before the beginning":  {base + "-98304?size=400000", whole, 400},
		"behind the end":        {base + "491520?size=400000", whole, 400},
		"no position":           {base + "x?size=400000", whole, 404},
		"too short":             {base + "0?size=400000", whole[1:], 400},
		"too long":              {base + "0?size=400000", whole + "x", 413},
		"too long for the last": {base + "393216?size=400000", whole, 400},
		"no hash":               {"/api/images/abc/parts/0?size=400000", whole, 404},
	} {
		if answer := ann.Send("PUT", try.path, try.body); answer.Status != try.want || answer.Object(t)["detail"] == nil {
			t.Errorf("%s: %d %s, want %d", name, answer.Status, answer.Body, try.want)
		}
	}
}

func TestPartsThatAreNotThePhoto(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	content := apptest.PNG(t, 400, 300, 1)
	putPart(ann, content, 0)
	spoilt := strings.Repeat("x", len(content)-app.ImagePartSize)
	answer := ann.Send("PUT", partPath(content, app.ImagePartSize), spoilt)
	if answer.Status != 400 || !strings.Contains(string(answer.Body), "send it again") {
		t.Errorf("a spoilt part: %d %s", answer.Status, answer.Body)
	}
	if got := ann.Send("GET", "/api/images/"+hashOf(content)+"/parts/", nil).Object(t)["received"]; got != 0.0 {
		t.Errorf("%v bytes of it are kept", got)
	}
	for _, position := range positions(content) {
		answer = putPart(ann, content, position)
	}
	if answer.Status != 201 {
		t.Errorf("sent again: %d %s", answer.Status, answer.Body)
	}

	page := []byte("<svg>" + strings.Repeat(" ", 1000) + "</svg>")
	if answer := putPart(ann, page, 0); answer.Status != 415 {
		t.Errorf("a drawing: %d %s", answer.Status, answer.Body)
	}
	other := apptest.PNG(t, 700, 300, 2)
	ann.Send("PUT", fmt.Sprintf("/api/images/%s/parts/%d?size=%d", hashOf(other), 4*app.ImagePartSize, 5*app.ImagePartSize), partAt(other, 0))
	for _, position := range positions(other) {
		answer = putPart(ann, other, position)
	}
	if answer.Status != 201 {
		t.Errorf("begun with a wrong size, then sent right: %d %s", answer.Status, answer.Body)
	}
}

func TestOnePhotoInPartsByTwoAtOnce(t *testing.T) {
	folder, clock := t.TempDir(), &apptest.Clock{}
	museum, second := apptest.OpenMuseum(t, folder, clock), apptest.OpenMuseum(t, folder, clock)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	content := apptest.PNG(t, 900, 800, 1)
	var group sync.WaitGroup
	elsewhere := ann.In(t)
	elsewhere.Museum = second // like another process
	for _, v := range []*apptest.Visitor{ann, elsewhere, bob} {
		for _, position := range positions(content) {
			group.Go(func() {
				if answer := putPart(v, content, position); answer.Status < 200 || answer.Status > 202 {
					t.Errorf("part %d: %d %s", position, answer.Status, answer.Body)
				}
			})
		}
	}
	group.Wait()
	for who, v := range map[string]*apptest.Visitor{"ann": ann, "bob": bob} {
		if answer := v.Send("GET", "/api/images/"+hashOf(content), nil); string(answer.Body) != string(content) {
			t.Errorf("%s gets %d, %d bytes", who, answer.Status, len(answer.Body))
		}
	}
	var images, parts int
	numbers(t, museum, `select (select count(*) from images), (select count(*) from image_parts)`, &images, &parts)
	if images != 1 || parts != 0 {
		t.Errorf("there are %d photos, and %d parts left over", images, parts)
	}
}

func TestKnowingAPhotosNameGivesItToNobody(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, eve := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "eve@example.com")
	content := apptest.PNG(t, 400, 300, 1)
	post(ann, content)
	if answer := putPart(eve, content, 0); answer.Status != http.StatusAccepted {
		t.Errorf("the first part of another's photo: %d %s", answer.Status, answer.Body)
	}
	if answer := eve.Send("GET", "/api/images/"+hashOf(content), nil); answer.Status != 404 {
		t.Errorf("the photo: %d", answer.Status)
	}
}

func TestPartsWaitAWeek(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	old, young := apptest.PNG(t, 700, 300, 1), apptest.PNG(t, 700, 300, 2)
	putPart(ann, old, 0)
	museum.Clock.Advance(app.ImagePartLifetime - time.Hour)
	putPart(ann, young, 0)
	received := func(content []byte) any {
		return ann.Send("GET", "/api/images/"+hashOf(content)+"/parts/", nil).Object(t)["received"]
	}
	if got := received(old); got != float64(app.ImagePartSize) {
		t.Errorf("before a week is over there are %v bytes", got)
	}
	museum.Clock.Advance(2 * time.Hour)
	post(ann, apptest.PNG(t, 10, 10, 3))
	if got := received(old); got != 0.0 {
		t.Errorf("after a week there are %v bytes", got)
	}
	if got := received(young); got != float64(app.ImagePartSize) {
		t.Errorf("of the younger one there are %v bytes", got)
	}
}
