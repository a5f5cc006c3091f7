package cmd_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
	"github.com/mathmuseums/mathmuseums/app/backup"
)

// newMuseum creates a home with a museum in its folder "museum" and two superusers.
func newMuseum(t *testing.T, environ ...string) *home {
	t.Helper()
	h := newHome(t, append(environ, "MATHMUSEUMS_DATA_DIR=museum")...)
	for _, email := range []string{"ann@example.com", "bob@example.com"} {
		h.run(t, "createsuperuser", "--noinput", "--email", email).want(t, 0, email, "")
	}
	return h
}

func TestBackupAndRestore(t *testing.T) {
	h := newMuseum(t)
	made := h.run(t, "backup")
	made.want(t, 0, "Backup made and checked: "+h.data("backups"), "")
	if strings.Count(made.stdout, "\n") != 1 {
		t.Errorf("not one line: %q", made.stdout)
	}
	h.run(t, "createsuperuser", "--noinput", "--email", "cat@example.com").want(t, 0, "cat@example.com", "")
	s := h.serve(t)
	h.run(t, "restore", "museum/backups").want(t, 1, "", h.data("museum.db")+" is open in another program")
	h.run(t, "backup", "--to", "elsewhere", "--keep", "1").want(t, 0, filepath.Join(h.dir, "elsewhere"), "")
	s.stop(t)

	h.run(t, "restore", "museum/backups", "--into", "look/museum.db").want(t, 0, "with 2 people", "")
	restored := h.run(t, "restore", "museum/backups")
	restored.want(t, 0, "with 2 people", "")
	back := regexp.MustCompile(`To undo this: mathmuseums (restore --no-manifest) "([^"]*)"`).FindStringSubmatch(restored.stdout)
	if back == nil {
		t.Fatalf("it does not say how to undo it: %q", restored.stdout)
	}
	h.run(t, append(strings.Fields(back[1]), back[2])...).want(t, 0, "with 3 people", "")
	h.serve(t).stop(t)
}

func TestBackupTellsWhatIsWrong(t *testing.T) {
	h := newHome(t)
	h.run(t, "backup", "--data-dir", "museum").want(t, 1, "", "there is no museum in "+filepath.Join(h.dir, "museum"))
	if entries, _ := os.ReadDir(h.dir); len(entries) > 0 {
		t.Errorf("it made %v", entries)
	}
	h.run(t, "restore", "nowhere").want(t, 1, "", "nothing was restored: nowhere cannot be read")
	h.run(t, "restore").want(t, 2, "", "restore needs one argument")
	h.run(t, "restore", "nowhere", "--into", ".").want(t, 2, "", "--into: . is a folder")
	h.run(t, "backup", "--keep", "0").want(t, 2, "", `--keep: "0" is not a whole number from 1`)
	h = newMuseum(t)
	h.run(t, "restore", "museum").want(t, 1, "", "there is no backup in museum")
	h.run(t, "restore", "museum/secret.key", "--no-manifest").want(t, 1, "", "secret.key is not the database of a museum")
	h.run(t, "backup").want(t, 0, "Backup made", "")
	writeFile(t, h.data("secret.key"), "not a key")
	h.run(t, "backup").want(t, 1, "", "secret.key does not hold a key")
	if got := countBackups(t, h.data("backups")); got != 1 {
		t.Errorf("%d backups are left, want 1", got)
	}
}

// TestBackupWhereNothingCanBeWritten backs up to a full disk and to a read-only one. The museum and the older backup
// are unchanged, and the superusers get a mail.
func TestBackupWhereNothingCanBeWritten(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the mails are caught by a shell script")
	}
	h := newMuseum(t)
	script := filepath.Join(h.dir, "sendmail")
	writeFile(t, script, "#!/bin/sh\ncat >> '"+filepath.Join(h.dir, "mails")+"'\n")
	if err := os.Chmod(script, 0o700); err != nil {
		t.Fatal(err)
	}
	h.environ = append(h.environ, "MATHMUSEUMS_MAIL_URL=sendmail://"+script, "MATHMUSEUMS_MAIL_FROM=museum@example.com")
	small := filepath.Join(h.dir, "small")
	mountSmall(t, small, "size=300k")
	before := h.run(t, "backup", "--to", small, "--keep", "1")
	before.want(t, 0, "Backup made", "")

	h.run(t, "backup", "--to", small, "--keep", "1").want(t, 1, "", "no backup was made: the disk with "+small+" is full")
	mails, err := os.ReadFile(filepath.Join(h.dir, "mails"))
	for _, want := range []string{"To: <ann@example.com>", "To: <bob@example.com>", "Subject: Math Museums: the backup failed", "is full"} {
		if !strings.Contains(string(mails), want) {
			t.Errorf("the mails lack %q: %s, %v", want, mails, err)
		}
	}
	if got := countBackups(t, small); got != 1 {
		t.Errorf("%d backups are left, want 1", got)
	}
	h.run(t, "restore", small, "--into", filepath.Join(small, "museum.db")).want(t, 1, "", "nothing was restored: the disk with "+small+" is full")

	h.environ = append(h.environ, "TMPDIR="+small)
	h.run(t, "drill", "--to", small).want(t, 1, "", "there is not enough space in "+small)
	h.environ = append(h.environ, "TMPDIR=")

	remount(t, small, "ro")
	h.run(t, "backup", "--to", small).want(t, 1, "", "no backup was made: cannot write to "+small+": read-only file system")
	h.run(t, "restore", small, "--into", filepath.Join(small, "museum.db")).want(t, 1, "", "read-only file system")
	h.run(t, "restore", small).want(t, 0, "with 2 people", "")
}

