package cmd_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledBackupDoesNotCount kills backups while they copy. Their remains are never taken for a backup, and the
// next backup deletes them.
func TestKilledBackupDoesNotCount(t *testing.T) {
	h := newMuseum(t)
	fill(t, h.data("museum.db"), 64<<20)
	folder := h.data("backups")
	halves := func() []string {
		found, err := filepath.Glob(filepath.Join(folder, ".*.part"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for kill := range 4 {
		cmd := h.command("backup")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitForFile(t, filepath.Join(folder, ".*.part"))
		time.Sleep(time.Duration(kill) * 20 * time.Millisecond)
		_ = cmd.Process.Kill()
		if err := cmd.Wait(); err == nil {
			t.Fatalf("the backup was done before it was killed, after %d ms", kill*20)
		}
		if len(halves()) == 0 || countBackups(t, folder) != 0 {
			t.Fatalf("half a backup is %v, and %d count", halves(), countBackups(t, folder))
		}
		h.run(t, "restore", folder).want(t, 1, "", "there is no backup in "+folder)
	}
	h.run(t, "backup").want(t, 0, "Backup made", "")
	if left := halves(); len(left) > 0 || countBackups(t, folder) != 1 {
		t.Errorf("left: %v, and %d count", left, countBackups(t, folder))
	}
}

// TestKilledRestoreChangesNothing kills restores while they copy: the museum is unchanged, and the next restore
// succeeds.
func TestKilledRestoreChangesNothing(t *testing.T) {
	h := newMuseum(t)
	fill(t, h.data("museum.db"), 64<<20)
	h.run(t, "backup").want(t, 0, "Backup made", "")
	h.run(t, "createsuperuser", "--noinput", "--email", "cat@example.com").want(t, 0, "cat@example.com", "")
	half := h.data("museum.db.restore.part")
	for kill := range 3 {
		cmd := h.command("restore", "museum/backups")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitForFile(t, half)
		time.Sleep(time.Duration(kill) * 20 * time.Millisecond)
		_ = cmd.Process.Kill()
		if err := cmd.Wait(); err == nil {
			t.Fatalf("it was done before it was killed, after %d ms", kill*20)
		}
		h.checkIntegrity(t)
		h.run(t, "backup", "--to", "after").want(t, 0, "Backup made", "")
		h.run(t, "restore", "after", "--into", "look.db").want(t, 0, "with 3 people", "")
	}
	h.run(t, "restore", "museum/backups").want(t, 0, "with 2 people", "")
	if _, err := os.Stat(half); err == nil {
		t.Error("half a museum is left")
	}
}

// waitForFile waits until a file matches a pattern.
func waitForFile(t *testing.T, pattern string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return
		}
	}
	t.Fatalf("there is no %s", pattern)
}

// fill enlarges a database by a number of bytes.
func fill(t *testing.T, path string, size int) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < $1)
		insert into throttles (kind, subject, browser, count, expires_at) select 'test', i || hex(randomblob(16000)), x'', 0, 1 << 60 from n`, size/32000)
	if err != nil {
		t.Fatal(err)
	}
}
