package cmd_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// newMailedMuseum creates a museum that has a backup and sends mails to a real server.
func newMailedMuseum(t *testing.T, environ ...string) (*home, *apptest.Mailbox) {
	t.Helper()
	box := apptest.NewMailbox(t)
	h := newMuseum(t, append(environ, "MATHMUSEUMS_MAIL_URL="+box.URL, "MATHMUSEUMS_MAIL_FROM=museum@example.com")...)
	h.run(t, "backup").want(t, 0, "Backup made", "")
	return h, box
}

// wantMails checks that both superusers got count mails, the newest of which contains a text.
func wantMails(t *testing.T, box *apptest.Mailbox, count int, text string) {
	t.Helper()
	for _, address := range []string{"ann@example.com", "bob@example.com"} {
		mails := box.To(address)
		if len(mails) != count {
			t.Errorf("%s got %d mails, want %d", address, len(mails), count)
		} else if count > 0 && (mails[0].Subject != "Math Museums: the backup failed" || !strings.Contains(mails[0].Text, text)) {
			t.Errorf("%s got %q: %s\nwant %q in it", address, mails[0].Subject, mails[0].Text, text)
		}
	}
}

// lostMuseums are ways to damage the database so that the museum cannot be opened.
var lostMuseums = map[string]struct {
	lose func(database string) error
	says string
}{
	"missing": {os.Remove, "there is no museum in "},
	"empty":   {func(database string) error { return os.Truncate(database, 0) }, "museum.db is empty. Restore the newest backup"},
	"overwritten": {func(database string) error {
		return os.WriteFile(database, []byte(strings.Repeat("lost ", 9000)), 0o600)
	}, "is not the database of a museum"},
	"damaged tables":       {func(database string) error { return overwrite(database, 4096, 40<<10) }, "damaged"},
	"damaged from page 1":  {func(database string) error { return overwrite(database, 100, 40<<10) }, "damaged"},
	"of a newer version":   {func(database string) error { return overwriteWith(database, 60, "\x00\x00\x00\x63") }, "was made by a newer version"},
	"a folder by the name": {func(database string) error { return errors.Join(os.Remove(database), os.Mkdir(database, 0o700)) }, "cannot be opened"},
}

// overwriteWith overwrites a part of a file.
func overwrite(path string, from int64, size int) error {
	return overwriteWith(path, from, strings.Repeat("\xa5", size))
}

func overwriteWith(path string, from int64, with string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteAt([]byte(with), from)
	return errors.Join(err, file.Close())
}

// TestWhoRunsALostMuseumGetsAMail backs up databases that cannot be opened or read, when a failure matters most. The
// recipients are known only from the newest backup.
func TestWhoRunsALostMuseumGetsAMail(t *testing.T) {
	for name, lost := range lostMuseums {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, box := newMailedMuseum(t)
			if err := lost.lose(h.data("museum.db")); err != nil {
				t.Fatal(err)
			}
			h.run(t, "backup").want(t, 1, "", lost.says)
			wantMails(t, box, 1, lost.says)
			if got := countBackups(t, h.data("backups")); got != 1 {
				t.Errorf("%d backups are left, want 1", got)
			}
		})
	}
}

// TestWhoRunsALostMuseumGetsAMailByTheAddress does the same by the backup URL: the response reports the failure, and
// repeated requests do not fill mailboxes.
func TestWhoRunsALostMuseumGetsAMailByTheAddress(t *testing.T) {
	for name, lost := range lostMuseums {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, box := newMailedMuseum(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example/")
			signed := strings.TrimSpace(strings.TrimPrefix(h.run(t, "backup", "--url").stdout, "https://museum.example"))
			if err := errors.Join(lost.lose(h.data("museum.db")), ageBackup(h.data("backups"))); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if answer := h.ask(t, "GET", signed, ""); answer.StatusCode < 429 {
					t.Errorf("it answers %d %s", answer.StatusCode, textOf(t, answer))
				}
			}
			says := lost.says
			if name == "empty" {
				says = "there is no museum in "
			}
			wantMails(t, box, 1, says)
			h.ask(t, "GET", signed[:len(signed)-1], "")
			wantMails(t, box, 1, says)
		})
	}
}

