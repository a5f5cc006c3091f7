package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// addPhoto adds a photo to a tile. Some devices upload it at once, others when they send the graph.
func (d *simDevice) addPhoto(t *simTile, name string) {
	content := apptest.PNG(d.world.t, 2, 2, d.world.rng.Uint64())
	hash := hashOf(content)
	d.photos[hash] = content
	if d.world.rng.IntN(2) == 0 {
		d.upload(hash)
	}
	d.putPhoto(t, "photo-"+name, hash)
}

func (d *simDevice) putPhoto(t *simTile, id, hash string) {
	t.touch("item "+id, mustJSON(d.world.t, map[string]string{"id": id, "latex": "photo " + id, "image_url": "api/images/" + hash}))
}

// movePhoto moves a photo from a tile to another.
func (d *simDevice) movePhoto(from, to *simTile, name string) {
	for _, item := range from.shown().items {
		if hash := photoIn(item.text); hash != "" {
			from.touch("item "+item.id, "")
			delete(to.pending, "deleted")
			d.putPhoto(to, "moved-"+name, hash)
			return
		}
	}
}

// photoIn returns the hash of the photo that an item shows, "" for none.
func photoIn(item string) string {
	var read struct {
		URL string `json:"image_url"`
	}
	_ = json.Unmarshal([]byte(item), &read)
	hash, _ := strings.CutPrefix(read.URL, "api/images/")
	return hash
}

func (d *simDevice) upload(hash string) {
	answer := d.call("POST", "/api/images/", string(d.photos[hash]), "Content-Type", "image/png")
	if answer.Status != http.StatusCreated && answer.Status != http.StatusOK {
		d.world.t.Fatalf("a photo is answered with %d %s", answer.Status, answer.Body)
	}
}

// sendPhotos uploads the photos that the device shows and the server lacks, as a device does before it sends a graph
// and after a set-back.
func (d *simDevice) sendPhotos() {
	unsure := map[string]bool{}
	for _, tile := range d.tiles {
		for _, item := range tile.shown().items {
			if hash := photoIn(item.text); hash != "" && !d.sure[hash] {
				unsure[hash] = true
			}
		}
	}
	if len(unsure) == 0 {
		return
	}
	answer := d.call("POST", "/api/images/missing/", map[string]any{"sha256": slices.Sorted(maps.Keys(unsure))})
	var read struct{ Missing []string }
	if err := json.Unmarshal(answer.Body, &read); err != nil || answer.Status != http.StatusOK {
		d.world.t.Fatalf("missing photos: %d %s", answer.Status, answer.Body)
	}
	for hash := range unsure {
		switch {
		case !slices.Contains(read.Missing, hash):
			d.sure[hash] = true
		case d.photos[hash] != nil:
			d.upload(hash)
			d.sure[hash] = true
		}
	}
}

// hasPhoto reports whether the student has a photo on the server.
func (w *world) hasPhoto(hash string) bool {
	parsed, ok := app.ParseImageHash(hash)
	if !ok {
		w.t.Fatalf("%q is no hash", hash)
	}
	missing, err := w.museum.Store.MissingImages(w.t.Context(), w.student(), []app.ImageHash{parsed})
	if err != nil {
		w.t.Fatal(err)
	}
	return len(missing) == 0
}

func (w *world) student() (id int64) {
	user, err := w.museum.Store.FindUser(w.t.Context(), app.Address{Email: "student@example.com", Mailbox: "student@example.com"})
	if err != nil {
		w.t.Fatal(err)
	}
	return user.ID
}

// checkPhotos checks the photos of all current tiles, and of every graph that was accepted while the server had them.
func (w *world) checkPhotos(kept map[string]bool) {
	w.t.Helper()
	for hash, item := range w.shown {
		if kept[item] && !w.hasPhoto(hash) {
			w.t.Fatalf("the photo %s of %q was taken, and is gone", hash, item)
		}
	}
	for _, d := range w.devices {
		for concept, tile := range d.tiles {
			for _, item := range tile.shown().items {
				if hash := photoIn(item.text); hash != "" && d.photos[hash] != nil && !w.hasPhoto(hash) {
					w.t.Fatalf("device %d shows the photo %s in %s, and the server has not got it", d.number, hash, concept)
				}
			}
		}
	}
}

