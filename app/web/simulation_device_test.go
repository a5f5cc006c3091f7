package web_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// simDevice is a device as the museum's own client implements it: it keeps the last answer of the server, what was
// edited since, and the request under way.
type simDevice struct {
	world   *world
	number  int
	visitor *apptest.Visitor
	cursor  int64
	epoch   string
	tiles   map[string]*simTile
	flight  []simChange // sent, and not answered yet
	body    string      // the request of flight, which is repeated verbatim
	counter int
	photos  map[string][]byte // by hash: those added on this device
	sure    map[string]bool   // photos that the server is known to have
}

// simChange is a change in a request, with the pending values that it contains.
type simChange struct {
	id, tile string
	base     int64
	values   map[string]string
}

var simTypes = []string{"linear", "quadratic", "cubic"}

func (w *world) newDevice(number int) *simDevice {
	d := &simDevice{world: w, number: number}
	d.signIn()
	d.wipe()
	return d
}

func (d *simDevice) wipe() {
	d.cursor, d.epoch, d.tiles, d.flight, d.body = 0, "", map[string]*simTile{}, nil, ""
	d.photos, d.sure = map[string][]byte{}, map[string]bool{}
}

func (d *simDevice) anyType() string { return simTypes[d.world.rng.IntN(len(simTypes))] }

func (d *simDevice) tile(concept string) *simTile {
	if d.tiles[concept] == nil {
		d.tiles[concept] = &simTile{known: simContent{deleted: true}.clone(), pending: map[string]simPending{}}
	}
	return d.tiles[concept]
}

// edit is a random action of the student.
func (d *simDevice) edit() {
	rng := d.world.rng
	t := d.tile(d.anyType())
	shown := t.shown()
	d.counter++
	name := fmt.Sprintf("%d-%d-%d", d.number, d.counter, rng.IntN(1_000_000))
	if shown.deleted || rng.IntN(40) > 0 {
		delete(t.pending, "deleted")
	} else {
		t.pending = map[string]simPending{"deleted": {base: t.version, value: "true"}}
		return
	}
	switch n := rng.IntN(10); {
	case n < 1 && rng.IntN(3) == 0:
		d.addPhoto(t, name)
	case n < 1 && rng.IntN(2) == 0:
		d.movePhoto(d.tile(d.anyType()), t, name)
	case n < 3:
		t.touch("description", mustJSON(d.world.t, "text "+name))
	case n < 4:
		t.touch("completed", fmt.Sprint(!shown.completed))
	case n < 5:
		t.touch("x", fmt.Sprint(rng.IntN(1000)))
	case n < 6:
		t.touch("set graph", mustJSON(d.world.t, map[string]string{"view": name}))
	case n < 7 && len(shown.items) > 1:
		rng.Shuffle(len(shown.items), func(i, j int) { shown.items[i], shown.items[j] = shown.items[j], shown.items[i] })
		t.touch("order", orderOf(shown.items))
	case n < 8 && len(shown.items) > 0:
		t.touch("item "+shown.items[rng.IntN(len(shown.items))].id, "")
	case n < 9 && len(shown.items) > 0:
		id := shown.items[rng.IntN(len(shown.items))].id
		t.touch("item "+id, mustJSON(d.world.t, map[string]string{"id": id, "latex": "changed " + name}))
	default:
		id := name
		if rng.IntN(3) == 0 {
			id = fmt.Sprint(rng.IntN(4)) // two devices may well choose the same id
		}
		t.touch("item "+id, mustJSON(d.world.t, map[string]string{"id": id, "latex": "made " + name}))
		t.touch("order", orderOf(t.shown().items))
	}
}

func orderOf(items []simItem) string {
	ids := []string{}
	for _, item := range items {
		ids = append(ids, item.id)
	}
	text, _ := json.Marshal(ids)
	return string(text)
}

// request returns the body of the next request, or repeats the one under way.
func (d *simDevice) request() string {
	if d.flight != nil {
		return d.body
	}
	changes := []any{}
	for _, concept := range slices.Sorted(maps.Keys(d.tiles)) {
		for _, group := range d.tiles[concept].groups() {
			d.counter++
			group.id, group.tile = fmt.Sprintf("change-%d-%d-%d", d.number, d.counter, d.world.rng.IntN(1_000_000_000)), concept
			d.flight = append(d.flight, group)
			changes = append(changes, group.wire())
		}
	}
	d.body = mustJSON(d.world.t, map[string]any{"cursor": d.cursor, "epoch": d.epoch, "changes": changes})
	return d.body
}

// wire is a change as it is sent.
func (c simChange) wire() map[string]any {
	fields, patch := map[string]any{}, map[string]any{}
	items, set, removed := map[string]any{}, map[string]any{}, []string{}
	for what, value := range c.values {
		if id, ok := strings.CutPrefix(what, "item "); ok && value == "" {
			removed = append(removed, id)
		} else if ok {
			items[id] = json.RawMessage(value)
		} else if key, ok := strings.CutPrefix(what, "set "); ok {
			set[key] = json.RawMessage(value)
		} else if what == "order" {
			patch["order"] = json.RawMessage(value)
		} else if what == "x" {
			fields["position_x"] = json.RawMessage(value)
		} else if what != "deleted" {
			fields[what] = json.RawMessage(value)
		}
	}
	if len(items) > 0 {
		patch["items"] = items
	}
	if len(removed) > 0 {
		patch["removed"] = removed
	}
	if len(set) > 0 {
		patch["set"] = set
	}
	if len(patch) > 0 {
		fields["desmos_patch"] = patch
	}
	change := map[string]any{"change_id": c.id, "concept_type": c.tile, "base_version": c.base, "fields": fields}
	if c.values["deleted"] != "" {
		change["deleted"] = true
	}
	return change
}