// mountSmall mounts a small disk.
func mountSmall(t *testing.T, at, options string) {
	t.Helper()
	if err := os.Mkdir(at, 0o700); err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", at).CombinedOutput(); err != nil {
		testenv.Skip(t, fmt.Sprintf("a full disk needs a small one, and to mount it needs root: %v %s", err, output))
	}
	t.Cleanup(func() {
		if output, err := exec.Command("umount", at).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, output)
		}
	})
}

func remount(t *testing.T, at, options string) {
	t.Helper()
	if output, err := exec.Command("mount", "-o", "remount,"+options, at).CombinedOutput(); err != nil {
		t.Fatalf("remount: %v %s", err, output)
	}
}

func countBackups(t *testing.T, folder string) (count int) {
	t.Helper()
	names, err := backup.Folder{Path: folder}.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if whole, ok := strings.CutSuffix(name, ".db"); ok && slices.Contains(names, whole+".json") {
			count++
		}
	}
	return count
}

func TestASecondBackupAtOnceIsLeftOut(t *testing.T) {
	h := newMuseum(t)
	fill(t, h.data("museum.db"), 64<<20)
	first := h.command("backup", "--to", "first")
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	waitForFile(t, filepath.Join(h.dir, "first", ".*.part"))
	h.run(t, "backup", "--to", "second").want(t, 1, "", "another backup of this museum is running")
	if err := first.Wait(); err != nil {
		t.Errorf("the first: %v", err)
	}
	if _, err := os.Stat(filepath.Join(h.dir, "second")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the second made a folder: %v", err)
	}
}

// TestABrokenBackupIsNotPutBack flips one bit in the newest backup, then truncates it, then removes its manifest.
func TestABrokenBackupIsNotPutBack(t *testing.T) {
	h := newMuseum(t)
	h.run(t, "backup").want(t, 0, "Backup made", "")
	h.run(t, "createsuperuser", "--noinput", "--email", "cat@example.com").want(t, 0, "cat@example.com", "")
	h.run(t, "backup").want(t, 0, "Backup made", "")
	found, err := filepath.Glob(filepath.Join(h.data("backups"), "*.db"))
	if err != nil || len(found) != 2 {
		t.Fatalf("the backups are %v, %v", found, err)
	}
	newest := found[1]
	content, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	broken := func(says string) {
		t.Helper()
		h.run(t, "drill").want(t, 1, "", "cannot be restored from the backup "+newest+": the manifest does not fit: "+filepath.Base(newest)+says)
		h.run(t, "restore", h.data("backups")).want(t, 1, "", "nothing was restored: the manifest does not fit: "+filepath.Base(newest)+says)
	}
	content[len(content)/2] ^= 1
	writeFile(t, newest, string(content))
	broken(" has another SHA-256 than its manifest: one of them was changed")
	content[len(content)/2] ^= 1
	writeFile(t, newest, string(content[:len(content)-1]))
	broken(fmt.Sprintf(" has %d bytes instead of the %d in its manifest: it is incomplete", len(content)-1, len(content)))
	h.run(t, "restore", h.data("backups")).want(t, 1, "", "the newest older backup that is sound: "+found[0])
	if left, _ := filepath.Glob(h.data(".restore-*")); len(left) > 0 {
		t.Errorf("looking for it has left %v", left)
	}
	if err := os.Remove(strings.TrimSuffix(newest, ".db") + ".json"); err != nil {
		t.Fatal(err)
	}
	h.run(t, "restore", newest).want(t, 1, "", "has no manifest")
	h.run(t, "drill").want(t, 0, "2 people and 0 tiles; 1 users would be lost", "")
}

