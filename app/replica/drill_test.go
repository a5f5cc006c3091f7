package replica_test

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/replica"
)

func TestDrill(t *testing.T) {
	m := newMuseum(t, "file://"+filepath.ToSlash(t.TempDir()))
	m.admit(t, "ann@example.com")
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := replica.SendOnce(t.Context(), m.options); err != nil {
		t.Fatal(err)
	}
	m.Store = apptest.OpenStore(t, filepath.Dir(m.Path()), nil)
	drill := func() backup.Drill {
		t.Helper()
		d, err := backup.RunDrill(t.Context(), backup.DrillOptions{Museum: m.Store, Restore: func(ctx context.Context, into string) error {
			_, err := replica.Restore(ctx, m.options.URL, m.options.Keys, time.Time{}, into, apptest.Schema(t))
			return err
		}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary) // on Windows
	mark := hex.EncodeToString(m.Store.Secret().Key("backup name", 4))
	for _, killed := range []string{mark + "-123", "00000000-123"} {
		if err := os.MkdirAll(filepath.Join(temporary, "mathmuseums-drill-"+killed, "half"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if d := drill(); d.Lost() != "nothing would be lost" || d.Copy.Rows["users"] != 1 {
		t.Errorf("got %+v: %s", d, d.Lost())
	}
	if left := apptest.FileNames(t, temporary); len(left) != 1 || left[0] != "mathmuseums-drill-00000000-123" {
		t.Errorf("left are %v, want only that of another museum", left)
	}
	m.admit(t, "bob@example.com")
	if d := drill(); d.Rows["users"] != 1 || !strings.Contains(d.Lost(), "1 users") {
		t.Errorf("got %+v: %s", d, d.Lost())
	}
}

// TestADrillComparesTheUsers has a museum that was set back and continued with other users than its replica.
func TestADrillComparesTheUsers(t *testing.T) {
	m := newMuseum(t, "file://"+filepath.ToSlash(filepath.Join(t.TempDir(), "replica")))
	back := m.copyTo(t, false)
	if err := m.once(t, "ann@example.com"); err != nil {
		t.Fatal(err)
	}
	back.admit(t, "eve@example.com")
	_, err := backup.RunDrill(t.Context(), backup.DrillOptions{Museum: back.Store, Restore: func(ctx context.Context, into string) error {
		_, err := replica.Restore(ctx, m.options.URL, keys, time.Time{}, into, apptest.Schema(t))
		return err
	}})
	if !errors.Is(err, backup.ErrOtherMuseum) {
		t.Errorf("the drill says %v", err)
	}
}