// TestAMistakeInTheSettingsIsMailed makes a nightly backup fail because of an unrelated setting, from cron and by the
// backup URL.
func TestAMistakeInTheSettingsIsMailed(t *testing.T) {
	h, box := newMailedMuseum(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example/")
	signed := strings.TrimSpace(strings.TrimPrefix(h.run(t, "backup", "--url").stdout, "https://museum.example"))
	h.writeEnv(t, "MATHMUSEUMS_CODES_PER_HOUR=many\n")
	const says = `"many" is not a whole number`
	h.run(t, "backup").want(t, 1, "", says)
	wantMails(t, box, 1, says)
	for range 2 {
		if answer := h.ask(t, "GET", signed, ""); answer.StatusCode != 503 {
			t.Errorf("it answers %d %s", answer.StatusCode, textOf(t, answer))
		}
	}
	wantMails(t, box, 2, says)
	h.run(t, "backup", "--to", "s3://?").want(t, 2, "", "--to: ")
	wantMails(t, box, 2, says)
}

// ageBackup changes the date of the one backup in a folder to 2020.
func ageBackup(folder string) error {
	databases, err := filepath.Glob(filepath.Join(folder, "museum-*.db"))
	if err != nil || len(databases) != 1 {
		return fmt.Errorf("the backups are %v: %w", databases, err)
	}
	name := strings.TrimSuffix(filepath.Base(databases[0]), ".db")
	aged := "museum-20200101T000000Z-" + name[strings.LastIndex(name, "-")+1:]
	manifest, err := os.ReadFile(filepath.Join(folder, name+".json"))
	return errors.Join(err,
		os.WriteFile(filepath.Join(folder, aged+".json"), bytes.ReplaceAll(manifest, []byte(name), []byte(aged)), 0o600),
		os.Rename(databases[0], filepath.Join(folder, aged+".db")),
		os.Remove(filepath.Join(folder, name+".json")))
}

// TestNobodyIsToldWhereNobodyIsKnown has neither a museum nor a backup that names superusers.
func TestNobodyIsToldWhereNobodyIsKnown(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_MAIL_URL=smtp://127.0.0.1:1", "MATHMUSEUMS_MAIL_FROM=museum@example.com")
	failed := h.run(t, "backup")
	failed.want(t, 1, "", "there is no museum in "+filepath.Join(h.dir, "museum"))
	failed.want(t, 1, "", "the failure could not be mailed: neither the museum nor its backups name a superuser")
	if entries, _ := os.ReadDir(h.dir); len(entries) > 0 {
		t.Errorf("it made %v", entries)
	}
}

// TestBackupsInABucketThatIsLost keeps the backups in a bucket. If the museum is lost, they name the superusers; if
// the bucket is lost, the museum does.
func TestBackupsInABucketThatIsLost(t *testing.T) {
	s3 := apptest.NewS3(t)
	h, box := newMailedMuseum(t, "MATHMUSEUMS_BACKUP_TO="+s3.URL("backups", s3.Address),
		"MATHMUSEUMS_S3_KEY_ID="+apptest.S3KeyID, "MATHMUSEUMS_S3_SECRET="+apptest.S3Secret)
	right := h.environ
	c, _ := h.doctor(t)
	c.want(t, "backups", "ok", "the newest one in s3://")
	h.environ = append(right, "MATHMUSEUMS_S3_SECRET=wrong")
	c, _ = h.doctor(t)
	c.want(t, "backups", "fault", "cannot be read: ")
	h.run(t, "backup").want(t, 1, "", "Check its address and keys")
	wantMails(t, box, 1, "no backup was made in the bucket s3://")
	h.run(t, "drill").want(t, 1, "", "backups cannot be read: ")
	h.run(t, "restore", s3.URL("backups", s3.Address), "--into", "look.db").want(t, 1, "", "nothing was restored: ")

	h.environ = right
	if err := overwrite(h.data("museum.db"), 100, 40<<10); err != nil {
		t.Fatal(err)
	}
	h.run(t, "backup").want(t, 1, "", "damaged")
	wantMails(t, box, 2, "damaged")
}
