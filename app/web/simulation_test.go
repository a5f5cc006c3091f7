package web_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// TestSimulation lets two to five devices of one student edit on a bad network: requests and answers are lost, delayed,
// repeated and overtake each other, devices are wiped, an older client with a wrong clock joins in, and the server dies and
// comes back. It holds what design promises: all devices converge, every edit that was acknowledged is current or in the
// history, a repeated request changes nothing, and a wiped device gets everything back.
//
// MATHMUSEUMS_SEED sets which run comes first, and is the only one unless MATHMUSEUMS_SEEDS sets how many there are.
func TestSimulation(t *testing.T) {
	first, count := uint64(1), 12
	if text := os.Getenv("MATHMUSEUMS_SEED"); text != "" {
		first, _ = strconv.ParseUint(text, 10, 64)
		count = 1
	}
	if text := os.Getenv("MATHMUSEUMS_SEEDS"); text != "" {
		count, _ = strconv.Atoi(text)
	}
	for seed := first; seed < first+uint64(count); seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			simulate(t, seed)
		})
	}
}

// world is one run of the simulation.
type world struct {
	t       *testing.T
	rng     *rand.Rand
	museum  *apptest.Museum
	clock   *apptest.Clock
	devices []*simDevice
	late    []lateRequest // on their way, to arrive at some time
	sent    []lateRequest // everything that ever arrived
	edits   []takenEdit
	arrived map[string]bool // changes, by id
}

type lateRequest struct {
	from   *simDevice
	body   string
	flight []simChange
}

// takenEdit is an edit that has come to the server.
type takenEdit struct {
	device     *simDevice
	tile, what string // what: description, or the id of an item
	value      string // unlike any other
	acked      bool   // the device knows that it has come there
	replaced   bool   // by a later edit of the same device
}

func simulate(t *testing.T, seed uint64) {
	clock := &apptest.Clock{}
	w := &world{t: t, arrived: map[string]bool{}, rng: rand.New(rand.NewPCG(seed, 7)), clock: clock, museum: apptest.OpenMuseum(t, t.TempDir(), clock)}
	for i := range 2 + w.rng.IntN(4) {
		w.devices = append(w.devices, w.newDevice(i))
	}
	for range 200 {
		w.step()
	}
	for w.deliverLate(1) {
	}
	w.settle()
	w.checkConverged()
	w.checkNothingLost()
	w.checkRepeating()
	w.checkWiped()
}

func (w *world) device() *simDevice { return w.devices[w.rng.IntN(len(w.devices))] }

// step is one thing that happens.
func (w *world) step() {
	d := w.device()
	switch n := w.rng.IntN(100); {
	case n < 55:
		d.edit()
	case n < 85:
		d.sync()
	case n < 90:
		w.deliverLate(30)
	case n < 93:
		w.legacyEdit()
	case n < 96:
		w.clock.Advance(time.Duration(w.rng.IntN(90)) * time.Second)
	case n < 98:
		w.restart()
	case n < 99:
		d.wipe()
	default:
		for _, d := range w.devices {
			d.sync()
		}
	}
}

// deliverLate lets requests arrive that were delayed, in any order. It tells whether there were some.
func (w *world) deliverLate(percent int) bool {
	w.rng.Shuffle(len(w.late), func(i, j int) { w.late[i], w.late[j] = w.late[j], w.late[i] })
	n := len(w.late)
	if percent == 30 {
		n = w.rng.IntN(len(w.late) + 1)
	}
	arriving := w.late[:n]
	w.late = w.late[n:]
	for _, request := range arriving {
		w.arrive(request) // nobody waits for the answer
	}
	return n > 0
}

// arrive lets the server answer a request.
func (w *world) arrive(request lateRequest) apptest.Answer {
	w.sent = append(w.sent, request)
	for _, change := range request.flight {
		if w.arrived[change.id] {
			continue
		}
		w.arrived[change.id] = true
		for what, value := range change.values { // whether or not the device hears of it
			w.taken(request.from, change.tile, what, textIn(value), false)
		}
	}
	answer := request.from.visitor.Send("POST", "/api/sync/", request.body)
	if answer.Status != 200 {
		w.t.Fatalf("sync: %d %s\nof %s", answer.Status, answer.Body, request.body)
	}
	return answer
}

// restart kills the server: what is on disk at this moment is all that the next one has.
func (w *world) restart() {
	folder := w.t.TempDir()
	for _, name := range []string{"museum.db", "museum.db-wal", "secret.key"} {
		content, err := os.ReadFile(filepath.Join(w.museum.Folder, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), content, 0o600)
		}
		if err != nil && !os.IsNotExist(err) {
			w.t.Fatal(err)
		}
	}
	old := w.museum
	w.museum = apptest.OpenMuseum(w.t, folder, w.clock)
	old.Close()
	old.Store.Close()
	for _, d := range w.devices {
		d.visitor = d.visitor.At(w.museum)
	}
}

