package web_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// TestSimulation lets two to five devices of one student edit over a bad network. Requests and answers are lost,
// delayed, repeated and reordered, or answered by a middlebox; devices are wiped; photos are added and moved; older
// clients with wrong clocks join in within the same sessions; the server's clock jumps by up to a year both ways;
// backups are restored; and the server dies and restarts, between requests and in the middle of them. At the end, and
// after each request that deletes something, the museum must equal simMuseum, the model of the rules of merging. The
// promises of the design must hold: all devices converge, every accepted edit and photo is current or in the history,
// a repeated request changes nothing, and a wiped device gets everything back.
//
// MATHMUSEUMS_SEED sets the first run, which is the only one unless MATHMUSEUMS_SEEDS sets their number.
// MATHMUSEUMS_EDITS sets the number of edits per run.
func TestSimulation(t *testing.T) {
	first, count, edits := testenv.Number(t, "MATHMUSEUMS_SEED", 1, 1), 12, testenv.Number(t, "MATHMUSEUMS_EDITS", 110, 110)
	if os.Getenv("MATHMUSEUMS_SEED") != "" {
		count = 1
	}
	count = testenv.Number(t, "MATHMUSEUMS_SEEDS", count, count)
	for seed := first; seed < first+count; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			simulate(t, seed, edits)
		})
	}
}

// world is one run of the simulation.
type world struct {
	t        *testing.T
	rng      *rand.Rand
	museum   *apptest.Museum
	clock    *apptest.Clock
	devices  []*simDevice
	observer *simDevice    // sees the server's state
	late     []lateRequest // delayed requests
	sent     []lateRequest // every request that the server accepted
	arrived  map[string]bool
	model    simMuseum
	count    int                   // number of edits
	taken    map[editPlace]string  // the last edit of each device in each place that the server accepted
	legacy   []legacyText          // what older clients wrote
	fetched  map[string]legacyTile // what they know, by type
	shown    map[string]string     // by hash: photos that the server had when a graph with them arrived, with the item's text
	backup   *simBackup            // nil if none was made yet
	ahead    time.Duration         // of the server's clock
	jumps    []time.Duration       // how far ahead it may be
}

// editPlace is where a device wrote something. A later edit by the same device replaces it.
type editPlace struct {
	device     int
	tile, what string // what: description, or "item " and an id
}

// shortRun is the number of edits up to which no entry of a run is thinned, whatever its clock does.
const shortRun = 500

