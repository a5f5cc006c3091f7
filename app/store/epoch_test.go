package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// TestShortRunsShareAnEpoch makes each change in a run of its own: the runs share an epoch until the database is set
// back.
func TestShortRunsShareAnEpoch(t *testing.T) {
	folder, files := t.TempDir(), t.TempDir()
	secret, err := store.LoadSecret(folder)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "museum.db")
	run := func(do func(*store.Store)) {
		t.Helper()
		s, err := store.Open(t.Context(), store.Options{Path: path, Schema: apptest.Schema(t), Secret: secret, EpochFiles: files})
		if err != nil {
			t.Fatal(err)
		}
		do(s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var user app.User
	run(func(s *store.Store) {
		user, _, err = s.SaveSuperuser(t.Context(), app.Address{Email: "ann@example.com", Mailbox: "ann@example.com"}, "")
		if err != nil {
			t.Fatal(err)
		}
	})
	change := func() {
		t.Helper()
		run(func(s *store.Store) {
			name := time.Now().Format(time.StampNano)
			kept, err := s.FindOrCreatePreference(t.Context(), user.ID)
			if err == nil {
				_, err = s.UpdatePreference(t.Context(), user.ID, kept.ID, app.PreferenceChange{MuseumName: &name})
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	epochs := func() (count int) {
		t.Helper()
		db, err := sql.Open("sqlite", "file:"+path)
		if err == nil {
			err = db.QueryRow("select count(*) from user_epochs").Scan(&count)
			db.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	change()
	change()
	backup, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change()
	if got := epochs(); got != 1 {
		t.Errorf("three runs began %d epochs", got)
	}
	if err := os.WriteFile(path, backup, 0o600); err != nil {
		t.Fatal(err)
	}
	change()
	if got := epochs(); got != 2 {
		t.Errorf("after a backup was put back there are %d epochs", got)
	}
	change()
	if got := epochs(); got != 2 {
		t.Errorf("then a run began another: %d", got)
	}
}
