package backup_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// place is a museum and a folder for its backups.
type place struct {
	store *store.Store
	clock *apptest.Clock
	to    backup.Folder
}

func newPlace(t *testing.T) *place {
	t.Helper()
	clock := &apptest.Clock{}
	return &place{apptest.OpenStore(t, t.TempDir(), clock.Now), clock, backup.Folder{Path: filepath.Join(t.TempDir(), "backups")}}
}

func (p *place) run(t *testing.T, keep backup.Keep) backup.Backup {
	t.Helper()
	made, err := backup.Run(t.Context(), backup.Options{Store: p.store, To: p.to, Program: "test", Keep: keep})
	if err != nil {
		t.Fatal(err)
	}
	p.clock.Advance(time.Second)
	return made
}

// addUser changes the museum by adding a user.
func (p *place) addUser(t *testing.T, email string) {
	t.Helper()
	if _, _, err := p.store.SaveSuperuser(t.Context(), app.Address{Email: email, Mailbox: email}, ""); err != nil {
		t.Fatal(err)
	}
}

// users returns the addresses in a database.
func users(t *testing.T, path string) (emails []string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("select email from users order by email")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var email string
		if err := rows.Scan(&email); err != nil {
			t.Fatal(err)
		}
		emails = append(emails, email)
	}
	return emails
}

func TestABackupSaysWhatIsInIt(t *testing.T) {
	p := newPlace(t)
	p.addUser(t, "ann@example.com")
	made := p.run(t, backup.Keep{Newest: 5})
	m := made.Manifest
	if m.Rows["users"] != 1 || m.Rows["tiles"] != 0 || m.SchemaVersion < 2 || m.Program != "test" || m.File != made.Name {
		t.Errorf("the manifest is %+v", m)
	}
	info, err := os.Stat(filepath.Join(p.to.Path, made.Name))
	if err != nil || info.Size() != m.Size || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if got := apptest.FileNames(t, p.to.Path); len(got) != 2 {
		t.Errorf("the folder has %v", got)
	}
}

func TestRotationLeavesWhatIsNotItsOwn(t *testing.T) {
	p := newPlace(t)
	if err := os.MkdirAll(p.to.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	other := newPlace(t)
	other.to = p.to
	kept := []string{other.run(t, backup.Keep{Newest: 1}).Name, "notes.txt", "museum.db", "museum-20200101T000000Z.db", "museum-20200101T000000Z-zzzzzzzz.db"}
	first := p.run(t, backup.Keep{Newest: 1}).Name
	mark := first[len(first)-len("1a2b3c4d.db"):]
	withoutManifest := "museum-20200101T000000Z-" + mark // put there by somebody else: ours would have a manifest
	kept = append(kept, withoutManifest)
	for _, name := range kept[1:] {
		if err := os.WriteFile(filepath.Join(p.to.Path, name), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	orphan := strings.TrimSuffix("museum-20200102T000000Z-"+mark, ".db") + ".json"
	half := ".museum-20200102T000000Z-" + mark + ".part"
	for _, name := range []string{orphan, half} {
		if err := os.WriteFile(filepath.Join(p.to.Path, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	second := p.run(t, backup.Keep{Newest: 1})
	if !slices.Equal(second.Deleted, []string{first}) {
		t.Errorf("deleted %v, want %v", second.Deleted, first)
	}
	got := apptest.FileNames(t, p.to.Path)
	for _, name := range append(kept, second.Name) {
		if !slices.Contains(got, name) {
			t.Errorf("%s is gone", name)
		}
	}
	for _, name := range []string{first, orphan, half} {
		if slices.Contains(got, name) {
			t.Errorf("%s is still there", name)
		}
	}
}

func TestTheBackupJustMadeStaysThoughTheClockWentBack(t *testing.T) {
	p := newPlace(t)
	before := p.run(t, backup.Keep{Newest: 1})
	p.clock.Advance(-time.Hour)
	made := p.run(t, backup.Keep{Newest: 1})
	for _, name := range []string{before.Name, made.Name} {
		if !slices.Contains(apptest.FileNames(t, p.to.Path), name) {
			t.Errorf("%s is gone", name)
		}
	}
}

func TestOneBackupAtATime(t *testing.T) {
	p := newPlace(t)
	lock, err := store.LockTask(p.store.Path(), "backup")
	if err != nil {
		t.Fatal(err)
	}
	options := backup.Options{Store: p.store, To: p.to, Keep: backup.Keep{Newest: 1}}
	if _, err := backup.Run(t.Context(), options); !errors.Is(err, store.ErrLocked) {
		t.Errorf("a second one at once: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Run(t.Context(), options); err != nil {
		t.Errorf("after it: %v", err)
	}
	if _, err := backup.Run(t.Context(), options); err != nil {
		t.Errorf("another within a second: %v", err)
	}
}

// TestADamagedMuseumIsNotBackedUp corrupts an index of the museum: no backup is made, and the older ones stay.
func TestADamagedMuseumIsNotBackedUp(t *testing.T) {
	p := newPlace(t)
	for i := range 50 {
		p.addUser(t, fmt.Sprintf("user%d@example.com", i))
	}
	good := p.run(t, backup.Keep{Newest: 1})
	db, err := sql.Open("sqlite", p.store.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, query := range []string{
		"pragma writable_schema = on",
		"update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'sessions_user_id') where name = 'sqlite_autoindex_users_1'",
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	_, err = backup.Run(t.Context(), backup.Options{Store: p.store, To: p.to, Keep: backup.Keep{Newest: 1}})
	if !errors.Is(err, store.ErrDamaged) {
		t.Fatalf("a damaged museum: %v", err)
	}
	if got := apptest.FileNames(t, p.to.Path); len(got) != 2 || !slices.Contains(got, good.Name) {
		t.Errorf("the folder has %v", got)
	}
}