func simulate(t *testing.T, seed, edits int) {
	clock := &apptest.Clock{}
	w := &world{t: t, arrived: map[string]bool{}, model: simMuseum{}, taken: map[editPlace]string{},
		fetched: map[string]legacyTile{}, shown: map[string]string{}, rng: rand.New(rand.NewPCG(uint64(seed), 7)), clock: clock, museum: openDoomed(t, t.TempDir(), clock)}
	w.jumps = []time.Duration{0, 24 * time.Hour, -20 * 24 * time.Hour}
	if edits <= shortRun { // longer runs have tiles with so many entries that some older than 30 days are thinned
		w.jumps = append(w.jumps, 40*24*time.Hour, 365*24*time.Hour)
	}
	w.observer = w.newDevice(-1)
	for i := range 2 + w.rng.IntN(4) {
		w.devices = append(w.devices, w.newDevice(i))
	}
	for w.count < edits {
		w.step()
	}
	for w.deliverLate(len(w.late)) {
	}
	w.settle()
	w.checkModel("at the end")
	w.checkConverged()
	kept := w.keptTexts()
	w.checkNothingLost(kept)
	w.checkPhotos(kept)
	w.checkRepeating(kept)
	w.checkWiped()
	if err := w.museum.Store.CheckHistory(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) device() *simDevice { return w.devices[w.rng.IntN(len(w.devices))] }

// step performs one random action.
func (w *world) step() {
	d := w.device()
	switch n := w.rng.IntN(100); {
	case n < 55:
		d.edit()
		w.count++
	case n < 82:
		d.sync()
	case n < 85:
		d.pull()
	case n < 90:
		w.deliverLate(w.rng.IntN(len(w.late) + 1))
	case n < 93:
		w.legacyEdit()
	case n < 95:
		w.clock.Advance(time.Duration(w.rng.IntN(120)-30) * time.Second)
	case n < 96:
		w.rareStep()
	case n < 97:
		w.dieBetween()
	case n < 98:
		w.dieDuring(d.newRequest())
	case n < 99:
		d.wipe()
	default:
		for _, d := range w.devices {
			d.sync()
		}
	}
}

// rareStep performs one of the actions that happen once or twice per run: a backup, a restore, a jump of the clock.
func (w *world) rareStep() {
	switch w.rng.IntN(5) {
	case 0, 1:
		w.backUp()
	case 2:
		w.restore()
	default: // in total within the time for which changes are remembered
		ahead := w.jumps[w.rng.IntN(len(w.jumps))]
		w.clock.Advance(ahead - w.ahead)
		w.ahead = ahead
	}
}

// settle syncs all devices over a good network until nobody has anything new.
func (w *world) settle() {
	for range 5 {
		for _, d := range w.devices {
			for d.flush() {
			}
			d.sendPhotos()
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

// serverView returns the server's state in the form of simDevice.view.
func (w *world) serverView() string {
	w.observer.wipe()
	w.observer.flush()
	return w.observer.view()
}

// checkModel compares the museum with the model's result of everything that arrived.
func (w *world) checkModel(when string) {
	w.t.Helper()
	w.observer.wipe()
	w.observer.flush()
	for _, concept := range simTypes {
		if got, want := w.observer.tile(concept).known, w.model[concept]; !want.fits(got) {
			w.t.Fatalf("%s: of %s the server has\n%+v\nand should have\n%+v", when, concept, got, want)
		}
	}
}

// checkNothingLost looks for every accepted edit among the current tiles and the history. An edit may only be missing
// if the same device has overwritten it.
func (w *world) checkNothingLost(kept map[string]bool) {
	w.t.Helper()
	for place, value := range w.taken {
		if value != "" && !kept[value] {
			w.t.Fatalf("the edit %q of device %d in %s is lost", value, place.device, place.tile)
		}
	}
	for _, each := range w.legacy {
		if each.text != "" && !kept[each.text] {
			w.t.Fatalf("the text %q of an older client in %s is lost", each.text, each.concept)
		}
	}
}

// keptTexts returns everything written in any version of any tile.
func (w *world) keptTexts() map[string]bool {
	kept := map[string]bool{}
	w.observer.call("GET", "/api/tiles/", nil) // signs in if the session is over
	v := w.observer.visitor
	for _, id := range w.tileIDs() {
		for _, version := range v.Send("GET", fmt.Sprintf("/api/tiles/%d/versions/", id), nil).List(w.t) {
			path := fmt.Sprintf("/api/tiles/%d/versions/%v/", id, version.(map[string]any)["version"])
			var tile simAnsweredTile
			if answer := v.Send("GET", path, nil); json.Unmarshal(answer.Body, &tile) != nil {
				w.t.Fatalf("%s: %d %s", path, answer.Status, answer.Body)
			}
			kept[tile.Description] = true
			for _, item := range tile.DesmosState.Expressions.List {
				kept[textIn(string(item))] = true
			}
			kept[path] = true
		}
	}
	return kept
}

// tileIDs returns the ids of all tiles, deleted ones included.
func (w *world) tileIDs() (ids []int64) {
	w.museum.Query(w.t, `select id from tiles`, func(scan func(...any) error) error {
		var id int64
		defer func() { ids = append(ids, id) }()
		return scan(&id)
	})
	return ids
}

// checkRepeating repeats every accepted request: nothing may change.
func (w *world) checkRepeating(kept map[string]bool) {
	w.t.Helper()
	before := w.serverView()
	again := slices.Clone(w.sent)
	w.rng.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
	for _, request := range again {
		w.arrive(request)
	}
	if after := w.serverView(); after != before {
		w.t.Fatalf("repeated requests have made of\n%s\nthis:\n%s", before, after)
	}
	if after := w.keptTexts(); len(after) != len(kept) {
		w.t.Fatalf("repeated requests have changed the history: %d things are in it, there were %d", len(after), len(kept))
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
