package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"modernc.org/sqlite"
)

// lateRequest is a request of a device, which may arrive late, never, or repeatedly.
type lateRequest struct {
	from   *simDevice
	body   string
	flight []simChange
}

// direct passes requests to the museum without a socket, which would take more time than the museum.
type direct struct{ world *world }

// RoundTrip answers a request.
func (d direct) RoundTrip(sent *http.Request) (*http.Response, error) {
	request := sent.Clone(sent.Context())
	request.RequestURI, request.RemoteAddr = sent.URL.RequestURI(), "127.0.0.1:40000"
	recorder := httptest.NewRecorder()
	d.world.museum.Web.ServeHTTP(recorder, request)
	return recorder.Result(), nil
}

// deliverLate delivers some of the delayed requests in random order. It reports whether there were any.
func (w *world) deliverLate(n int) bool {
	w.rng.Shuffle(len(w.late), func(i, j int) { w.late[i], w.late[j] = w.late[j], w.late[i] })
	arriving := w.late[:n]
	w.late = w.late[n:]
	for _, request := range arriving {
		w.arrive(request) // nobody waits for the answer
	}
	return n > 0
}

// arrive has the server answer a request.
func (w *world) arrive(request lateRequest) apptest.Answer {
	answer := w.send(request)
	w.note(request, answer)
	return answer
}

func (w *world) send(request lateRequest) apptest.Answer {
	answer := request.from.call("POST", "/api/sync/", request.body)
	if answer.Status != http.StatusOK {
		w.t.Fatalf("sync: %d %s\nof %s", answer.Status, answer.Body, request.body)
	}
	return answer
}

// note records what the server has accepted, whether or not the device learns of it. It replaces what the same device
// wrote there before, and an equal text by another device, as after a restored backup, counts as that device's.
func (w *world) note(request lateRequest, answer apptest.Answer) {
	read := readAnswer(w.t, answer)
	if read.SetBack {
		return // nothing was accepted
	}
	results := read.Results
	removes := false
	for i, change := range request.flight {
		if w.arrived[change.id] {
			continue
		}
		w.arrived[change.id] = true
		if i == 0 {
			w.sent = append(w.sent, request)
		}
		for what, value := range change.values {
			if (what == "description" || strings.HasPrefix(what, "item ")) && !w.model.has(change.tile, what, value) {
				w.taken[editPlace{request.from.number, change.tile, what}] = textIn(value)
			}
			if hash := photoIn(value); hash != "" && w.hasPhoto(hash) {
				w.shown[hash] = textIn(value)
			}
			removes = removes || value == "" || what == "deleted"
		}
		w.absorb(change.tile, change.base)
		status := "saved"
		if w.model.merge(change, results[i].Version) {
			status = "conflict"
		}
		if results[i].Status != status {
			w.t.Fatalf("the change %+v is answered with %s, not as %s", change, answer.Body, status)
		}
	}
	if removes {
		w.checkModel("after " + request.body)
	}
}

// arriveWithNonsense delivers a request with an additional invalid change, which must not affect the others.
func (w *world) arriveWithNonsense(request lateRequest) {
	nonsense := `{"change_id":"nonsense-1","concept_type":"linear","base_version":0,"fields":{"position_x":"left","description":"nonsense"}}]`
	if len(request.flight) > 0 {
		nonsense = "," + nonsense
	}
	at := strings.Index(request.body, `],"cursor"`)
	sent := request
	sent.body = request.body[:at] + nonsense + request.body[at+1:]
	answer := w.send(sent)
	read := readAnswer(w.t, answer)
	if n := len(read.Results); !read.SetBack && (n != len(request.flight)+1 || read.Results[n-1].Status != "error") {
		w.t.Fatalf("nonsense is answered with %s", answer.Body)
	}
	w.note(request, answer) // the device does not receive the answer
}

// dieBetween kills the server while it is idle.
func (w *world) dieBetween() {
	folder := w.t.TempDir()
	if err := copyDatabase(w.museum.Folder, folder); err != nil {
		w.t.Fatal(err)
	}
	w.reopen(folder)
}

// dieDuring kills the server during a request: at some row of its transactions, just before a commit, or after the
// last one but before the answer leaves. The device gets no answer.
func (w *world) dieDuring(request lateRequest) {
	folder := w.t.TempDir()
	d := &doom{after: w.rng.IntN(8), folder: folder}
	dooms.Store(w.museum.Store.Path(), d)
	answer := w.send(request)
	dooms.Delete(w.museum.Store.Path())
	if d.err != nil {
		w.t.Fatal(d.err)
	}
	if d.after >= 0 {
		w.note(request, answer)
		if err := copyDatabase(w.museum.Folder, folder); err != nil {
			w.t.Fatal(err)
		}
	}
	w.reopen(folder)
	w.checkModel("after the server died")
}

// reopen opens the museum that a killed server left in a folder.
func (w *world) reopen(folder string) {
	old := w.museum
	w.museum = openDoomed(w.t, folder, w.clock)
	old.Close()
	old.Store.Close()
	for _, d := range append(w.devices, w.observer) {
		d.visitor = d.visitor.At(w.museum)
	}
}

// doom says when a museum dies. The next server finds what is on disk at that moment.
type doom struct {
	after  int // number of rows and commits until then; negative: now
	folder string
	err    error
}

// dooms holds the pending dooms by the path of the database.
var dooms sync.Map

// openDoomed opens a museum that can die within a transaction.
func openDoomed(t *testing.T, folder string, clock *apptest.Clock) *apptest.Museum {
	foresee()
	return apptest.OpenMuseum(t, folder, clock)
}

// foresee makes every new connection check its museum's doom.
var foresee = sync.OnceFunc(func() {
	sqlite.RegisterConnectionHook(func(connection sqlite.ExecQuerierContext, source string) error {
		hooks, ok := connection.(sqlite.HookRegisterer)
		if !ok {
			return errors.New("a connection has no hooks")
		}
		path, _, _ := strings.Cut(strings.TrimPrefix(source, "file:"), "?")
		hooks.RegisterPreUpdateHook(func(sqlite.SQLitePreUpdateData) { come(path) })
		hooks.RegisterCommitHook(func() int32 {
			come(path)
			return 0
		})
		return nil
	})
})

// come counts down to the doom.
func come(path string) {
	found, ok := dooms.Load(path)
	if !ok {
		return
	}
	d := found.(*doom)
	if d.after--; d.after == -1 {
		d.err = copyDatabase(filepath.Dir(path), d.folder)
	}
}

// copyDatabase copies the files of a museum as they are now, which is what a killed program leaves.
func copyDatabase(from, to string) error {
	for _, name := range []string{"museum.db", "museum.db-wal", "secret.key"} {
		content, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), content, 0o600)
		}
		if err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
