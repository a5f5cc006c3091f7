package replica_test

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// museum is a database with a replica.
type museum struct {
	*store.Store
	options replica.Options
}

// keys are those of the S3 server.
var keys = bucket.Keys{ID: apptest.S3KeyID, Secret: apptest.S3Secret}

func newMuseum(t *testing.T, url string) museum {
	t.Helper()
	s := apptest.OpenStore(t, t.TempDir(), nil)
	return museum{s, replica.Options{Database: s.Path(), URL: url, Keys: keys, Log: slog.New(slog.DiscardHandler)}}
}

// admit adds a user.
func (m museum) admit(t *testing.T, email string) {
	t.Helper()
	address, err := app.ParseAddress(email)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.SaveSuperuser(t.Context(), address, ""); err != nil {
		t.Fatal(err)
	}
}

// start replicates until the end of the test or until stop is called.
func (m museum) start(t *testing.T) (running *replica.Replica, stop func() error) {
	t.Helper()
	running, err := replica.Start(m.options)
	if err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop = func() error {
		stopped = true
		return errors.Join(m.Close(), running.Close())
	}
	t.Cleanup(func() {
		if !stopped {
			_ = stop()
		}
	})
	return running, stop
}

// restored returns how many users the replica has, now or at a time.
func (m museum) restored(t *testing.T, at time.Time) (int64, error) {
	t.Helper()
	contents, err := replica.Restore(t.Context(), m.options.URL, m.options.Keys, at, filepath.Join(t.TempDir(), "museum.db"), apptest.Schema(t))
	return contents.Rows["users"], err
}

// waitFor waits until a condition holds.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 3000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("waited in vain: %s", what)
}

func (m museum) waitForUsers(t *testing.T, want int64) {
	t.Helper()
	waitFor(t, "the replica has all users", func() bool {
		got, err := m.restored(t, time.Time{})
		return err == nil && got == want
	})
}

// places returns an address for each kind of place that can be tested.
func places(t *testing.T) map[string]string {
	s3 := apptest.NewS3(t)
	return map[string]string{
		"folder": "file://" + filepath.ToSlash(filepath.Join(t.TempDir(), "replica")),
		"bucket": s3.URL("school/museum", s3.Address),
	}
}

func TestReplicaFollowsTheMuseum(t *testing.T) {
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			m := newMuseum(t, url)
			if _, err := m.restored(t, time.Time{}); !errors.Is(err, replica.ErrNothing) {
				t.Errorf("restoring from nothing gives %v", err)
			}
			m.admit(t, "ann@example.com")
			running, stop := m.start(t)
			m.waitForUsers(t, 1)
			time.Sleep(20 * time.Millisecond) // Litestream stores times in milliseconds
			before := time.Now()
			time.Sleep(20 * time.Millisecond)
			m.admit(t, "bob@example.com")
			m.waitForUsers(t, 2)
			waitFor(t, "the status says that all is there", func() bool {
				s := running.Status()
				return s.State == replica.Streaming && s.BehindSince.IsZero() && !s.LastSuccess.IsZero() && s.Lag(time.Now()) == 0
			})
			if users, err := m.restored(t, before); err != nil || users != 1 {
				t.Errorf("as it was before, the museum has %d users, %v; want 1", users, err)
			}
			if _, err := m.restored(t, before.Add(-time.Hour)); !errors.Is(err, replica.ErrNothing) {
				t.Errorf("an hour before it began there is %v", err)
			}

			m.admit(t, "cem@example.com") // right before the end: it must not be lost
			if err := stop(); err != nil {
				t.Fatal(err)
			}
			if users, err := m.restored(t, time.Time{}); err != nil || users != 3 {
				t.Errorf("after the end the replica has %d users, %v; want 3", users, err)
			}
			if status, err := replica.ReadStatus(m.Path()); err != nil || status.State != replica.Stopped {
				t.Errorf("another process reads %+v, %v; want a stopped replica", status, err)
			}
			m.wantWhole(t, 3)
		})
	}
}

// wantWhole checks that the file alone is the whole museum, without the WAL.
func (m museum) wantWhole(t *testing.T, users int64) {
	t.Helper()
	got, err := store.MeasureFile(t.Context(), m.Path())
	if err != nil || got.Rows["users"] != users {
		t.Errorf("the file alone has %d users, %v; want %d", got.Rows["users"], err, users)
	}
}