// call makes a request of the device, which signs in again if its session is over.
func (d *simDevice) call(method, path string, body any, headers ...string) apptest.Answer {
	answer := d.visitor.Send(method, path, body, headers...)
	if answer.Status == http.StatusForbidden {
		d.signIn()
		answer = d.visitor.Send(method, path, body, headers...)
	}
	return answer
}

func (d *simDevice) signIn() {
	d.visitor = d.world.museum.NewMember(d.world.t, "student@example.com")
	d.visitor.Client.Transport = direct{d.world}
}

// simBackup is a copy of the museum, with what had been promised when it was made.
type simBackup struct {
	folder  string
	model   simMuseum
	taken   map[editPlace]string
	arrived map[string]bool
	sent    []lateRequest
	shown   map[string]string
	legacy  []legacyText
}

// backUp copies the database.
func (w *world) backUp() {
	folder := w.t.TempDir()
	if err := copyDatabase(w.museum.Folder, folder); err != nil {
		w.t.Fatal(err)
	}
	w.backup = &simBackup{folder, w.model.clone(), maps.Clone(w.taken), maps.Clone(w.arrived), slices.Clone(w.sent), maps.Clone(w.shown), slices.Clone(w.legacy)}
}

// restore restores the copy. What was written since exists only on devices that show it; everything else is still
// promised.
func (w *world) restore() {
	b := w.backup
	if b == nil {
		return
	}
	folder := w.t.TempDir()
	if err := copyDatabase(b.folder, folder); err != nil {
		w.t.Fatal(err)
	}
	w.reopen(folder)
	w.model, w.taken, w.arrived, w.sent = b.model.clone(), maps.Clone(b.taken), maps.Clone(b.arrived), slices.Clone(b.sent)
	w.shown, w.legacy = maps.Clone(b.shown), slices.Clone(b.legacy)
	w.checkModel("after a backup was put back")
}

// takeSetBack processes the answer of a server that was set back as the client would: it sends again what the device
// shows and the server lacks, based on the last common version.
func (d *simDevice) takeSetBack(got simAnswer) {
	d.flight, d.sure = nil, map[string]bool{}
	before := map[string]simContent{}
	for concept, tile := range d.tiles {
		before[concept] = tile.shown()
	}
	d.tiles = map[string]*simTile{}
	common := map[string]int64{}
	for _, sent := range got.Tiles {
		if tile := d.tile(sent.ConceptType); sent.Version >= tile.version {
			tile.version, tile.known = sent.Version, sent.content(d.world.t)
			common[sent.ConceptType] = sent.Common
		}
	}
	for _, concept := range slices.Sorted(maps.Keys(before)) {
		if !before[concept].deleted {
			d.tile(concept).resume(before[concept], common[concept])
		}
	}
	d.cursor, d.epoch = got.Cursor, got.Epoch
}

// resume marks everything as edited that was shown and is unknown to the server.
func (t *simTile) resume(was simContent, base int64) {
	again := func(what, value string) { t.pending[what] = simPending{base, value} }
	if t.known.description != was.description {
		text, _ := json.Marshal(was.description)
		again("description", string(text))
	}
	if t.known.deleted || t.known.completed != was.completed {
		again("completed", fmt.Sprint(was.completed))
	}
	if t.known.x != was.x {
		again("x", fmt.Sprint(was.x))
	}
	for _, item := range was.items {
		if !slices.Contains(t.known.items, item) {
			again("item "+item.id, item.text)
		}
	}
	for key, value := range was.set {
		if t.known.set[key] != value {
			again("set "+key, value)
		}
	}
}
