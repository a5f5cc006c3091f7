package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// withPhotos returns a state of an older client with embedded photos.
func withPhotos(x int, photos ...string) string {
	var items []string
	for i, photo := range photos {
		items = append(items, fmt.Sprintf(`{"id":"%d","type":"image","image_url":%q,"center":"(%d,0)","name":"a \"data:\\ name"}`, i, photo, x))
	}
	return `{"version":11,"expressions":{"list":[` + strings.Join(items, ",") + `]}}`
}

func (w *wall) draw(state string) error {
	w.t.Helper()
	_, err := w.Store.UpdateTile(w.t.Context(), w.user.ID, w.tile.ID, 0, app.TileChange{DesmosState: &state}, app.Device{SessionID: 1})
	return err
}

func (w *wall) mustDraw(state string) {
	w.t.Helper()
	if err := w.draw(state); err != nil {
		w.t.Fatal(err)
	}
}

// bytes returns the size of the user's history, after checking that it was counted correctly.
func (w *wall) bytes() (bytes int) {
	w.t.Helper()
	if err := w.Store.CheckHistory(w.t.Context()); err != nil {
		w.t.Error(err)
	}
	w.Query(w.t, fmt.Sprintf(`select history_bytes from users where id = %d`, w.user.ID), func(scan func(...any) error) error { return scan(&bytes) })
	return bytes
}

