package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

func TestMigrate(t *testing.T) {
	folder := t.TempDir()
	s := apptest.OpenStore(t, folder, nil)
	signIn(t, s, ann)
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) != 0 {
		t.Fatalf("a new database: %v, %v", pending, err)
	}
	s.Close()
	newest := store.NewestVersion()

	defer store.SetSteps([2]string{"adds colours", `alter table tiles add column colour text not null default 'red'`},
		[2]string{"adds schools", `create table schools (id integer primary key)`})()
	s = apptest.OpenStore(t, folder, nil)
	if pending, err := s.Pending(t.Context()); err != nil || fmt.Sprint(pending) != fmt.Sprintf("[version %d: adds colours version %d: adds schools]", newest+1, newest+2) {
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
	defer store.SetSteps([2]string{"works", `create table schools (id integer primary key)`}, [2]string{"does not", `create table`})()
	s := apptest.OpenStore(t, folder, nil)
	if _, err := s.Migrate(t.Context()); err == nil {
		t.Fatal("a broken step is taken")
	}
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) != 2 {
		t.Errorf("pending after the failure: %v, %v", pending, err)
	}
	if left := copies(t, folder); len(left) > 0 { // who is started anew every two seconds would fill the disk
		t.Errorf("it left %v", left)
	}
}

// copies are what migrating has laid beside the database.
func copies(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*before-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSeveralMigrateAtOnce has programs that are started together: one does it, and the others find it done.
func TestSeveralMigrateAtOnce(t *testing.T) {
	folder := t.TempDir()
	apptest.OpenStore(t, folder, nil).Close()
	defer store.SetSteps([2]string{"adds schools", `create table schools (id integer primary key)`})()
	if err := os.WriteFile(filepath.Join(folder, "museum.db.before-migration.part"), []byte("left by one that was killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		s := apptest.OpenStore(t, folder, nil)
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

// openVersion1 makes a database by the schema of version 1 and opens it.
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

// TestMigratedDatabaseIsLikeAFreshOne brings a database of version 1 to the newest version and compares it with a new one.
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
