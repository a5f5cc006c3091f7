package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// backupOf returns a museum whose backups are counted, and the path of its signed address.
func backupOf(t *testing.T, failure *error) (museum *apptest.Museum, signed string, made *atomic.Int64) {
	t.Helper()
	made = &atomic.Int64{}
	museum = apptest.NewMuseum(t, func(options *web.Options) {
		options.Backup = func(context.Context) (time.Time, error) {
			made.Add(1)
			return time.Time{}, *failure
		}
	})
	address := museum.NewSuperuser(t, "root@example.com").Send("GET", "/api/tasks/", nil).Object(t)["backup"].(string)
	signed, ok := strings.CutPrefix(address, museum.URL)
	if !ok {
		t.Fatalf("the address %s is not at %s", address, museum.URL)
	}
	return museum, signed, made
}

func TestABackupIsMadeForWhoHasItsAddress(t *testing.T) {
	var failure error
	museum, signed, made := backupOf(t, &failure)
	stranger := museum.NewVisitor(t)
	nothing := stranger.Send("GET", "/tasks/nothing/", nil)
	path, query, _ := strings.Cut(signed, "?")
	last := query[len(query)-1]
	for _, wrong := range []string{path, path + "?", path + "?signature=", path + "?signature=" + strings.Repeat("0", 64), signed[:len(signed)-1],
		signed[:len(signed)-1] + string("0123456789abcdef0"[strings.IndexByte("0123456789abcdef", last)+1]), path + "?signature=%00", signed + "0"} {
		answer := stranger.Send("GET", wrong, nil)
		if answer.Status != 404 || string(answer.Body) != string(nothing.Body) || answer.Header.Get("Allow") != "" {
			t.Errorf("%s: %d %s", wrong, answer.Status, answer.Body)
		}
	}
	for _, method := range []string{"HEAD", "PUT", "DELETE", "OPTIONS"} {
		if answer := stranger.Send(method, signed, nil); answer.Status != 404 {
			t.Errorf("%s: %d", method, answer.Status)
		}
	}
	if made.Load() != 0 {
		t.Fatalf("%d backups were made for nobody", made.Load())
	}
	for _, method := range []string{"GET", "POST"} { // as programs other than browsers send them
		answer := stranger.Send(method, signed, nil, "Sec-Fetch-Site", "")
		if answer.Status != 200 || string(answer.Body) != "The backup was made and checked.\n" || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", method, answer.Status, answer.Body)
		}
	}
	if made.Load() != 2 {
		t.Errorf("%d backups were made, want 2", made.Load())
	}
}

func TestABackupThatIsNotMadeSaysSo(t *testing.T) {
	var failure error
	museum, signed, _ := backupOf(t, &failure)
	stranger := museum.NewVisitor(t)
	for _, test := range []struct {
		failure error
		status  int
	}{
		{errors.New("no room in /srv/secret"), 500},
		{fmt.Errorf("/srv/secret: %w", store.ErrLocked), 409},
		{&app.Error{Kind: app.KindTooMany, RetryAfter: 90 * time.Second, Message: "Too soon."}, 429},
	} {
		failure = test.failure
		answer := stranger.Send("GET", signed, nil)
		if answer.Status != test.status || strings.Contains(string(answer.Body), "secret") || strings.Count(string(answer.Body), "\n") != 1 {
			t.Errorf("%v: %d %s", test.failure, answer.Status, answer.Body)
		}
		if after := answer.Header.Get("Retry-After"); (after == "90") != (test.status == 429) {
			t.Errorf("%v: it says to come back after %q", test.failure, after)
		}
	}
	museum.Web.Backup = func(context.Context) (time.Time, error) {
		return time.Date(2026, 11, 28, 9, 30, 0, 0, time.FixedZone("", 3600)), nil
	}
	if answer := stranger.Send("GET", signed, nil); answer.Status != 200 || string(answer.Body) != "There is a backup of 2026-11-28 08:30:00 UTC already; none was made.\n" {
		t.Errorf("where there is one: %d %s", answer.Status, answer.Body)
	}
}

func TestTheAddressForBackupsIsKnownUnderAnyPath(t *testing.T) {
	museum, signed, _ := backupOf(t, new(error))
	for _, test := range []struct {
		method, url string
		want        bool
	}{
		{"GET", signed, true}, {"POST", "/maths/museum.cgi" + signed, true}, {"HEAD", signed, false},
		{"GET", "/", false}, {"GET", strings.Replace(signed, "backup", "other", 1), false}, {"GET", signed + "0", false},
	} {
		if got := web.IsBackupRequest(httptest.NewRequest(test.method, test.url, nil), museum.Store.Secret(), ""); got != test.want {
			t.Errorf("%s %s: %v", test.method, test.url, got)
		}
	}
}

func TestTheAddressesOfTasksAreForSuperusers(t *testing.T) {
	public, err := url.Parse("https://museum.example.com/maths/")
	if err != nil {
		t.Fatal(err)
	}
	museum := apptest.NewMuseum(t, func(options *web.Options) { options.PublicURL = public })
	root := museum.NewSuperuser(t, "root@example.com")
	address := root.Send("GET", "/api/tasks/", nil).Object(t)["backup"]
	if want := web.BackupURL(public, museum.Store.Secret(), ""); address != want || !strings.HasPrefix(want, "https://museum.example.com/maths/tasks/backup/?signature=") {
		t.Errorf("the address is %v, want %s", address, want)
	}
	if answer := museum.NewMember(t, "ann@example.com").Send("GET", "/api/tasks/", nil); answer.Status != 403 {
		t.Errorf("a student: %d %s", answer.Status, answer.Body)
	}
	_, signed, _ := strings.Cut(address.(string), "/maths")
	if answer := root.Send(http.MethodGet, signed, nil); answer.Status != 404 {
		t.Errorf("a museum that makes no backups: %d %s", answer.Status, answer.Body)
	}
}
