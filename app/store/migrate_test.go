package store_test

import (
	"fmt"
	"os"
	"path/filepath"
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

	defer store.SetSteps([2]string{"adds colours", `alter table tiles add column colour text not null default 'red'`},
		[2]string{"adds schools", `create table schools (id integer primary key)`})()
	s = apptest.OpenStore(t, folder, nil)
	if pending, err := s.Pending(t.Context()); err != nil || fmt.Sprint(pending) != "[version 2: adds colours version 3: adds schools]" {
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
