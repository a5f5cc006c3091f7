package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// client is a device whose requests the tests write themselves.
type client struct {
	*apptest.Visitor
	t             *testing.T
	cursor, epoch any
	n             int
}

func newClient(t *testing.T, museum *apptest.Museum, email string) *client {
	return &client{museum.NewMember(t, email), t, 0, nil, 0}
}

// change returns a change with an id of its own.
func (c *client) change(concept string, base int, fields map[string]any) map[string]any {
	c.n++
	return map[string]any{"change_id": fmt.Sprintf("change-%p-%d", c, c.n), "concept_type": concept, "base_version": base, "fields": fields}
}

// sync makes one round, and keeps its cursor for the next.
func (c *client) sync(changes ...map[string]any) map[string]any {
	c.t.Helper()
	if changes == nil {
		changes = []map[string]any{}
	}
	answer := c.Send("POST", "/api/sync/", map[string]any{"cursor": c.cursor, "epoch": c.epoch, "changes": changes})
	if answer.Status != 200 {
		c.t.Fatalf("sync: %d %s", answer.Status, answer.Body)
	}
	object := answer.Object(c.t)
	c.cursor, c.epoch = object["cursor"], object["epoch"]
	return object
}

// brief summarises an answer: each change's status and version, and each tile's type and version.
func brief(answer map[string]any) string {
	var parts []string
	for _, r := range answer["results"].([]any) {
		result := r.(map[string]any)
		part := fmt.Sprint(result["status"], " ", result["version"])
		if result["conflict"] != nil {
			part += fmt.Sprint(" over ", result["conflict"])
		}
		if result["errors"] != nil {
			part = fmt.Sprint("error ", result["errors"])
		}
		parts = append(parts, part)
	}
	for _, tile := range answer["tiles"].([]any) {
		tile := tile.(map[string]any)
		part := fmt.Sprint(tile["concept_type"], " ", tile["version"])
		if tile["deleted"] == true {
			part += " deleted"
		}
		if tile["conflicts"] != nil {
			part += fmt.Sprint(" conflicts ", tile["conflicts"])
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func (c *client) want(answer map[string]any, want, why string) {
	c.t.Helper()
	if got := brief(answer); got != want {
		c.t.Errorf("%s: %q, want %q", why, got, want)
	}
}

func TestSyncOfTwoDevices(t *testing.T) {
	museum := apptest.NewMuseum(t)
	laptop, phone := newClient(t, museum, "ann@example.com"), newClient(t, museum, "ann@example.com")

	laptop.want(laptop.sync(laptop.change("linear", 0, map[string]any{"description": "  one\n", "completed": true})), "saved 1", "a new tile")
	answer := phone.sync()
	phone.want(answer, "linear 1", "the other device hears of it")
	if got := answer["tiles"].([]any)[0].(map[string]any)["description"]; got != "  one\n" {
		t.Errorf("the text came as %q, not to the letter", got)
	}
	phone.want(phone.sync(), "", "but once")

	laptop.want(laptop.sync(laptop.change("linear", 1, map[string]any{"description": "laptop"})), "saved 2", "written on one")
	phone.want(phone.sync(phone.change("linear", 1, map[string]any{"completed": false})), "saved 3, linear 3", "another field on the other")
	phone.want(phone.sync(phone.change("linear", 1, map[string]any{"description": "phone"})), "conflict 4 over 3", "written on both")
	laptop.want(laptop.sync(), "linear 4 conflicts [3]", "the first one hears of the conflict")

	settled := laptop.change("linear", 4, map[string]any{"description": "both"})
	settled["resolves"] = []int{3}
	laptop.want(laptop.sync(settled), "saved 5", "settled")
	phone.want(phone.sync(), "linear 5", "and on the other as well")

	lost := phone.change("linear", 5, map[string]any{"description": "sent twice"})
	phone.want(phone.sync(lost), "saved 6", "a change")
	phone.want(phone.sync(lost), "saved 6, linear 6", "the same once more has no effect, and tells how things stand")
}

func TestSyncOfDeletions(t *testing.T) {
	museum := apptest.NewMuseum(t)
	laptop, phone := newClient(t, museum, "ann@example.com"), newClient(t, museum, "ann@example.com")
	laptop.sync(laptop.change("linear", 0, map[string]any{"description": "one"}), laptop.change("cubic", 0, map[string]any{"description": "two"}))
	phone.sync()
	deletion := func(c *client, concept string, base int) map[string]any {
		change := c.change(concept, base, nil)
		delete(change, "fields")
		change["deleted"] = true
		return change
	}
	laptop.want(laptop.sync(deletion(laptop, "linear", 1), deletion(laptop, "cubic", 1)), "saved 2, saved 2", "taken down")
	phone.want(phone.sync(), "linear 2 deleted, cubic 2 deleted", "the other device hears of it")
	phone.want(phone.sync(phone.change("linear", 1, map[string]any{"completed": true})), "saved 3, linear 3", "an edit brings it back, whole")
	laptop.want(laptop.sync(), "linear 3", "for all")
	phone.sync(phone.change("linear", 3, map[string]any{"completed": false}))
	laptop.want(laptop.sync(deletion(laptop, "linear", 3)), "saved 4, linear 4", "what was edited elsewhere is not taken down")
	newcomer := newClient(t, museum, "ann@example.com")
	newcomer.want(newcomer.sync(), "linear 4", "a new device hears of no tombstones")
}

// TestADeletionIsToldToADeviceThatRepeatsItsFirstChange loses a device's first answer: its cursor is 0, and yet it
// has a tile to delete.
func TestADeletionIsToldToADeviceThatRepeatsItsFirstChange(t *testing.T) {
	museum := apptest.NewMuseum(t)
	laptop, phone := newClient(t, museum, "ann@example.com"), newClient(t, museum, "ann@example.com")
	first := laptop.change("linear", 0, map[string]any{"description": "one"})
	laptop.sync(first)
	laptop.cursor, laptop.epoch = 0, nil // as if the answer had been lost
	phone.sync()
	deletion := phone.change("linear", 1, nil)
	delete(deletion, "fields")
	deletion["deleted"] = true
	phone.sync(deletion)
	laptop.want(laptop.sync(first), "saved 1, linear 2 deleted", "repeated after the tile was taken down")
	laptop.cursor, laptop.epoch = 1000, nil
	laptop.want(laptop.sync(), "linear 2 deleted", "an older device after the database was put back")
}

// TestWhatCannotBeStoredHoldsNothingBack sends NUL and lone surrogates in notes, graph, patch and the museum's name.
func TestWhatCannotBeStoredHoldsNothingBack(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device := newClient(t, museum, "ann@example.com")
	send := func(id, fields string) map[string]any {
		t.Helper()
		body := fmt.Sprintf(`{"cursor":%v,"changes":[{"change_id":"change-%s","concept_type":"linear","base_version":0,"fields":%s}],
			"preferences":{"change_id":"likes-%s","fields":{"museum_name":"Ann\u0000s \ud83d"}}}`, device.cursor, id, fields, id)
		answer := device.Send("POST", "/api/sync/", body)
		if answer.Status != 200 {
			t.Fatalf("%s: %d %s", fields, answer.Status, answer.Body)
		}
		object := answer.Object(t)
		device.cursor = object["cursor"]
		return object
	}
	device.want(send("00001", `{"description":"a\u0000b\ud83d\udE00\ud83dc\udE00\\u0000","completed":true,"desmos_state":{"a\ud800":"\u0000x","expressions":{"list":[]}}}`),
		"saved 1, saved 1, linear 1", "everything around it is saved, and the device is told what")
	answer := send("00002", `{"desmos_patch":{"items":{"1\u0000":{"id":"1\u0000","latex":"\udc00y"}}}}`)
	tile := answer["tiles"].([]any)[0].(map[string]any)
	if got, want := tile["description"], "a\ufffdb\U0001f600\ufffdc\ufffd\\u0000"; got != want {
		t.Errorf("the notes are %q, want %q", got, want)
	}
	if got, want := fmt.Sprint(tile["desmos_state"]), "map[a\ufffd:\ufffdx expressions:map[list:[map[id:1\ufffd latex:\ufffdy]]]]"; got != want {
		t.Errorf("the graph is %q, want %q", got, want)
	}
	if got := newClient(t, museum, "ann@example.com").sync()["preferences"].(map[string]any)["museum_name"]; got != "Ann\ufffds \ufffd" {
		t.Errorf("the museum's name is %q", got)
	}
}

func TestSyncBesideOlderClients(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device, older := newClient(t, museum, "ann@example.com"), museum.NewMember(t, "ann@example.com")
	made := older.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "older", "desmos_state": map[string]any{"expressions": map[string]any{"list": []any{map[string]any{"id": "1"}}}}}).Object(t)
	path := fmt.Sprintf("/api/tiles/%v/", made["id"])
	device.want(device.sync(), "linear 1", "made by an older client")
	older.Send("PATCH", path, map[string]any{"description": "older still"})
	device.want(device.sync(device.change("linear", 1, map[string]any{"description": "device"})), "conflict 3 over 2, linear 3 conflicts [2]", "written by both")
	older.Send("PATCH", path, map[string]any{"concept_type": "cubic"})
	device.want(device.sync(), "cubic 4 conflicts [2], linear 4 deleted", "a tile that changes its type goes, and comes")
	older.Send("DELETE", path, nil)
	device.want(device.sync(), "cubic 5 deleted", "taken down by an older client")
	older.Send("POST", "/api/tiles/", map[string]any{"concept_type": "cubic"})
	device.want(device.sync(), "cubic 6", "hung anew: versions of a type only grow")
}

func TestSyncAfterTheServerLostItsLastHour(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device := newClient(t, museum, "ann@example.com")
	device.sync(device.change("linear", 0, map[string]any{"description": "one"}))
	device.cursor = 1000 // as after a restored backup
	device.want(device.sync(), "linear 1", "everything is told again")
}

func TestSyncRefuses(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device := newClient(t, museum, "ann@example.com")
	good, odd := device.change("linear", 0, map[string]any{"description": "one"}), device.change("circle", 0, nil)
	wrong := device.change("cubic", 0, map[string]any{"position_x": "left", "desmos_patch": 5})
	patch := device.change("cubic", 0, map[string]any{"desmos_patch": map[string]any{"items": map[string]any{"1": map[string]any{"id": "2"}}}})
	device.want(device.sync(good, odd, wrong, patch), `saved 1, error map[concept_type:["circle" is not a valid choice.]], `+
		`error map[position_x:[A valid integer is required.]], error map[desmos_patch:[Each of items is an object whose id is the key.]]`,
		"what is not right harms nothing else")
	for body, want := range map[string]int{
		`[]`: 400, `{"changes":5}`: 400, `{"changes":[5]}`: 400, `{"changes":[{}]}`: 400, `{"changes":[{"change_id":"short"}]}`: 400,
		`{"cursor":-1}`: 400, `{"cursor":"x"}`: 400, `{"epoch":7}`: 400, `{"cursor":1e3}`: 400, `{"preferences":[]}`: 400, `{`: 400,
		`{}`: 200, `{"cursor":null}`: 200, `{"preferences":{"change_id":"change-00001","fields":{"museum_name":"Ann's"}}}`: 200,
		`{"changes":[` + strings.Repeat(`{"change_id":"change-00001"},`, app.MaxChanges) + `{}]}`: 413,
	} {
		if answer := device.Send("POST", "/api/sync/", body); answer.Status != want {
			t.Errorf("%.80s: %d, want %d: %s", body, answer.Status, want, answer.Body)
		}
	}
	if answer := device.sync(); answer["tiles"] == nil {
		t.Errorf("afterwards: %v", answer)
	}
}

func TestPreferencesTravelInTheSameRound(t *testing.T) {
	museum := apptest.NewMuseum(t)
	laptop, phone := newClient(t, museum, "ann@example.com"), newClient(t, museum, "ann@example.com")
	answer := laptop.Send("POST", "/api/sync/", map[string]any{"preferences": map[string]any{"change_id": "change-00001", "fields": map[string]any{"theme_preference": "dark"}}})
	if answer.Status != 200 {
		t.Fatalf("%d %s", answer.Status, answer.Body)
	}
	if got := phone.sync()["preferences"].(map[string]any)["theme_preference"]; got != "dark" {
		t.Errorf("the other device has the theme %v", got)
	}
	if got := phone.sync()["preferences"]; got != nil {
		t.Errorf("told twice: %v", got)
	}
}

func TestHistory(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, eve := newClient(t, museum, "ann@example.com"), museum.NewMember(t, "eve@example.com")
	write := func(text string, base int) any {
		museum.Clock.Advance(2 * time.Minute)
		return ann.sync(ann.change("linear", base, map[string]any{"description": text, "desmos_state": map[string]any{"n": text}}))["results"].([]any)[0].(map[string]any)["id"]
	}
	path := fmt.Sprintf("/api/tiles/%v/versions/", write("first", 0))
	write("second", 1)
	list := ann.Send("GET", path, nil).List(t)
	if len(list) != 2 || list[0].(map[string]any)["description"] != "second" || list[1].(map[string]any)["this_device"] != true {
		t.Fatalf("the history is %v", list)
	}
	if got := ann.Send("GET", path+"1/", nil).Object(t)["desmos_state"]; fmt.Sprint(got) != "map[n:first]" {
		t.Errorf("the first graph is %v", got)
	}
	for _, method := range []string{"GET", "POST"} {
		for _, tail := range []string{"", "1/", "1/restore/"} {
			if answer := eve.Send(method, path+tail, nil); answer.Status != 404 && answer.Status != 405 {
				t.Errorf("%s %s as another user: %d", method, path+tail, answer.Status)
			}
		}
	}
	restored := ann.Send("POST", path+"1/restore/", nil).Object(t)
	if restored["description"] != "first" || restored["version"] != 3.0 {
		t.Errorf("restored: %v", restored)
	}
	ann.want(ann.sync(), "linear 3", "a restored tile syncs like any edit")
	if answer := ann.Send("POST", path+"99/restore/", nil); answer.Status != 404 {
		t.Errorf("a version that is not there: %d", answer.Status)
	}
	if got := len(ann.Send("GET", path, nil).List(t)); got != 3 {
		t.Errorf("%d versions, want 3: what hung there is kept too", got)
	}
}

// TestASliderMoveIsSmall measures the bytes of one edit in a museum with graphs of 5 KB.
func TestASliderMoveIsSmall(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device := newClient(t, museum, "ann@example.com")
	var items []any
	for i := range 60 {
		items = append(items, map[string]any{"id": fmt.Sprint(i), "type": "expression", "latex": "y=a\\left(x-h\\right)^{2}+k", "color": "#c74440"})
	}
	for _, concept := range app.FamilyTypes() {
		device.sync(device.change(concept, 0, map[string]any{"desmos_state": map[string]any{"version": 11, "expressions": map[string]any{"list": items}}}))
	}
	item := map[string]any{"id": "7", "type": "expression", "latex": "a=2.5", "color": "#c74440", "slider": map[string]any{"min": "-10", "max": "10"}}
	request := map[string]any{"cursor": device.cursor, "changes": []any{device.change("linear", 1, map[string]any{"desmos_patch": map[string]any{"items": map[string]any{"7": item}}})}}
	up, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	answer := device.Send("POST", "/api/sync/", request)
	fresh := newClient(t, museum, "ann@example.com").Send("POST", "/api/sync/", map[string]any{"cursor": 0})
	t.Logf("one slider move: %d bytes up, %d down; the first sync of a new device: %d down", len(up), len(answer.Body), len(fresh.Body))
	if answer.Status != 200 || len(up) > 2048 || len(answer.Body) > 2048 {
		t.Errorf("%d: %d bytes up, %d down", answer.Status, len(up), len(answer.Body))
	}
}

func TestOtherDevicesHearOfEveryKindOfChange(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, eve := newClient(t, museum, "ann@example.com"), museum.NewMember(t, "eve@example.com")
	l := listen(t, museum.NewMember(t, "ann@example.com"), museum.URL)
	heard := func(why string) {
		t.Helper()
		for deadline := time.After(5 * time.Second); ; {
			select {
			case line := <-l.lines:
				if strings.HasPrefix(line, "data: ") {
					return
				}
			case <-deadline:
				t.Fatalf("nothing is heard of %s", why)
			}
		}
	}
	ann.sync(ann.change("linear", 0, map[string]any{"description": "one"}))
	heard("a round of sync")
	made := ann.Send("POST", "/api/tiles/", map[string]any{"concept_type": "cubic"}).Object(t)
	heard("a new tile of an older client")
	path := fmt.Sprintf("/api/tiles/%v/", made["id"])
	ann.Send("PATCH", path, map[string]any{"completed": true})
	heard("a change of an older client")
	ann.Send("POST", path+"versions/1/restore/", nil)
	ann.Send("DELETE", path, nil)
	heard("a deletion")
	ann.Send("GET", "/api/preferences/current/", nil)
	heard("new preferences")
	eve.Send("POST", "/api/tiles/", map[string]any{"concept_type": "cubic"})
	ann.Send("PATCH", "/api/tiles/1/", map[string]any{}) // changes nothing
	select {
	case line := <-l.lines:
		if strings.HasPrefix(line, "data: ") {
			t.Errorf("heard %q of nothing, or of somebody else's", line)
		}
	case <-time.After(100 * time.Millisecond):
	}
}

func TestLargeAnswersArePacked(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := newClient(t, museum, "ann@example.com")
	ann.sync(ann.change("linear", 0, map[string]any{"desmos_state": state}))
	whole := ann.Send("POST", "/api/sync/", `{}`, "Accept-Encoding", "identity")
	packed := ann.Send("POST", "/api/sync/", `{}`, "Accept-Encoding", "gzip, br")
	if whole.Header.Get("Content-Encoding") != "" || packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept, Origin, Cookie, Accept-Encoding" {
		t.Errorf("the answers came as %q and %q, Vary %q", whole.Header.Get("Content-Encoding"), packed.Header.Get("Content-Encoding"), packed.Header.Get("Vary"))
	}
	if len(packed.Body)*4 > len(whole.Body) {
		t.Errorf("%d bytes became %d", len(whole.Body), len(packed.Body))
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed.Body))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(reader); err != nil || string(text) != string(whole.Body) {
		t.Errorf("unpacked it is not the same: %v, %.100q", err, text)
	}
	if small := ann.Send("POST", "/api/sync/", `{"cursor":1}`, "Accept-Encoding", "gzip"); small.Header.Get("Content-Encoding") != "" {
		t.Error("a small answer is packed")
	}
}