// legacyEdit is an edit by an older client, whose clock is wrong by up to a day.
func (w *world) legacyEdit() {
	d := w.device()
	value := fmt.Sprintf("legacy %d", len(w.edits))
	skew := time.Duration(w.rng.IntN(48)-24) * time.Hour
	concept := d.anyType()
	answer := d.visitor.Send("POST", "/api/tiles/sync/", map[string]any{"tiles": []any{map[string]any{
		"concept_type": concept, "description": value, "last_synced": w.clock.Now().Add(skew).UTC().Format(time.RFC3339),
	}}})
	if answer.Status != 200 {
		w.t.Fatalf("an older client: %d %s", answer.Status, answer.Body)
	}
	if status := answer.List(w.t)[0].(map[string]any)["status"]; status == "created" || status == "updated" {
		w.taken(d, concept, "description", value, true)
	}
}

// taken notes an edit that has come to the server: what the same device wrote there before is written over by it.
func (w *world) taken(d *simDevice, tile, what, value string, acked bool) {
	for i := range w.edits {
		e := &w.edits[i]
		if e.device == d && e.tile == tile && e.what == what {
			e.replaced = true
		}
	}
	if what == "description" || strings.HasPrefix(what, "item ") && value != "" {
		w.edits = append(w.edits, takenEdit{device: d, tile: tile, what: what, value: value, acked: acked})
	}
}

// acked notes that a device has heard that an edit was taken.
func (w *world) acked(value string) {
	for i := range w.edits {
		if w.edits[i].value == value {
			w.edits[i].acked = true
		}
	}
}

// settle syncs all devices, over a good network, until nobody has anything new.
func (w *world) settle() {
	for range 3 {
		for _, d := range w.devices {
			for d.flush() {
			}
		}
	}
}

func (w *world) checkConverged() {
	w.t.Helper()
	want := w.serverView()
	for _, d := range w.devices {
		if got := d.view(); got != want {
			w.t.Fatalf("device %d has\n%s\nthe server has\n%s", d.number, got, want)
		}
	}
}

// serverView is what the server has, in the form of simDevice.view.
func (w *world) serverView() string {
	fresh := w.newDevice(99)
	for fresh.flush() {
	}
	return fresh.view()
}

// checkNothingLost looks for every acknowledged edit among what hangs now and what the history keeps. An edit may be gone
// only where the same device wrote over it.
func (w *world) checkNothingLost() {
	w.t.Helper()
	kept := w.keptTexts()
	for _, e := range w.edits {
		if e.acked && !e.replaced && !strings.Contains(kept, strconv.Quote(e.value)) {
			w.t.Fatalf("the edit %q of device %d in %s is lost", e.value, e.device.number, e.tile)
		}
	}
}

// keptTexts is every version of every tile, as JSON.
func (w *world) keptTexts() string {
	var all strings.Builder
	v := w.devices[0].visitor
	for _, id := range w.tileIDs() {
		for _, version := range v.Send("GET", fmt.Sprintf("/api/tiles/%d/versions/", id), nil).List(w.t) {
			path := fmt.Sprintf("/api/tiles/%d/versions/%v/", id, version.(map[string]any)["version"])
			all.Write(v.Send("GET", path, nil).Body)
		}
	}
	return all.String()
}

// tileIDs are the tiles that there are or were.
func (w *world) tileIDs() (ids []int64) {
	w.museum.Query(w.t, `select id from tiles`, func(scan func(...any) error) error {
		var id int64
		defer func() { ids = append(ids, id) }()
		return scan(&id)
	})
	return ids
}

// checkRepeating sends every request again that ever arrived: nothing comes of it.
func (w *world) checkRepeating() {
	w.t.Helper()
	before, kept := w.serverView(), w.keptTexts()
	w.rng.Shuffle(len(w.sent), func(i, j int) { w.sent[i], w.sent[j] = w.sent[j], w.sent[i] })
	for _, request := range append([]lateRequest{}, w.sent...) {
		w.arrive(request)
	}
	if after := w.serverView(); after != before {
		w.t.Fatalf("repeated requests have made of\n%s\nthis:\n%s", before, after)
	}
	if w.keptTexts() != kept {
		w.t.Fatal("repeated requests have changed the history")
	}
}

func (w *world) checkWiped() {
	w.t.Helper()
	d := w.devices[0]
	want := d.view()
	d.wipe()
	for d.flush() {
	}
	if got := d.view(); got != want {
		w.t.Fatalf("after a wipe the device has\n%s\nnot\n%s", got, want)
	}
}

func mustJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
