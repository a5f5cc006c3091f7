package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// TestWhoMayDoWhat requests every address with every method as each sort of user.
func TestWhoMayDoWhat(t *testing.T) {
	museum := apptest.NewMuseum(t)
	owner := museum.NewMember(t, "owner@example.com")
	people := map[string]*apptest.Visitor{
		"anonymous": museum.NewVisitor(t),
		"other":     museum.NewMember(t, "other@example.com"),
		"superuser": museum.NewSuperuser(t, "root@example.com"),
	}
	tile := fmt.Sprintf("/api/tiles/%v/", owner.Send("POST", "/api/tiles/", map[string]string{"concept_type": "linear", "description": "mine"}).Object(t)["id"])
	preference := fmt.Sprintf("/api/preferences/%v/", owner.Send("GET", "/api/preferences/current/", nil).Object(t)["id"])

	for _, path := range []string{tile, preference} {
		for who, want := range map[string]int{"anonymous": 403, "other": 404, "superuser": 404} {
			for _, method := range []string{"GET", "HEAD", "PUT", "PATCH", "DELETE"} {
				body := map[string]any{"concept_type": "linear", "description": "theirs", "theme_preference": "theirs"}
				if answer := people[who].Send(method, path, body); answer.Status != want {
					t.Errorf("%s %s as %s: %d, want %d", method, path, who, answer.Status, want)
				}
			}
		}
	}
	if got := owner.Send("GET", tile, nil).Object(t)["description"]; got != "mine" {
		t.Errorf("the tile says %q", got)
	}

	photo := map[string]any{"sha256": []string{strings.Repeat("0", 64)}}
	for who, want := range map[string]int{"anonymous": 403, "other": 200, "superuser": 200} {
		if answer := people[who].Send("POST", "/api/images/missing/", photo); answer.Status != want {
			t.Errorf("asking for photos as %s: %d, want %d", who, answer.Status, want)
		}
	}

	own := fmt.Sprintf("/api/account/sessions/%.0f/", owner.Send("GET", "/api/account/sessions/", nil).List(t)[0].(map[string]any)["id"])
	for who, want := range map[string]int{"anonymous": 403, "other": 404, "superuser": 404} {
		if answer := people[who].Send("DELETE", own, nil); answer.Status != want {
			t.Errorf("ending a session of the owner as %s: %d, want %d", who, answer.Status, want)
		}
		if answer := people[who].Send("DELETE", "/api/account/sessions/", nil); (answer.Status == 200) != (who != "anonymous") {
			t.Errorf("ending one's own other sessions as %s: %d", who, answer.Status)
		}
	}

	sessions := "/api/users/owner@example.com/sessions/"
	for who, want := range map[string]int{"anonymous": 403, "other": 403} {
		if answer := people[who].Send("DELETE", sessions, nil); answer.Status != want {
			t.Errorf("ending sessions as %s: %d, want %d", who, answer.Status, want)
		}
	}
	if answer := owner.Send("GET", tile, nil); answer.Status != 200 {
		t.Fatalf("the owner is signed out by somebody who may not: %d", answer.Status)
	}
	if answer := people["superuser"].Send("DELETE", sessions, nil); answer.Status != 200 || answer.Object(t)["ended"] != 1.0 {
		t.Errorf("ending sessions as superuser: %d %s", answer.Status, answer.Body)
	}
	if answer := owner.Send("GET", tile, nil); answer.Status != 403 {
		t.Errorf("the owner is still signed in: %d", answer.Status)
	}
}

// TestEveryRouteIsClosedToStrangers compares the routes with the short list of open ones.
func TestEveryRouteIsClosedToStrangers(t *testing.T) {
	open := map[string]bool{"/": true, "/sw.js": true, "/static/{path:.+}": true, "/healthz": true, "/metrics": true,
		"/auth/request-otp/": true, "/auth/verify-otp/": true, "/auth/password/": true}
	museum := apptest.NewMuseum(t)
	stranger := museum.NewVisitor(t)
	for _, path := range web.RoutePaths() {
		if open[path] {
			continue
		}
		want := 403
		if strings.HasPrefix(path, "/tasks/") {
			want = 404 // the address is not revealed
		}
		path = strings.NewReplacer("{id:[^/]+}", "1", "{version:[0-9]+}", "1", "{email}", "a@example.com", "{sha256}", strings.Repeat("0", 64), "{position}", "0").Replace(path)
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"} {
			if answer := stranger.Send(method, path, nil); answer.Status != want {
				t.Errorf("%s %s: %d, want %d", method, path, answer.Status, want)
			}
		}
	}
}