// TestDatabasePutBack has a device meet a museum whose database was set back and then changed by others: only the
// common revisions count.
func TestDatabasePutBack(t *testing.T) {
	museum := apptest.NewMuseum(t)
	phone, laptop := newClient(t, museum, "ann@example.com"), newClient(t, museum, "ann@example.com")
	phone.sync(phone.change("linear", 0, map[string]any{"description": "kept"}), phone.change("cubic", 0, map[string]any{"description": "kept, too"}))
	laptop.sync()
	backup := t.TempDir()
	if err := copyDatabase(museum.Folder, backup); err != nil {
		t.Fatal(err)
	}
	phone.sync(phone.change("linear", 1, map[string]any{"description": "lost"}))
	phone.sync(phone.change("linear", 2, map[string]any{"description": "lost, too"}))

	back := apptest.OpenMuseum(t, backup, museum.Clock)
	phone.Visitor, laptop.Visitor = phone.At(back), laptop.At(back)
	if answer := laptop.sync(laptop.change("cubic", 1, map[string]any{"description": "written since"})); answer["set_back"] != nil || brief(answer) != "saved 2" {
		t.Errorf("who has seen nothing of what is lost gets %v", answer)
	}
	laptop.sync(laptop.change("quadratic", 0, map[string]any{"description": "new"}))
	answer := phone.sync(phone.change("linear", 3, map[string]any{"description": "typed since"}))
	if answer["set_back"] != true || len(answer["results"].([]any)) != 0 {
		t.Fatalf("who has seen what is lost gets %v", answer)
	}
	got := map[any]string{}
	for _, each := range answer["tiles"].([]any) {
		tile := each.(map[string]any)
		got[tile["concept_type"]] = fmt.Sprint(tile["description"], " ", tile["version"], " ", tile["common"])
	}
	want := map[any]string{"linear": "kept 1 1", "cubic": "written since 2 1", "quadratic": "new 1 0"}
	if !maps.Equal(got, want) {
		t.Errorf("the tiles are %v, want %v", got, want)
	}
	if answer := phone.sync(phone.change("linear", 1, map[string]any{"description": "typed since"})); answer["set_back"] != nil || brief(answer) != "saved 2" {
		t.Errorf("then it gets %v", answer)
	}
	phone.epoch = "of another museum"
	if answer := phone.sync(); answer["set_back"] != true || answer["tiles"].([]any)[0].(map[string]any)["common"] != 0.0 {
		t.Errorf("who comes from elsewhere gets %v", answer)
	}
}
