package replica_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// once adds a user and calls SendOnce while the museum is closed.
func (m *museum) once(t *testing.T, email string) error {
	t.Helper()
	if email != "" {
		m.admit(t, email)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := replica.SendOnce(t.Context(), m.options)
	m.Store = apptest.OpenStore(t, filepath.Dir(m.Path()), nil)
	return err
}

// wantUsers checks that the replica can be restored and has the given number of users.
func (m museum) wantUsers(t *testing.T, want int64) {
	t.Helper()
	if users, err := m.restored(t, time.Time{}); err != nil || users != want {
		t.Errorf("the replica has %d users, %v; want %d", users, err, want)
	}
}

// copyTo copies the museum's database to another folder, and with local also Litestream's files next to it.
func (m museum) copyTo(t *testing.T, local bool) museum {
	t.Helper()
	folder := t.TempDir()
	from := filepath.Dir(m.Path())
	names := []string{"secret.key"}
	if local {
		names = append(names, "museum.db", ".museum.db-litestream", "museum.db.replica.json", "museum.db-wal")
	} else if _, err := m.Copy(t.Context(), filepath.Join(folder, "museum.db"), nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		err := filepath.WalkDir(filepath.Join(from, name), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			rel, _ := filepath.Rel(from, path)
			return errors.Join(err, os.MkdirAll(filepath.Dir(filepath.Join(folder, rel)), 0o700), os.WriteFile(filepath.Join(folder, rel), content, 0o600))
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	s := apptest.OpenStore(t, folder, nil)
	options := m.options
	options.Database = s.Path()
	return museum{s, options}
}

// empty deletes everything at a place.
func empty(t *testing.T, m museum) {
	t.Helper()
	if err := replica.Empty(t.Context(), m.options.URL, m.options.Keys); err != nil {
		t.Fatal(err)
	}
}

// TestReplicaMoves replicates one museum to places that lack what was sent elsewhere: an emptied one, a new one, and
// the first one again, which is behind by then.
func TestReplicaMoves(t *testing.T) {
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			m := newMuseum(t, url)
			users := int64(0)
			send := func() {
				t.Helper()
				for range 2 {
					users++
					if err := m.once(t, fmt.Sprintf("user%d@example.com", users)); err != nil {
						t.Fatal(err)
					}
					m.wantUsers(t, users)
				}
			}
			send()
			empty(t, m)
			send()
			m.options.URL = strings.Replace(url, filepath.Base(strings.Split(url, "?")[0]), "second", 1)
			send()
			m.options.URL = url
			send()
		})
	}
}

// TestReplicaAfterAPowerCut has Litestream files that are empty, truncated, changed or missing, locally and at the
// place.
func TestReplicaAfterAPowerCut(t *testing.T) {
	empty := func(path string) error { return os.Truncate(path, 0) }
	cut := func(path string) error { return os.Truncate(path, 150) }
	change := func(path string) error {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		content[len(content)/2] ^= 1
		return os.WriteFile(path, content, 0o600)
	}
	for name, test := range map[string]struct {
		do    func(path string) error
		there bool // at the place
	}{
		"empty": {do: empty}, "cut": {do: cut}, "changed": {do: change}, "gone": {do: os.Remove},
		"empty at the place": {empty, true}, "gone at the place": {os.Remove, true}, "cut at the place": {cut, true},
	} {
		for _, which := range []string{"first", "last"} {
			t.Run(name+" "+which, func(t *testing.T) {
				place := filepath.Join(t.TempDir(), "replica")
				m := newMuseum(t, "file://"+filepath.ToSlash(place))
				for i := range 3 {
					if err := m.once(t, fmt.Sprintf("user%d@example.com", i)); err != nil {
						t.Fatal(err)
					}
				}
				pattern := filepath.Join(filepath.Dir(m.Path()), ".museum.db-litestream", "ltx", "0", "*.ltx")
				if test.there {
					pattern = filepath.Join(place, "ltx", "0", "*.ltx")
				}
				files, err := filepath.Glob(pattern)
				if err != nil || len(files) == 0 {
					t.Fatal(pattern, err)
				}
				victim := files[0]
				if which == "last" {
					victim = files[len(files)-1]
				}
				if err := test.do(victim); err != nil {
					t.Fatal(err)
				}
				for i := range 2 {
					if err := m.once(t, fmt.Sprintf("later%d@example.com", i)); err != nil {
						t.Fatal(err)
					}
					m.wantUsers(t, int64(4+i))
				}
			})
		}
	}
}