// TestAPhotoInAStateIsKeptOnce moves a photo that an older client embedded in its graph.
func TestAPhotoInAStateIsKeptOnce(t *testing.T) {
	w := newWall(t)
	photo := func(letter string) string { return "data:image/jpeg;base64," + strings.Repeat(letter, 300<<10) }
	small := "data:image/png;base64,AAAA"
	for x := range 60 {
		w.mustDraw(withPhotos(x, photo("A"), small, photo("B")))
	}
	if got := w.bytes(); got > 700<<10 {
		t.Errorf("60 moves of two photos of 300 KB take up %d bytes", got)
	}
	wantState := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: the state of %d bytes is not that of %d to the letter", what, len(got), len(want))
		}
	}
	version, err := w.Store.FindTileVersion(t.Context(), w.user.ID, w.tile.ID, 7)
	if err != nil {
		t.Fatal(err)
	}
	wantState("a version", version.DesmosState, withPhotos(5, photo("A"), small, photo("B")))
	next, _, err := w.Store.NextTileVersion(t.Context(), w.user.ID, w.tile.ID, 7)
	if err != nil {
		t.Fatal(err)
	}
	wantState("the next one", next.DesmosState, withPhotos(6, photo("A"), small, photo("B")))
	if tile, err := w.Store.RestoreTile(t.Context(), w.user.ID, w.tile.ID, 7, app.Device{}); err != nil {
		t.Error(err)
	} else {
		wantState("put back", tile.DesmosState, version.DesmosState)
	}
	before := w.bytes()
	for range 3 { // deleted and restored
		request := app.SyncRequest{Changes: []app.SyncChange{{Change: app.Change{ID: fmt.Sprint("change-", w.Store.Now().UnixMicro()), ConceptType: "linear", Base: 1 << 40, Deleted: true}}}}
		if _, err := w.Store.Sync(t.Context(), w.user.ID, request, app.Device{}); err != nil {
			t.Fatal(err)
		}
		var size int
		w.Query(t, `select length(desmos_state) from tiles`, func(scan func(...any) error) error { return scan(&size) })
		if size > 10_000 {
			t.Errorf("a tombstone has a state of %d bytes", size)
		}
		err := w.Store.Read(t.Context(), func(s *store.Snapshot) error {
			for tile, err := range s.Tiles(w.user.ID) {
				if err != nil {
					return err
				}
				wantState("a tombstone in an export", tile.DesmosState, version.DesmosState)
			}
			for v, err := range s.Versions(w.tile.ID) {
				if err != nil {
					return err
				}
				if v.Version == 7 {
					wantState("a version in an export", v.DesmosState, version.DesmosState)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		request.Changes[0].Change = app.Change{ID: fmt.Sprint("again--", w.Store.Now().UnixMicro()), ConceptType: "linear", Fields: app.TileChange{Completed: ptr(true)}}
		if _, err := w.Store.Sync(t.Context(), w.user.ID, request, app.Device{}); err != nil {
			t.Fatal(err)
		}
		tile, err := w.Store.FindTile(t.Context(), w.user.ID, w.tile.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantState("hung again", tile.DesmosState, version.DesmosState)
	}
	if got := w.bytes(); got > before+20_000 {
		t.Errorf("taking it down and up again added %d bytes", got-before)
	}
}

// TestPhotosGoWithTheirLastEntry joins and thins entries while others show the same photo.
func TestPhotosGoWithTheirLastEntry(t *testing.T) {
	w := newWall(t)
	photo := func(letter string) string { return "data:image/png;base64," + strings.Repeat(letter, 100_000) }
	w.mustDraw(withPhotos(0, photo("A")))
	join := func(state string) { // within a minute, by a client that has seen the current version
		t.Helper()
		tile, err := w.Store.FindTile(t.Context(), w.user.ID, w.tile.ID)
		if err == nil {
			_, err = w.Store.UpdateTile(t.Context(), w.user.ID, w.tile.ID, tile.Version, app.TileChange{DesmosState: &state}, app.Device{SessionID: 7})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	join(withPhotos(1, photo("A"), photo("B")))
	if got := w.bytes(); got < 200_000 || got > 210_000 {
		t.Errorf("two photos count for %d bytes", got)
	}
	join(withPhotos(2, photo("A")))
	join(withPhotos(3, photo("A")))
	if got := w.bytes(); got < 100_000 || got > 110_000 {
		t.Errorf("after the entry of one is taken over, %d bytes are left", got)
	}
	for _, version := range []int64{2, 5} {
		found, err := w.Store.FindTileVersion(t.Context(), w.user.ID, w.tile.ID, version)
		if want := withPhotos(int(version-2), photo("A")); err != nil || found.DesmosState != want {
			t.Errorf("version %d: a state of %d bytes, %v, want %d", version, len(found.DesmosState), err, len(want))
		}
	}
}

// newSmallWall returns a museum whose users have the given quota.
func newSmallWall(t *testing.T, quota int64) *wall {
	w := newWall(t)
	w.Museum.Close()
	w.Store.Close()
	secret, err := store.LoadSecret(w.Folder)
	if err != nil {
		t.Fatal(err)
	}
	options := store.Options{Path: filepath.Join(w.Folder, "museum.db"), Schema: apptest.Schema(t), Secret: secret, Now: w.Clock.Now, Quota: quota}
	if w.Store, err = store.Open(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Store.Close() })
	return w
}

// TestHistoryIsThinnedAtTheQuota fills a small quota: old versions go, the newest and conflicts stay, and finally
// edits are refused.
func TestHistoryIsThinnedAtTheQuota(t *testing.T) {
	const quota = 1 << 20
	w := newSmallWall(t, quota)
	graph := func(i, size int) string { return fmt.Sprintf(`{"n":%d,"x":%q}`, i, strings.Repeat("x", size)) }
	for i := range 400 { // 4 MB
		w.mustDraw(graph(i, 10_000))
		if i == 3 {
			w.Exec(t, `update tile_versions set conflict = 1 where version = 4`)
		}
	}
	if got := w.bytes(); got > quota || got < quota*3/4 {
		t.Errorf("%d bytes are kept of a quota of %d", got, quota)
	}
	versions := w.history()
	if len(versions) < 80 || versions[0] != "401 " || versions[79] != "322 " || versions[len(versions)-1] != "4 " {
		t.Errorf("%d versions are left: %q", len(versions), versions)
	}
	var err error
	refused := 0
	for i := range 60 { // each is allowed, but fifty of them are not
		if err = w.draw(graph(1000+i, 30_000)); err != nil {
			refused++
		}
	}
	if app.KindOf(err) != app.KindTooLarge || !strings.Contains(err.Error(), "stays on this device") || refused < 5 {
		t.Errorf("refused: %d times, %v", refused, err)
	}
	if got := len(w.history()); got < 51 {
		t.Errorf("%d versions are left, want the newest fifty and the conflict", got)
	}
	request := app.SyncRequest{Changes: []app.SyncChange{
		{Change: app.Change{ID: "change-0001", ConceptType: "linear", Base: 1, Fields: app.TileChange{DesmosState: ptr(graph(1, 50_000))}, Resolves: []int64{4}}},
		{Change: app.Change{ID: "change-0002", ConceptType: "linear", Base: 1, Fields: app.TileChange{Completed: ptr(true), DesmosState: ptr("{}")}}},
	}}
	for range 2 {
		answer, err := w.Store.Sync(t.Context(), w.user.ID, request, app.Device{})
		if err != nil || answer.Results[0].Status != app.ChangeError || answer.Results[1].Status == app.ChangeError || len(answer.Results[0].Errors[app.NonField]) != 1 {
			t.Errorf("a large change is refused by itself, a small one is taken: %+v, %v", answer.Results, err)
		}
	}
	items := []app.SyncItem{{ConceptType: app.TextValue("linear"), Change: app.TileChange{ConceptType: ptr("linear"), DesmosState: ptr(graph(2, 50_000))}}}
	if results, err := w.Store.SyncTiles(t.Context(), w.user.ID, items, app.Device{}); err != nil || results[0].Status != app.SyncError {
		t.Errorf("of an older client: %+v, %v", results, err)
	}
	if _, _, err := w.Store.CreateImage(t.Context(), w.user.ID, apptest.PNG(t, 300, 300, 1)); app.KindOf(err) != app.KindTooLarge {
		t.Errorf("a photo: %v", err)
	}
	w.bytes()
	if open, err := w.Store.FindTileVersion(t.Context(), w.user.ID, w.tile.ID, 4); err != nil || open.Conflict != app.OpenConflict {
		t.Errorf("the conflict: %v, %v", open.Conflict, err)
	}
}

// TestPhotosMakeRoomFromHistory adds a photo that fits only if old versions go.
func TestPhotosMakeRoomFromHistory(t *testing.T) {
	w := newSmallWall(t, 1<<20)
	for i := range 120 {
		w.mustDraw(fmt.Sprintf(`{"n":%d,"x":%q}`, i, strings.Repeat("x", 7_000)))
		w.Clock.Advance(time.Second)
	}
	before := w.bytes()
	content := apptest.PNG(t, 300, 300, 1) // 270 kB
	if _, _, err := w.Store.CreateImage(t.Context(), w.user.ID, content); err != nil {
		t.Errorf("a photo of %d bytes beside a history of %d: %v", len(content), before, err)
	}
	if after := w.bytes(); after+len(content) > 1<<20 || len(w.history()) < 50 {
		t.Errorf("history %d and photo %d", after, len(content))
	}
}

// TestManySmallPartsCount sends the last byte of many incomplete photos: each takes up a row.
func TestManySmallPartsCount(t *testing.T) {
	w := newSmallWall(t, 1<<20)
	for i := range 300 {
		part := store.ImagePart{Hash: app.ImageHash{byte(i), byte(i >> 8), 1}, Total: app.ImagePartSize + 1, Position: app.ImagePartSize, Bytes: []byte("x")}
		_, err := w.Store.SaveImagePart(t.Context(), w.user.ID, part)
		if app.KindOf(err) == app.KindTooLarge && i > 100 {
			return
		}
		if err != nil {
			t.Fatalf("part %d: %v", i, err)
		}
	}
	t.Error("300 rows of a byte each fit a quota of 256 pages")
}
