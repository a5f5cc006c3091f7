package web_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// again signs somebody in at another browser.
func again(t *testing.T, museum *apptest.Museum, email, device string) *apptest.Visitor {
	t.Helper()
	v := museum.NewVisitor(t)
	ask(v, email)
	answer := v.Send("POST", "/auth/verify-otp/", map[string]string{"email": email, "otp_code": museum.Outbox.To(email)[0].Code}, "User-Agent", device)
	if answer.Status != http.StatusOK {
		t.Fatalf("sign in: %d %s", answer.Status, answer.Body)
	}
	return v
}

func TestOwnSessionsAreListedAndEnded(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.Web.SetHeartbeat(time.Hour)
	museum.NewMember(t, "bob@example.com")
	laptop := again(t, museum, "ann@example.com", "laptop")
	museum.Clock.Advance(2 * time.Hour)
	library, phone, tablet := again(t, museum, "ann@example.com", "library"), again(t, museum, "ann@example.com", "phone"), again(t, museum, "ann@example.com", "tablet")
	list := laptop.Send("GET", "/api/account/sessions/", nil).List(t)
	ids := map[string]string{}
	for _, item := range list {
		session := item.(map[string]any)
		name := session["device"].(string)
		ids[name] = fmt.Sprintf("%.0f", session["id"])
		if session["this_device"] != (name == "laptop") {
			t.Errorf("this device: %v", session)
		}
		at, ok := app.ParseTimestamp(session["last_seen_at"].(string))
		if !ok || museum.Clock.Now().Sub(at) > time.Minute {
			t.Errorf("last seen: %v", session)
		}
	}
	if len(list) != 4 || len(ids) != 4 {
		t.Fatalf("the sessions are %v", list)
	}
	stream, other := listen(t, library, museum.URL), listen(t, phone, museum.URL)
	if answer := laptop.Send("DELETE", "/api/account/sessions/"+ids["library"]+"/", nil); answer.Status != 200 || answer.Object(t)["ended"] != 1.0 {
		t.Fatalf("ending one: %d %s", answer.Status, answer.Body)
	}
	stream.want("event: end", "data: signed-out", "the end")
	if answer := library.Send("GET", "/auth/profile/", nil); answer.Status != 403 {
		t.Errorf("the profile there: %d", answer.Status)
	}
	for _, id := range []string{ids["library"], "0", "x", "99999999999999999999"} {
		if answer := laptop.Send("DELETE", "/api/account/sessions/"+id+"/", nil); answer.Status != 404 {
			t.Errorf("ending %s: %d", id, answer.Status)
		}
	}
	if answer := laptop.Send("DELETE", "/api/account/sessions/", nil); answer.Object(t)["ended"] != 2.0 {
		t.Errorf("ending the others: %d %s", answer.Status, answer.Body)
	}
	other.want("event: end", "data: signed-out", "the end")
	if answer := tablet.Send("GET", "/auth/profile/", nil); answer.Status != 403 {
		t.Errorf("the profile at another: %d", answer.Status)
	}
	if answer := laptop.Send("GET", "/auth/profile/", nil); answer.Status != 200 {
		t.Errorf("the profile here: %d", answer.Status)
	}
	if answer := laptop.Send("DELETE", "/api/account/sessions/"+ids["laptop"]+"/", nil); answer.Status != 200 {
		t.Errorf("ending this one: %d", answer.Status)
	}
	if answer := laptop.Send("GET", "/auth/profile/", nil); answer.Status != 403 {
		t.Errorf("the profile here afterwards: %d", answer.Status)
	}
}

// TestSessionsEndHoweverMuchTheyAreUsed uses a session weekly for a term.
func TestSessionsEndHoweverMuchTheyAreUsed(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	for week := 1; week <= 12; week++ {
		museum.Clock.Advance(7 * 24 * time.Hour)
		if answer := ann.Send("GET", "/auth/profile/", nil); answer.Status != 200 {
			t.Fatalf("in week %d: %d", week, answer.Status)
		}
	}
	museum.Clock.Advance(6*24*time.Hour + time.Minute)
	if answer := ann.Send("GET", "/auth/profile/", nil); answer.Status != 403 {
		t.Errorf("after 90 days: %d", answer.Status)
	}
}