// TestAServedReplicaBeginsAnew empties the place while a process replicates.
func TestAServedReplicaBeginsAnew(t *testing.T) {
	defer replica.SetOwnerEvery(50 * time.Millisecond)()
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			m := newMuseum(t, url)
			m.admit(t, "ann@example.com")
			running, stop := m.start(t)
			m.waitForUsers(t, 1)
			empty(t, m)
			m.waitForUsers(t, 1)
			m.admit(t, "bob@example.com")
			m.waitForUsers(t, 2)
			waitFor(t, "the status is well", func() bool { return running.Status().Fine() })
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAnotherMuseumsPlaceIsLeftAlone has two museums with the same address, as after copying a .env file.
func TestAnotherMuseumsPlaceIsLeftAlone(t *testing.T) {
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			first, second := newMuseum(t, url), newMuseum(t, url)
			if err := first.once(t, "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			second.admit(t, "eve@example.com")
			for range 2 {
				err := second.once(t, fmt.Sprintf("eve%d@example.com", time.Now().UnixNano()))
				if _, ok := errors.AsType[*replica.PlaceError](err); !ok || !strings.Contains(err.Error(), "belongs to another museum") {
					t.Errorf("the second museum gets %v", err)
				}
			}
			second.options.TakeOver = true
			if err := second.once(t, ""); err == nil {
				t.Error("it takes the place of another museum over")
			}
			running, stop := second.start(t)
			waitFor(t, "its status says why", func() bool {
				s := running.Status()
				return s.State == replica.Failing && strings.Contains(s.LastError, "another museum") && s.Advice != ""
			})
			if err := stop(); err != nil {
				t.Error(err)
			}
			first.wantUsers(t, 1)
			if err := first.once(t, "bob@example.com"); err != nil {
				t.Error(err)
			}
			first.wantUsers(t, 2)
			empty(t, first)
			second.options.TakeOver = false
			second.Store = apptest.OpenStore(t, filepath.Dir(second.Path()), nil)
			if err := second.once(t, "zoe@example.com"); err != nil {
				t.Errorf("the place was emptied, and the second museum gets %v", err)
			}
		})
	}
}

// TestTwoCopiesOfOneMuseum restores a museum on a new computer while the old one still exists. The new one writes,
// and the old one says why it does not.
func TestTwoCopiesOfOneMuseum(t *testing.T) {
	for _, local := range []bool{false, true} { // restored from a backup, or copied with the whole folder
		for name, url := range places(t) {
			t.Run(fmt.Sprint(name, " ", local), func(t *testing.T) {
				old := newMuseum(t, url)
				if err := old.once(t, "ann@example.com"); err != nil {
					t.Fatal(err)
				}
				fresh := old.copyTo(t, local)
				if err := fresh.once(t, "bob@example.com"); err != nil {
					t.Fatalf("on the new computer: %v", err)
				}
				fresh.wantUsers(t, 2)
				for range 2 {
					if err := old.once(t, ""); err == nil || !strings.Contains(err.Error(), "another copy of this museum") || !strings.Contains(err.Error(), "--take-over") {
						t.Errorf("the old computer gets %v", err)
					}
				}
				fresh.wantUsers(t, 2)
				old.options.TakeOver = true
				if err := old.once(t, "eve@example.com"); err != nil {
					t.Errorf("taking over: %v", err)
				}
				old.options.TakeOver = false
				if err := old.once(t, "zoe@example.com"); err != nil {
					t.Errorf("after taking over: %v", err)
				}
				old.wantUsers(t, 3)
			})
		}
	}
}