// TestBackupByAddress requests the backup URL from a running museum, and from a process for one request as under CGI.
func TestBackupByAddress(t *testing.T) {
	h := newMuseum(t)
	h.run(t, "backup", "--url").want(t, 1, "", "set MATHMUSEUMS_PUBLIC_URL")
	h.writeEnv(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example/\nMATHMUSEUMS_BACKUP_KEEP=2\nMATHMUSEUMS_BACKUP_TO=copies\n")
	printed := h.run(t, "backup", "--url")
	printed.want(t, 0, "https://museum.example/tasks/backup/?signature=", "")
	signed := strings.TrimSpace(strings.TrimPrefix(printed.stdout, "https://museum.example"))

	s := h.serve(t)
	answer, err := http.Get(s.url + signed)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text := textOf(t, answer); answer.StatusCode != 200 || text != "The backup was made and checked.\n" {
		t.Errorf("%d %s", answer.StatusCode, text)
	}
	s.stop(t)
	answer = h.ask(t, "GET", signed, "")
	if text := textOf(t, answer); answer.StatusCode != 200 || !strings.HasSuffix(text, " already; none was made.\n") {
		t.Errorf("by CGI at once after it: %d %s", answer.StatusCode, text)
	}
	if err := errors.Join(ageBackup(h.data("copies")), os.Remove(h.data("museum.db.backup.asked"))); err != nil {
		t.Fatal(err)
	}
	answer = h.ask(t, "GET", signed, "")
	if text := textOf(t, answer); answer.StatusCode != 200 || text != "The backup was made and checked.\n" {
		t.Errorf("by CGI later: %d %s", answer.StatusCode, text)
	}
	if got := countBackups(t, h.data("copies")); got != 2 {
		t.Errorf("%d backups were made, want 2", got)
	}
	revoked := h.run(t, "backup", "--revoke-url")
	revoked.want(t, 0, "https://museum.example/tasks/backup/?signature=", "no longer works")
	if answer := h.ask(t, "GET", signed, ""); answer.StatusCode != 404 {
		t.Errorf("by a revoked address: %d %s", answer.StatusCode, textOf(t, answer))
	}
	signed = strings.TrimSpace(strings.TrimPrefix(revoked.stdout, "https://museum.example"))
	h.run(t, "backup", "--url").want(t, 0, signed, "")
	if answer := h.ask(t, "GET", signed, ""); answer.StatusCode != 200 {
		t.Errorf("by the new address: %d %s", answer.StatusCode, textOf(t, answer))
	}
	writeFile(t, h.data("secret.key"), strings.Repeat("ab", 32)+"\n")
	if answer := h.ask(t, "GET", signed, ""); answer.StatusCode != 404 {
		t.Errorf("by an address of an older key: %d %s", answer.StatusCode, textOf(t, answer))
	}
	h.run(t, "restore", "museum/copies").want(t, 0, "with 2 people", "")
}

// TestABackupFromTheFutureIsNotTheNewest has a backup by a computer with a wrong clock.
func TestABackupFromTheFutureIsNotTheNewest(t *testing.T) {
	h := newMuseum(t)
	h.run(t, "backup", "--keep", "1").want(t, 0, "Backup made", "")
	h.run(t, "createsuperuser", "--noinput", "--email", "cat@example.com").want(t, 0, "cat@example.com", "")
	found, err := filepath.Glob(h.data("backups/*.db"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	name := filepath.Base(found[0])
	future := "museum-20360101T000000Z" + name[len("museum-20360101T000000Z"):]
	for _, ending := range []string{".db", ".json"} {
		content, err := os.ReadFile(strings.TrimSuffix(found[0], ".db") + ending)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, h.data("backups/"+strings.TrimSuffix(future, ".db")+ending), strings.ReplaceAll(string(content), name, future))
	}
	c, _ := h.doctor(t)
	c.want(t, "backups", "fault", future)
	drill := h.run(t, "drill")
	drill.want(t, 0, "restored from the backup "+found[0], "dated in the future: "+future)
	h.run(t, "restore", "museum/backups", "--into", "old.db").want(t, 0, "is now "+name, "dated in the future: "+future)
	h.run(t, "restore", "museum/backups/"+future, "--into", "future.db").want(t, 0, "is now "+future, "")
	h.run(t, "backup", "--keep", "1").want(t, 0, "deleted "+name, "") // the one from the future is neither deleted nor counted
	if got := countBackups(t, h.data("backups")); got != 2 {
		t.Errorf("%d backups are left, want 2", got)
	}
	if err := os.Remove(h.data("backups/" + future)); err != nil {
		t.Fatal(err)
	}
	c, _ = h.doctor(t)
	c.want(t, "backups", "ok", "the newest one in")
}

// TestRestoreToADay restores to a date without a time.
func TestRestoreToADay(t *testing.T) {
	h := newMuseum(t)
	h.run(t, "backup").want(t, 0, "Backup made", "")
	today, yesterday := time.Now().UTC().Format(time.DateOnly), time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly)
	h.run(t, "restore", "museum/backups", "--at", today, "--into", "look.db").want(t, 0, "with 2 people", "--at "+today+" means the end of that day in UTC, "+today+" 23:59:59 UTC")
	h.run(t, "restore", "museum/backups", "--at", yesterday, "--into", "none.db").want(t, 1, "", "there is no backup from before "+yesterday+"T23:59:59Z")
	h.run(t, "restore", "museum/backups", "--at", "2026-13-01").want(t, 2, "", "is not a time")
	h.run(t, "restore", h.data("museum.db"), "--no-manifest", "--into", "copy.db").want(t, 0, "It has no manifest", "")
}
