package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// schools is a table that the real schema lacks.
const schools = "create table schools (\n\tid integer primary key\n);\n"

// openAs opens the museum in a folder with another schema.sql.
func openAs(t *testing.T, folder, schema string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "museum.db"), Schema: schema, Secret: make(app.Secret, app.SecretSize)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// databaseOf returns a database of version 1 with some rows.
func databaseOf(t *testing.T, folder, schema string, more ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, "museum.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, text := range append([]string{schema, "pragma application_id = 1296921971", "pragma user_version = 1"}, more...) {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
}

func firstSchema(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/schema-1.sql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheTextOfTheSchemaIsRead compares the parsed text of schema.sql with what SQLite makes of it.
func TestTheTextOfTheSchemaIsRead(t *testing.T) {
	got, want, err := apptest.OpenStore(t, t.TempDir(), nil).Shape(t.Context())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the text is read as\n%v\nand SQLite makes\n%v, %v", got, want, err)
	}
}

// TestOtherTablesAreRefused opens databases of the right version that lack what the program needs.
func TestOtherTablesAreRefused(t *testing.T) {
	for change, want := range map[string]string{
		"drop table tile_versions":                                                         "table tile_versions is missing",
		"drop index tiles_user_id_concept_type":                                            "unique index tiles_user_id_concept_type is missing",
		"alter table users rename column revision to rev":                                  "table users has no column revision; table users has an unknown column rev",
		"alter table users add column colour text not null default 'red'":                  "table users has an unknown column colour",
		"drop index sessions_user_id; create index sessions_user_id on sessions (address)": "index sessions_user_id is on (address) instead of (user_id)",
	} {
		folder := t.TempDir()
		s := apptest.OpenStore(t, folder, nil)
		s.Close()
		db, err := sql.Open("sqlite", s.Path())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
		db.Close()
		if _, err := open(t, s.Path()); !errors.Is(err, store.ErrSchema) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", change, err, want)
		}
		if _, err := store.CheckFile(t.Context(), s.Path(), apptest.Schema(t)); !errors.Is(err, store.ErrSchema) {
			t.Errorf("%s: as a copy: %v", change, err)
		}
	}
}

// TestAForeignVersionOneIsNotMigrated opens a database with the same version number from before the first release.
func TestAForeignVersionOneIsNotMigrated(t *testing.T) {
	folder := t.TempDir()
	databaseOf(t, folder, strings.Replace(firstSchema(t), "item_versions ", "items ", 1))
	s := apptest.OpenStore(t, folder, nil)
	if _, err := s.Migrate(t.Context()); !errors.Is(err, store.ErrSchema) {
		t.Errorf("migrating gives %v", err)
	}
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) == 0 {
		t.Errorf("afterwards pending: %v, %v", pending, err)
	}
}

// TestEachMuseumHasAnIDOfItsOwn checks that the id survives a migration and a copy.
func TestEachMuseumHasAnIDOfItsOwn(t *testing.T) {
	ids := map[string]bool{}
	for range 2 {
		s := apptest.OpenStore(t, t.TempDir(), nil)
		id, err := store.MuseumID(t.Context(), s.Path())
		if err != nil || len(id) < 16 {
			t.Fatalf("the id is %q, %v", id, err)
		}
		ids[id] = true
		measured, err := s.Measure(t.Context())
		if err != nil || measured.Museum != id {
			t.Errorf("measured: %q, %v; want %q", measured.Museum, err, id)
		}
	}
	for range 2 { // two copies of one older museum are the same museum
		folder := t.TempDir()
		databaseOf(t, folder, firstSchema(t), `insert into users (email, mailbox, date_joined) values ('ann@example.com', 'ann@example.com', 5)`)
		s := apptest.OpenStore(t, folder, nil)
		if id, err := store.MuseumID(t.Context(), s.Path()); err != nil || id != "" {
			t.Errorf("before migrating: %q, %v", id, err)
		}
		if _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		id, err := store.MuseumID(t.Context(), s.Path())
		if err != nil {
			t.Fatal(err)
		}
		ids[id] = true
	}
	if len(ids) != 3 {
		t.Errorf("two museums and two copies of a third have the ids %v", ids)
	}
}

