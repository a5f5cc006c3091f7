package backup_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
)

func (p *place) restore(t *testing.T, name, into string) (backup.Restored, error) {
	t.Helper()
	return backup.Restore(t.Context(), backup.RestoreOptions{From: p.to, Name: name, Into: into, Schema: apptest.Schema(t), Now: time.Now()})
}

func TestRestorePutsBackAndKeepsWhatWasThere(t *testing.T) {
	p := newPlace(t)
	p.addUser(t, "ann@example.com")
	made := p.run(t, backup.Keep{Newest: 5})
	p.addUser(t, "bob@example.com")
	museum := p.store.Path()
	if _, err := p.restore(t, made.Name, museum); !errors.Is(err, store.ErrInUse) {
		t.Fatalf("into an open museum: %v", err)
	}
	leaveLog(t, p.store)
	now := time.Now()
	done, err := backup.Restore(t.Context(), backup.RestoreOptions{From: p.to, Name: made.Name, Into: museum, Schema: apptest.Schema(t), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range apptest.FileNames(t, filepath.Dir(museum)) {
		if strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") || strings.HasSuffix(name, ".part") {
			t.Errorf("%s was left behind", name)
		}
	}
	if got := users(t, museum); !slices.Equal(got, []string{"ann@example.com"}) {
		t.Errorf("put back: %v", got)
	}
	if got := users(t, done.Aside); !slices.Equal(got, []string{"ann@example.com", "bob@example.com"}) {
		t.Errorf("set aside: %v, though the log had more", got)
	}
	// Now restore the database that was set aside.
	aside := backup.RestoreOptions{From: backup.Folder{Path: filepath.Dir(done.Aside)}, Name: filepath.Base(done.Aside), Into: museum, Schema: apptest.Schema(t), Now: now}
	if _, err := backup.Restore(t.Context(), aside); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a manifest: %v", err)
	}
	aside.WithoutManifest = true
	if _, err := backup.Restore(t.Context(), aside); err != nil {
		t.Fatal(err)
	}
	if got := users(t, museum); len(got) != 2 {
		t.Errorf("back again: %v", got)
	}
	if got := users(t, done.Aside); len(got) != 2 { // within the same second
		t.Errorf("what was set aside first: %v", got)
	}
}

// leaveLog closes the museum and restores its files, as if it had been killed.
func leaveLog(t *testing.T, museum *store.Store) {
	t.Helper()
	before := map[string][]byte{}
	for _, ending := range []string{"", "-wal", "-shm"} {
		content, err := os.ReadFile(museum.Path() + ending)
		if err != nil {
			t.Fatal(err)
		}
		before[museum.Path()+ending] = content
	}
	if len(before[museum.Path()+"-wal"]) == 0 {
		t.Fatal("the log is empty")
	}
	if err := museum.Close(); err != nil {
		t.Fatal(err)
	}
	for path, content := range before {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADamagedMuseumIsSetAsideAsItIs(t *testing.T) {
	p := newPlace(t)
	made := p.run(t, backup.Keep{Newest: 5})
	museum := p.store.Path()
	if err := p.store.Close(); err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string]string{museum: "ruined", museum + "-wal": "also ruined"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done, err := p.restore(t, made.Name, museum)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{done.Aside: "ruined", done.Aside + "-wal": "also ruined"} {
		if got, err := os.ReadFile(path); string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if _, err := store.CheckFile(t.Context(), museum, apptest.Schema(t)); err != nil {
		t.Errorf("what was put back: %v", err)
	}
}

func TestRestoreRefusesWhatIsNotRight(t *testing.T) {
	p := newPlace(t)
	p.addUser(t, "ann@example.com")
	made := p.run(t, backup.Keep{Newest: 5})
	whole, err := os.ReadFile(filepath.Join(p.to.Path, made.Name))
	if err != nil {
		t.Fatal(err)
	}
	manifestName := strings.TrimSuffix(made.Name, ".db") + ".json"
	manifest, err := os.ReadFile(filepath.Join(p.to.Path, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 1
	newer := change(t, whole, "pragma user_version = 99")
	foreign := change(t, whole, "pragma application_id = 7")
	into := filepath.Join(t.TempDir(), "museum.db")
	if err := os.WriteFile(into, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		about              string
		database, manifest []byte
		noManifest         bool
		want               error
	}{
		{"a truncated backup", whole[:len(whole)/2], manifest, false, backup.ErrManifest},
		{"an empty backup", nil, manifest, false, backup.ErrManifest},
		{"a changed byte", changed, manifest, false, backup.ErrManifest},
		{"a manifest of another file", whole, bytes.ReplaceAll(manifest, []byte("museum-2"), []byte("museum-1")), false, backup.ErrManifest},
		{"a manifest of later days", whole, bytes.ReplaceAll(manifest, []byte("backup/1"), []byte("backup/2")), false, backup.ErrManifest},
		{"a manifest with other figures", whole, bytes.ReplaceAll(manifest, []byte(`"users": 1`), []byte(`"users": 2`)), false, backup.ErrManifest},
		{"half a manifest", whole, manifest[:len(manifest)/2], false, backup.ErrManifest},
		{"no manifest", whole, nil, false, fs.ErrNotExist},
		{"a newer one", newer, nil, true, store.ErrNewer},
		{"another program's", foreign, nil, true, store.ErrNotMuseum},
		{"half a database without a manifest", whole[:len(whole)/2], nil, true, store.ErrDamaged},
		{"a text", []byte(strings.Repeat("no database ", 1000)), nil, true, store.ErrNotMuseum},
	} {
		folder := backup.Folder{Path: t.TempDir()}
		for name, content := range map[string][]byte{made.Name: test.database, manifestName: test.manifest} {
			if name == manifestName && content == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(folder.Path, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := backup.Restore(t.Context(), backup.RestoreOptions{From: folder, Name: made.Name, Into: into, WithoutManifest: test.noManifest, Schema: apptest.Schema(t), Now: time.Now()})
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.about, err, test.want)
		}
		if got := apptest.FileNames(t, filepath.Dir(into)); !slices.Equal(got, []string{"museum.db", "museum.db.lock"}) {
			t.Errorf("%s: the folder has %v", test.about, got)
		}
		if got, err := os.ReadFile(into); !bytes.Equal(got, whole) {
			t.Errorf("%s: the museum was changed, %v", test.about, err)
		}
	}
}

// change returns a database after a statement.
func change(t *testing.T, database []byte, query string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "changed.db")
	if err := os.WriteFile(path, database, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err == nil {
		_, err = db.Exec("pragma journal_mode = delete; " + query)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	changed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func TestNewestNamesNoneWhereSeveralMuseumsAre(t *testing.T) {
	p, other := newPlace(t), newPlace(t)
	if _, err := backup.Newest(t.Context(), p.to, time.Time{}, time.Now()); err == nil {
		t.Error("an empty folder has a newest backup")
	}
	p.run(t, backup.Keep{Newest: 5})
	second := p.run(t, backup.Keep{Newest: 5})
	if got, err := backup.Newest(t.Context(), p.to, time.Time{}, p.clock.Now()); got.Name != second.Name {
		t.Errorf("the newest is %q, %v; want %q", got, err, second.Name)
	}
	other.to = p.to
	third := other.run(t, backup.Keep{Newest: 5})
	_, err := backup.Newest(t.Context(), p.to, time.Time{}, p.clock.Now())
	if err == nil || !strings.Contains(err.Error(), second.Name) || !strings.Contains(err.Error(), third.Name) {
		t.Errorf("the newest of two museums: %v", err)
	}
}