// TestTheOldCopyNotices has the old computer still serve when the new one starts.
func TestTheOldCopyNotices(t *testing.T) {
	defer replica.SetOwnerEvery(50 * time.Millisecond)()
	m := newMuseum(t, "file://"+filepath.ToSlash(filepath.Join(t.TempDir(), "replica")))
	m.admit(t, "ann@example.com")
	running, stop := m.start(t)
	m.waitForUsers(t, 1)
	fresh := m.copyTo(t, false)
	fresh.admit(t, "bob@example.com")
	replicaOfFresh, stopFresh := fresh.start(t)
	waitFor(t, "the old one says that it was taken over", func() bool {
		return running.Status().State == replica.Failing && strings.Contains(running.Status().LastError, "another copy of this museum")
	})
	m.admit(t, "eve@example.com")
	fresh.admit(t, "cem@example.com")
	fresh.waitForUsers(t, 3)

	// The old copy takes over on request, while it is open.
	m.options.TakeOver = true
	if _, err := replica.SendOnce(t.Context(), m.options); !errors.Is(err, store.ErrLocked) {
		t.Errorf("beside the process that serves: %v", err)
	}
	waitFor(t, "the old one writes again", func() bool { return running.Status().State == replica.Streaming })
	waitFor(t, "the new one says that it was taken over", func() bool { return replicaOfFresh.Status().State == replica.Failing })
	m.waitForUsers(t, 2)
	if err := errors.Join(stop(), stopFresh()); err != nil {
		t.Error(err)
	}
	m.wantUsers(t, 2)
}

// TestTheOldCopyHasNotNoticed has the old computer keep writing for a while after it lost the place, under the names
// of the new one's files.
func TestTheOldCopyHasNotNoticed(t *testing.T) {
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			m := newMuseum(t, url)
			m.admit(t, "ann@example.com")
			running, stop := m.start(t)
			m.waitForUsers(t, 1)
			fresh := m.copyTo(t, false)
			fresh.admit(t, "cem@example.com")
			if err := fresh.once(t, "bob@example.com"); err != nil {
				t.Fatal(err)
			}
			fresh.wantUsers(t, 3)
			for i := range 3 {
				m.admit(t, fmt.Sprintf("eve%d@example.com", i))
				since := time.Now()
				waitFor(t, "the old one has sent it", func() bool { s := running.Status(); return s.BehindSince.IsZero() && s.LastSuccess.After(since) })
			}
			if err := stop(); err != nil {
				t.Fatal(err)
			}
			if err := fresh.once(t, ""); err != nil {
				t.Fatal(err)
			}
			fresh.wantUsers(t, 3)
			if err := fresh.once(t, "zoe@example.com"); err != nil {
				t.Fatal(err)
			}
			fresh.wantUsers(t, 4)
		})
	}
}

// TestReplicaAfterASetBack replaces the database by an older state, on the same computer.
func TestReplicaAfterASetBack(t *testing.T) {
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			m := newMuseum(t, url)
			if err := m.once(t, "ann@example.com"); err != nil {
				t.Fatal(err)
			}
			older := backup.Folder{Path: t.TempDir()}
			made, err := backup.Run(t.Context(), backup.Options{Store: m.Store, To: older, Keep: backup.Keep{Newest: 1}})
			if err != nil {
				t.Fatal(err)
			}
			for i := range 3 {
				if err := m.once(t, fmt.Sprintf("bob%d@example.com", i)); err != nil {
					t.Fatal(err)
				}
			}
			m.wantUsers(t, 4)
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := backup.Restore(t.Context(), backup.RestoreOptions{From: older, Name: made.Name, Into: m.options.Database, Schema: apptest.Schema(t), Now: time.Now()}); err != nil {
				t.Fatal(err)
			}
			m.Store = apptest.OpenStore(t, filepath.Dir(m.options.Database), nil)
			if err := m.once(t, ""); err != nil {
				t.Fatal(err)
			}
			m.wantUsers(t, 1)
			if err := m.once(t, "cem@example.com"); err != nil {
				t.Fatal(err)
			}
			m.wantUsers(t, 2)
		})
	}
}