func TestMigrate(t *testing.T) {
	folder := t.TempDir()
	s := apptest.OpenStore(t, folder, nil)
	signIn(t, s, ann)
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) != 0 {
		t.Fatalf("a new database: %v, %v", pending, err)
	}
	s.Close()

	now := store.NewestVersion()
	defer store.SetSteps([2]string{"adds colours", `alter table tiles add column colour text not null default 'red'`},
		[2]string{"adds schools", schools})()
	s = openAs(t, folder, strings.Replace(apptest.Schema(t), "create table tiles (", "create table tiles (\n\tcolour text,", 1)+schools)
	want := fmt.Sprintf("[version %d: adds colours version %d: adds schools]", now+1, now+2)
	if pending, err := s.Pending(t.Context()); err != nil || fmt.Sprint(pending) != want {
		t.Fatalf("pending: %q, %v", pending, err)
	}
	snapshot, err := s.Migrate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Migrate(t.Context()); err != nil || again != "" {
		t.Errorf("a second time: %q, %v", again, err)
	}
	if _, err := s.FindUser(t.Context(), ann); err != nil {
		t.Errorf("after migrating: %v", err)
	}
	old, err := open(t, snapshot)
	if err != nil {
		t.Fatalf("open the copy: %v", err)
	}
	if _, err := old.FindUser(t.Context(), ann); err != nil {
		t.Errorf("in the copy: %v", err)
	}
	if pending, _ := old.Pending(t.Context()); len(pending) != 2 {
		t.Errorf("the copy is not of the older version: %v", pending)
	}
}

func TestAFailedMigrationChangesNothing(t *testing.T) {
	folder := t.TempDir()
	apptest.OpenStore(t, folder, nil).Close()
	defer store.SetSteps([2]string{"works", schools}, [2]string{"does not", `create table`})()
	s := apptest.OpenStore(t, folder, nil)
	if _, err := s.Migrate(t.Context()); err == nil {
		t.Fatal("a broken step is taken")
	}
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) != 2 {
		t.Errorf("pending after the failure: %v, %v", pending, err)
	}
	if left := copies(t, folder); len(left) > 0 { // a service that restarts every two seconds would fill the disk
		t.Errorf("it left %v", left)
	}
}