func (d *simDevice) newRequest() lateRequest {
	body := d.request()
	return lateRequest{d, body, d.flight}
}

// sync syncs once over the bad network.
func (d *simDevice) sync() {
	w := d.world
	d.sendPhotos()
	request := d.newRequest()
	switch n := w.rng.IntN(100); {
	case n < 3: // a middlebox answers with JSON of its own or a refusal: this is no answer, and the request may have arrived
		if w.rng.IntN(2) == 0 {
			w.arrive(request)
		}
	case n < 5: // the server refuses a part of what is sent
		w.arriveWithNonsense(request)
	case n < 12: // the request is lost
	case n < 24: // the request is delayed; the device stops waiting
		w.late = append(w.late, request)
	case n < 36: // the answer is lost
		w.arrive(request)
	case n < 42: // it arrives twice
		w.arrive(request)
		d.take(w.arrive(request))
	default:
		d.take(w.arrive(request))
	}
}

// pull fetches others' changes and sends nothing, as when a photo has to be uploaded first.
func (d *simDevice) pull() {
	if d.flight == nil {
		d.take(d.world.send(lateRequest{d, mustJSON(d.world.t, map[string]any{"cursor": d.cursor, "epoch": d.epoch}), nil}))
	}
}

// flush syncs once over a good network. It reports whether there was something to send.
func (d *simDevice) flush() bool {
	d.sendPhotos()
	request := d.newRequest()
	had := len(d.flight) > 0
	d.take(d.world.arrive(request))
	return had
}

type simAnswer struct {
	Cursor  int64
	Epoch   string
	SetBack bool `json:"set_back"`
	Results []struct {
		ID      string `json:"change_id"`
		Status  string
		Version int64
	}
	Tiles []simAnsweredTile
}

// content returns what the tile shows.
func (sent *simAnsweredTile) content(t *testing.T) simContent {
	content := simContent{deleted: sent.Deleted, description: sent.Description, completed: sent.Completed, x: sent.PositionX, set: map[string]string{}}
	if sent.DesmosState.Graph != nil {
		content.set["graph"] = string(sent.DesmosState.Graph)
	}
	for _, text := range sent.DesmosState.Expressions.List {
		var item struct{ ID string }
		if err := json.Unmarshal(text, &item); err != nil {
			t.Fatal(err)
		}
		content.items = append(content.items, simItem{item.ID, string(text)})
	}
	return content
}

type simAnsweredTile struct {
	Common      int64
	ConceptType string `json:"concept_type"`
	Version     int64
	Deleted     bool
	Description string
	Completed   bool
	PositionX   int `json:"position_x"`
	DesmosState struct {
		Graph       json.RawMessage
		Expressions struct{ List []json.RawMessage }
	} `json:"desmos_state"`
}

func readAnswer(t *testing.T, answer apptest.Answer) (read simAnswer) {
	t.Helper()
	if err := json.Unmarshal(answer.Body, &read); err != nil {
		t.Fatalf("%s: %v", answer.Body, err)
	}
	return read
}

// take processes an answer as the client would.
func (d *simDevice) take(answer apptest.Answer) {
	t := d.world.t
	got := readAnswer(t, answer)
	if got.SetBack {
		if d.world.backup == nil {
			t.Fatalf("device %d hears that the database was put back: %s", d.number, answer.Body)
		}
		d.takeSetBack(got)
		return
	}
	if got.Epoch != d.epoch { // a server may have been set back without the device having seen what was lost
		d.sure = map[string]bool{}
	}
	for i, result := range got.Results {
		if result.ID != d.flight[i].id {
			t.Fatalf("change %+v is answered with %s", d.flight[i], answer.Body)
		}
		d.confirm(d.flight[i], result.Version)
	}
	d.flight = nil
	slices.SortFunc(got.Tiles, func(a, b simAnsweredTile) int { return cmp.Compare(a.Version, b.Version) })
	for _, sent := range got.Tiles {
		tile := d.tile(sent.ConceptType)
		if sent.Version < tile.version {
			continue
		}
		tile.version = sent.Version
		tile.known = sent.content(t)
	}
	d.cursor, d.epoch = got.Cursor, got.Epoch
}

// confirm records that the server has a change.
func (d *simDevice) confirm(change simChange, version int64) {
	tile := d.tile(change.tile)
	tile.known.apply(change.values)
	tile.version = max(tile.version, version)
	for what, value := range change.values {
		if p, ok := tile.pending[what]; ok && p.value == value {
			delete(tile.pending, what)
		} else if ok {
			tile.pending[what] = simPending{version, p.value}
		}
	}
}

// textIn returns the text that makes a value unique.
func textIn(value string) string {
	var text string
	if json.Unmarshal([]byte(value), &text) == nil {
		return text
	}
	var item struct{ Latex string }
	_ = json.Unmarshal([]byte(value), &item)
	return item.Latex
}

// view returns what the device shows, as comparable text.
func (d *simDevice) view() string {
	var lines []string
	for _, concept := range slices.Sorted(maps.Keys(d.tiles)) {
		if shown := d.tiles[concept].shown(); !shown.deleted {
			lines = append(lines, fmt.Sprintf("%s: %q %v %d %v %v", concept, shown.description, shown.completed, shown.x, shown.items, shown.set))
		}
	}
	return strings.Join(lines, "\n")
}