// The replica continues without sending the whole museum again.
func TestReplicaGoesOnAfterARestart(t *testing.T) {
	folder := t.TempDir()
	m := newMuseum(t, "file://"+filepath.ToSlash(folder))
	_, stop := m.start(t)
	m.waitForUsers(t, 0)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	m.Store = apptest.OpenStore(t, filepath.Dir(m.Path()), nil)
	m.admit(t, "ann@example.com")
	_, stop = m.start(t)
	m.waitForUsers(t, 1)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "ltx", "0", "*.ltx"))
	if err != nil || len(files) < 2 {
		t.Fatalf("the replica has %v, %v", files, err)
	}
	first, last := size(t, files[0]), size(t, files[len(files)-1])
	if last > first/2 {
		t.Errorf("for one user %d bytes were sent; the whole museum is %d", last, first)
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestReplicaWaitsForItsPlace(t *testing.T) {
	s3 := apptest.NewS3(t)
	link := apptest.NewLink(t, s3.Address)
	link.Cut()
	m := newMuseum(t, s3.URL("museum", link.Address))
	running, stop := m.start(t)
	m.admit(t, "ann@example.com")
	waitFor(t, "the status says that it fails", func() bool { return running.Status().State == replica.Failing })
	if status := running.Status(); status.LastError == "" || status.Fine() || strings.Contains(status.LastError, apptest.S3Secret) {
		t.Errorf("got status %+v", status)
	}
	link.Mend()
	m.waitForUsers(t, 1)
	waitFor(t, "the status says that it is well again", func() bool { return running.Status().Fine() })
	link.Cut()
	m.admit(t, "bob@example.com")
	waitFor(t, "the status says that it lags", func() bool { return running.Status().Lag(time.Now()) > 0 && !running.Status().Fine() })
	link.Mend()
	m.waitForUsers(t, 2)
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// Closing keeps its time limit, and reports that edits are missing.
func TestReplicaClosesWithoutItsPlace(t *testing.T) {
	s3 := apptest.NewS3(t)
	link := apptest.NewLink(t, s3.Address)
	m := newMuseum(t, s3.URL("museum", link.Address))
	_, stop := m.start(t)
	m.waitForUsers(t, 0)
	link.Cut()
	m.admit(t, "ann@example.com")
	if err := stop(); err == nil || !strings.Contains(err.Error(), "they will be when the museum opens again") {
		t.Errorf("closing without the replica gives %v", err)
	}
	m.wantWhole(t, 1)
}

func TestSendOnce(t *testing.T) {
	for name, url := range places(t) {
		t.Run(name, func(t *testing.T) {
			m := newMuseum(t, url)
			folder := filepath.Dir(m.Path())
			m.admit(t, "ann@example.com")
			replicate := func(want bool) {
				t.Helper()
				if err := m.Close(); err != nil {
					t.Fatal(err)
				}
				sent, err := replica.SendOnce(t.Context(), m.options)
				if err != nil || sent != want {
					t.Fatalf("it was sent: %v, %v; want %v", sent, err, want)
				}
				m.Store = apptest.OpenStore(t, folder, nil)
			}
			replicate(true)
			if users, err := m.restored(t, time.Time{}); err != nil || users != 1 {
				t.Errorf("the replica has %d users, %v; want 1", users, err)
			}
			if _, err := m.HasSuperuser(t.Context()); err != nil { // reading changes nothing
				t.Fatal(err)
			}
			replicate(false)
			m.admit(t, "bob@example.com")
			replicate(true)
			if users, err := m.restored(t, time.Time{}); err != nil || users != 2 {
				t.Errorf("the replica has %d users, %v; want 2", users, err)
			}
			_, stop := m.start(t)
			waitFor(t, "it is replicated", func() bool { s, _ := replica.ReadStatus(m.Path()); return s.State == replica.Streaming })
			if _, err := replica.SendOnce(t.Context(), m.options); !errors.Is(err, store.ErrLocked) {
				t.Errorf("a second one gives %v", err)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSendOnceChecksTheReplica has a lost replica, and one that cannot be reached, while nothing is written.
func TestSendOnceChecksTheReplica(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "replica")
	m := newMuseum(t, "file://"+filepath.ToSlash(folder))
	m.admit(t, "ann@example.com")
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	for _, state := range []string{"new", "lost"} {
		if sent, err := replica.SendOnce(t.Context(), m.options); err != nil || !sent {
			t.Errorf("%s: it was sent: %v, %v", state, sent, err)
		}
		if users, err := m.restored(t, time.Time{}); err != nil || users != 1 {
			t.Errorf("%s: the replica has %d users, %v; want 1", state, users, err)
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := replica.SendOnce(t.Context(), m.options); err == nil {
		t.Error("a replica at a place that is no folder is up to date")
	}
}

func TestDamagedReplicaIsRefused(t *testing.T) {
	folder := t.TempDir()
	m := newMuseum(t, "file://"+filepath.ToSlash(folder))
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := replica.SendOnce(t.Context(), m.options); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "ltx", "*", "*.ltx"))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		content[len(content)/2] ^= 0xff
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	into := filepath.Join(t.TempDir(), "museum.db")
	if _, err := replica.Restore(t.Context(), m.options.URL, m.options.Keys, time.Time{}, into, apptest.Schema(t)); err == nil || len(files) == 0 {
		t.Errorf("%d damaged files are restored: %v", len(files), err)
	}
	if _, err := os.Stat(into); err == nil {
		t.Errorf("what is damaged was left at its place")
	}
}

func TestReplicaURL(t *testing.T) {
	const hostKey = "ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	root := "/"
	if runtime.GOOS == "windows" {
		root = "/C:/"
	}
	for _, test := range []struct{ url, fault string }{
		{"", ""},
		{"file://" + root + "mnt/stick", ""},
		{"s3://bucket/museum", ""},
		{"s3://bucket/a/b?endpoint=minio.example.com:9000&region=x", ""},
		{"sftp://ann:secret@host:2222/copies?hostkey=" + hostKey, ""},
		{"sftp://ann:secret@host/copies?hostkey=x", "hostkey is no key of a server"},
		{"file://" + root, "three slashes"},
		{"file://mnt/stick", "three slashes"},
		{"/mnt/stick", "a replica cannot be at"},
		{"gs://bucket/museum", "a replica cannot be at"},
		{"s3://bucket", "a name is needed behind the bucket"},
		{"s3://bucket/", "a name is needed behind the bucket"},
		{"s3://key:secret@bucket/museum", "keys are set by themselves"},
		{"s3://bucket/museum?regoin=x", `"regoin" is unknown`},
		{"s3://bucket/museum?endpoint=ftp://x", "no address of an S3 server"},
		{"sftp://host/copies", "user, host and path are needed"},
		{"sftp://ann@host/", "user, host and path are needed"},
		{"sftp://ann@host/copies", "the key file of the user is missing"},
		{"sftp://ann:secret@host/copies", "ssh-keyscan -t ecdsa host shows it"},
		{"sftp://ann@host/copies?key=/none&hostkey=" + hostKey, "the key file cannot be read"},
	} {
		err := replica.CheckURL(test.url)
		if (err == nil) != (test.fault == "") || (err != nil && !strings.Contains(err.Error(), test.fault)) {
			t.Errorf("%s: got %v, want %q", test.url, err, test.fault)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the password is in the error: %v", test.url, err)
		}
	}
	if got := replica.RedactURL("sftp://ann:secret@host/copies"); strings.Contains(got, "secret") {
		t.Errorf("shown as %s", got)
	}
}

// While the place cannot be reached, waiting files do not fill the disk.
func TestReplicaGivesUpWhatWaitsTooLong(t *testing.T) {
	s3 := apptest.NewS3(t)
	link := apptest.NewLink(t, s3.Address)
	m := newMuseum(t, s3.URL("museum", link.Address))
	m.options.Backlog = 20_000
	m.admit(t, "ann@example.com")
	_, stop := m.start(t)
	m.waitForUsers(t, 1)
	link.Cut()
	waiting := filepath.Join(filepath.Dir(m.Path()), ".museum.db-litestream", "ltx", "0")
	users := int64(1)
	waitFor(t, "what waits is given up", func() bool {
		m.admit(t, fmt.Sprintf("student%d@example.com", users))
		users++
		time.Sleep(200 * time.Millisecond)
		_, err := os.Stat(waiting)
		return errors.Is(err, fs.ErrNotExist)
	})
	m.admit(t, "bob@example.com")
	link.Mend()
	m.waitForUsers(t, users+1)
	m.admit(t, "cem@example.com")
	m.waitForUsers(t, users+2)
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// Until the last edit is sent, the database file must not be replaced.
func TestReplicaHoldsItsDatabase(t *testing.T) {
	m := newMuseum(t, "file://"+filepath.ToSlash(t.TempDir()))
	running, err := replica.Start(m.options)
	if err != nil {
		t.Fatal(err)
	}
	m.waitForUsers(t, 0)
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.LockAlone(m.Path()); !errors.Is(err, store.ErrInUse) {
		t.Errorf("the database of a replica can be taken away: %v", err)
	}
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	lock, err := store.LockAlone(m.Path())
	if err != nil {
		t.Fatalf("when it is closed it is still held: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}
