package web_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// heldBody is a tile's body that stops after some bytes until it is released.
type heldBody struct {
	io.Reader
	letGo func()
}

func holdBody(size int, begin string) heldBody {
	goOn := make(chan struct{})
	start := begin + strings.Repeat(" ", size-len(begin))
	return heldBody{io.MultiReader(strings.NewReader(start), gate(goOn), strings.NewReader(tileEnd)), func() { close(goOn) }}
}

// gate is an empty reader that ends when it is closed.
type gate <-chan struct{}

func (g gate) Read([]byte) (int, error) {
	<-g
	return 0, io.EOF
}

// waitForTurns waits until the given numbers of large and huge bodies have their turn.
func waitForTurns(t *testing.T, museum *apptest.Museum, large, huge int) {
	t.Helper()
	for {
		gotLarge, gotHuge := museum.Web.BodyTurns()
		if gotLarge == large && gotHuge == huge {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatalf("%d large and %d huge bodies have their turn, want %d and %d", gotLarge, gotHuge, large, huge)
		case <-time.After(time.Millisecond):
		}
	}
}

const (
	plainTile = `{"concept_type":"linear","desmos_state":{"note":"`
	photoTile = `{"concept_type":"linear","desmos_state":{"photo":"data:image/png;base64,AAAA`
	tileEnd   = `"}}`
)

// sendHeld sends a body in the background.
func sendHeld(t *testing.T, v *apptest.Visitor, body io.Reader) <-chan apptest.Answer {
	answer := make(chan apptest.Answer, 1)
	go func() { answer <- v.In(t).Send("POST", "/api/tiles/", body) }()
	return answer
}

// wantHeld waits for the status of a held body's request.
func wantHeld(t *testing.T, name string, answer <-chan apptest.Answer, status int) {
	t.Helper()
	if got := <-answer; got.Status != status {
		t.Errorf("%s: %d, want %d: %.200s", name, got.Status, status, got.Body)
	}
}

func TestAUserHasOneLargeBodyAtATime(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	museum.Web.SetBodyWait(50 * time.Millisecond)
	first := holdBody(2<<20, plainTile)
	kept := sendHeld(t, ann, first)
	waitForTurns(t, museum, 1, 0)

	refused := ann.Send("POST", "/api/tiles/", plainTile+strings.Repeat(" ", 2<<20)+tileEnd)
	if refused.Status != 503 || refused.Header.Get("Retry-After") == "" || !strings.Contains(string(refused.Body), "Nothing was lost") {
		t.Errorf("a second one: %d, %.200s", refused.Status, refused.Body)
	}
	if answer := ann.Send("POST", "/api/tiles/", `{"concept_type":"cubic"}`); answer.Status != 201 {
		t.Errorf("a small one beside it: %d", answer.Status)
	}
	if answer := bob.Send("POST", "/api/tiles/", plainTile+strings.Repeat(" ", 2<<20)+tileEnd); answer.Status != 201 {
		t.Errorf("another user's: %d", answer.Status)
	}
	first.letGo()
	wantHeld(t, "the first one", kept, 201)
	if answer := ann.Send("POST", "/api/tiles/", strings.Replace(plainTile, "linear", "rational", 1)+strings.Repeat(" ", 2<<20)+tileEnd); answer.Status != 201 {
		t.Errorf("the next one: %d", answer.Status)
	}
}

func TestLargeBodiesAreFewAtATime(t *testing.T) {
	for _, test := range []struct {
		name  string
		most  int
		huge  int // size of each
		size  int
		begin string
	}{
		{"above 1 MiB", 4, 0, 2 << 20, plainTile},
		{"above 8 MiB, with photos", 1, 1, 9 << 20, photoTile},
	} {
		t.Run(test.name, func(t *testing.T) {
			museum := apptest.NewMuseum(t)
			museum.Web.SetBodyWait(50 * time.Millisecond)
			var held []heldBody
			var answers []<-chan apptest.Answer
			for i := range test.most {
				body := holdBody(test.size, test.begin)
				held = append(held, body)
				answers = append(answers, sendHeld(t, museum.NewMember(t, fmt.Sprintf("student%d@example.com", i)), body))
				waitForTurns(t, museum, i+1, test.huge*(i+1))
			}
			last := museum.NewMember(t, "last@example.com")
			whole := test.begin + strings.Repeat(" ", test.size) + tileEnd
			if answer := last.Send("POST", "/api/tiles/", whole); answer.Status != 503 {
				t.Errorf("one more: %d", answer.Status)
			}
			for i, body := range held {
				body.letGo()
				wantHeld(t, fmt.Sprint("number ", i), answers[i], 201)
			}
			if answer := last.Send("POST", "/api/tiles/", whole); answer.Status != 201 {
				t.Errorf("one more, later: %d", answer.Status)
			}
		})
	}
}

// TestAPhotoIsFoundWhereverItBegins sends large bodies in pieces that split the mark of a photo.
func TestAPhotoIsFoundWhereverItBegins(t *testing.T) {
	ann := apptest.NewMuseum(t).NewMember(t, "ann@example.com")
	cut := strings.Index(photoTile, "image")
	parts := io.MultiReader(strings.NewReader(photoTile[:cut]), strings.NewReader(photoTile[cut:]+strings.Repeat(" ", 9<<20)+tileEnd))
	if answer := ann.Send("POST", "/api/tiles/", parts); answer.Status != 201 {
		t.Errorf("cut in two: %d, %.200s", answer.Status, answer.Body)
	}
	if answer := ann.Send("POST", "/api/tiles/", plainTile+strings.Repeat(" ", 9<<20)+tileEnd); answer.Status != 413 {
		t.Errorf("without a photo: %d", answer.Status)
	}
}