// copies returns the copies that migrations have made next to the database.
func copies(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*before-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSeveralMigrateAtOnce starts programs together: one migrates, and the others find it done.
func TestSeveralMigrateAtOnce(t *testing.T) {
	folder := t.TempDir()
	apptest.OpenStore(t, folder, nil).Close()
	defer store.SetSteps([2]string{"adds schools", schools})()
	if err := os.WriteFile(filepath.Join(folder, "museum.db.before-migration.part"), []byte("left by one that was killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		s := openAs(t, folder, apptest.Schema(t)+schools)
		group.Go(func() {
			if _, err := s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if made := copies(t, folder); len(made) != 1 || strings.HasSuffix(made[0], ".part") {
		t.Errorf("the copies are %v, want one", made)
	}
}

// openVersion1 creates a database with the schema of version 1 and opens it.
func openVersion1(t *testing.T, folder, more string) *store.Store {
	t.Helper()
	schema, err := os.ReadFile("testdata/schema-1.sql")
	if err != nil {
		t.Fatal(err)
	}
	apptest.OpenStore(t, folder, nil).Close() // for the key and the header
	path := filepath.Join(folder, "museum.db")
	var id int
	exec(t, path, func(db *sql.DB) error { return db.QueryRow("pragma application_id").Scan(&id) })
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	exec(t, path, func(db *sql.DB) error {
		_, err := db.Exec(string(schema) + more + fmt.Sprintf("; pragma application_id = %d; pragma user_version = 1; pragma journal_mode = wal", id))
		return err
	})
	return apptest.OpenStore(t, folder, nil)
}

func exec(t *testing.T, path string, do func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := do(db); err != nil {
		t.Fatal(err)
	}
}

// shape describes a database: each column of each table with its type, not null, default and place in the key, and each index.
func shape(t *testing.T, path string) (lines []string) {
	t.Helper()
	exec(t, path, func(db *sql.DB) error {
		rows, err := db.Query(`
			select 'table ' || m.name || '.' || c.name || ' ' || c.type || ' notnull ' || c."notnull" || ' default ' || coalesce(c.dflt_value, 'null') || ' key ' || c.pk
				|| ' rowid ' || (select not wr from pragma_table_list(m.name) where schema = 'main')
				from sqlite_schema m, pragma_table_xinfo(m.name) c where m.type = 'table'
			union all
			select 'index ' || i.name || ' on ' || m.name || ' unique ' || i."unique" || ' ' || i.origin || ' partial ' || i.partial || ' ' || c.seqno || ' ' || coalesce(c.name, 'rowid') || ' ' || c."desc"
				|| ' ' || coalesce(lower(substr(x.sql, instr(lower(x.sql), ' where '))), '')
				from sqlite_schema m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) c, sqlite_schema x
				where m.type = 'table' and x.name = i.name and c.key
			union all
			select 'foreign key ' || m.name || '.' || f."from" || ' ' || f."table" || '.' || f."to" || ' ' || f.on_delete || ' ' || f.on_update
				from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table'
			order by 1`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return err
			}
			lines = append(lines, line)
		}
		return rows.Err()
	})
	return lines
}

// TestMigratedDatabaseIsLikeAFreshOne migrates a database from version 1 and compares it with a new one.
func TestMigratedDatabaseIsLikeAFreshOne(t *testing.T) {
	fresh := apptest.OpenStore(t, t.TempDir(), nil)
	migrated := openVersion1(t, t.TempDir(), `
		insert into codes (email, purpose, mailbox, hash, browser, created_at, expires_at, tries_here, tries_away)
			values ('ann@example.com', 'sign-in', 'Ann@example.com', zeroblob(32), zeroblob(32), 1, 2, 3, 4);
		insert into throttles (name, count, expires_at) values ('codes for ann@example.com', 1, 2);`)
	if _, err := migrated.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	want, got := shape(t, fresh.Path()), shape(t, migrated.Path())
	if len(want) < 100 {
		t.Fatalf("only %d lines describe a database", len(want))
	}
	if !slices.Equal(got, want) {
		for _, line := range got {
			if !slices.Contains(want, line) {
				t.Errorf("only in the migrated one: %s", line)
			}
		}
		for _, line := range want {
			if !slices.Contains(got, line) {
				t.Errorf("only in the fresh one: %s", line)
			}
		}
	}
	exec(t, migrated.Path(), func(db *sql.DB) error {
		var mailbox string
		var here, away int
		err := db.QueryRow(`select mailbox, tries_here, tries_away from codes where email = 'ann@example.com' and issued = 0`).Scan(&mailbox, &here, &away)
		if err == nil && (mailbox != "Ann@example.com" || here != 3 || away != 4) {
			t.Errorf("the open code is %s with %d and %d tries", mailbox, here, away)
		}
		return err
	})
}

// TestMigrationWritesAddressesInOneForm migrates accounts from the time when addresses were lower-cased by all of
// Unicode.
func TestMigrationWritesAddressesInOneForm(t *testing.T) {
	s := openVersion1(t, t.TempDir(), "; insert into users (email, mailbox, date_joined) values"+
		"('ann@example.com', 'Ann@example.com', 1), ('pia@b\u00fccher.example', 'Pia@b\u00fccher.example', 1), ('kate@example.com', '\u212aate@example.com', 1),"+
		"('\u00e4rzte@example.com', '\u00c4rzte@example.com', 1), ('bob@b\u00fccher.example', 'bob@b\u00fccher.example', 1), ('bob@xn--bcher-kva.example', 'bob@xn--bcher-kva.example', 1);")
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got []string
	exec(t, s.Path(), func(db *sql.DB) error {
		return db.QueryRow(`select group_concat(email || ' ' || mailbox) from (select * from users order by id)`).Scan(asList{&got})
	})
	want := []string{"ann@example.com Ann@example.com", "pia@xn--bcher-kva.example Pia@xn--bcher-kva.example", "kate@example.com kate@example.com",
		"\u00e4rzte@example.com \u00e4rzte@example.com", "bob@b\u00fccher.example bob@b\u00fccher.example", "bob@xn--bcher-kva.example bob@xn--bcher-kva.example"}
	if !slices.Equal(got, want) {
		t.Errorf("the accounts are\n%q, want\n%q", got, want)
	}
}

// asList scans texts joined by commas.
type asList struct{ to *[]string }

func (l asList) Scan(text any) error {
	*l.to = strings.Split(text.(string), ",")
	return nil
}

// TestMigrationDropsTheListOfFamilies checks that a migrated database takes any family, with all its works and their
// versions as before, on the migrating connection and on a new one.
func TestMigrationDropsTheListOfFamilies(t *testing.T) {
	s := openVersion1(t, t.TempDir(), `
		insert into users (id, email, mailbox, date_joined) values (1, 'ann@example.com', 'ann@example.com', 1);
		insert into tiles (id, user_id, concept_type, created_at, updated_at, last_synced) values (7, 1, 'linear', 1, 1, 1);`)
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	tiles, err := s.ListTiles(t.Context(), 1)
	if err != nil || len(tiles) != 1 || tiles[0].ConceptType != "linear" {
		t.Fatalf("tiles after the migration: %+v, %v", tiles, err)
	}
	exec(t, s.Path(), func(db *sql.DB) error {
		if _, err := db.Exec(`insert into tiles (user_id, concept_type, created_at, updated_at, last_synced) values (1, 'step', 1, 1, 1)`); err != nil {
			return err
		}
		var checked string
		if err := db.QueryRow("pragma integrity_check").Scan(&checked); err != nil || checked != "ok" {
			t.Errorf("integrity check: %s, %v", checked, err)
		}
		return nil
	})
}
