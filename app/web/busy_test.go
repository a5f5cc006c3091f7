package web_test

import (
	"fmt"
	"iter"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// importSlowly holds the write lock like an import in another process, until the returned function is called.
func importSlowly(t *testing.T, museum *apptest.Museum) (finish func()) {
	t.Helper()
	other := apptest.OpenStore(t, museum.Folder, museum.Clock.Now)
	begun, last, done := make(chan bool), make(chan bool), make(chan error, 1)
	var records iter.Seq2[store.Record, error] = func(yield func(store.Record, error) bool) {
		begun <- true
		<-last
		yield(store.Record{Email: "new@example.com", User: &store.ImportedUser{User: app.User{Email: "new@example.com", DateJoined: time.Now()}}}, nil)
	}
	go func() {
		_, err := other.Import(t.Context(), records, store.ImportOptions{})
		done <- err
	}()
	<-begun
	return sync.OnceFunc(func() {
		close(last)
		if err := <-done; err != nil {
			t.Errorf("the import: %v", err)
		}
	})
}

// TestALongImportIsTold has a class at work while an import holds the database: each student is soon told to try
// again, nobody waits for all the others, and reading works.
func TestALongImportIsTold(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	path := fmt.Sprintf("/api/tiles/%v/", ann.Send("POST", "/api/tiles/", map[string]string{"concept_type": "linear"}).Object(t)["id"])
	museum.Clock.Advance(app.SessionRenewal + time.Hour) // each request would record the session's use
	finish := importSlowly(t, museum)
	defer finish()
	ann.Client.Timeout = time.Minute // one after the other they would take longer
	var class sync.WaitGroup
	for range 30 {
		class.Go(func() {
			answer := ann.Send("PATCH", path, map[string]string{"description": "written meanwhile"})
			if answer.Status != 503 || answer.Header.Get("Retry-After") == "" {
				t.Errorf("an edit: %d, after %q: %s", answer.Status, answer.Header.Get("Retry-After"), answer.Body)
			}
		})
	}
	class.Go(func() {
		if answer := bob.Send("GET", "/api/tiles/", nil); answer.Status != 200 {
			t.Errorf("reading: %d %s", answer.Status, answer.Body)
		}
	})
	class.Wait()
	finish()
	if answer := ann.Send("PATCH", path, map[string]string{"description": "written afterwards"}); answer.Status != 200 {
		t.Errorf("afterwards: %d %s", answer.Status, answer.Body)
	}
	if _, err := museum.Store.FindUser(t.Context(), app.Address{Email: "new@example.com"}); err != nil {
		t.Errorf("what was imported: %v", err)
	}
}
