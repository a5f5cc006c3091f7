package cmd_test

import (
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// newWriter returns a device that has signed in at a museum.
func newWriter(t *testing.T, s *server) *writer {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &writer{t: t, client: &http.Client{Jar: jar, Timeout: patience}}
	w.signIn(s)
	return w
}

// writeFor writes for a while and then kills the museum.
func (w *writer) writeFor(s *server, life time.Duration) {
	w.t.Helper()
	go func() {
		time.Sleep(life)
		_ = s.cmd.Process.Kill()
	}()
	w.writeUntilItEnds(s)
	<-s.ended
}

func fileURL(path string) string { return "file://" + filepath.ToSlash(path) }

const (
	written = "The replica is being written."
	refused = "Another process replicates this museum."
)

func TestOnlyOneProcessReplicates(t *testing.T) {
	h := newHome(t)
	h.environ = append(h.environ, "MATHMUSEUMS_REPLICA="+fileURL(filepath.Join(h.dir, "copy")))
	first := h.serve(t)
	first.stderr.waitFor(t, written)
	others := []*server{h.serve(t), h.serve(t)}
	for _, s := range others {
		s.stderr.waitFor(t, refused)
		newWriter(t, s)
	}
	h.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 0, "Another process already replicates this museum", "")
	for _, s := range others {
		if strings.Contains(s.stderr.String(), written) {
			t.Errorf("a second process replicates:\n%s", s.stderr)
		}
	}

	newWriter(t, first)
	first.stop(t)
	h.waitForDrill(t, "nothing would be lost")
	heirs := 0
	for deadline := time.Now().Add(patience); heirs == 0 && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		for _, s := range others {
			heirs += strings.Count(s.stderr.String(), written)
		}
	}
	if heirs != 1 {
		t.Errorf("after the process that replicated has ended, %d do, want 1", heirs)
	}
}

// waitForDrill waits until a drill prints a text.
func (h *home) waitForDrill(t *testing.T, want string) {
	t.Helper()
	var last result
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if last = h.run(t, "drill", "--data-dir", "museum"); last.code == 0 && strings.Contains(last.stdout, want) {
			return
		}
	}
	t.Fatalf("the last drill says %+v, want %q in it", last, want)
}

// An unreachable replica must not cost a single edit of the museum itself.
func TestUnreachableReplicaHarmsNothing(t *testing.T) {
	h := newHome(t)
	s := h.serve(t, "--replica", "s3://bucket/museum?endpoint=http://127.0.0.1:1&region=x")
	w := newWriter(t, s)
	s.stderr.waitFor(t, "The replica cannot be written. The museum goes on")
	h.run(t, "code", "bob@example.com", "--data-dir", "museum").want(t, 0, "Sign-in code for bob@example.com", "")
	w.writeFor(s, 300*time.Millisecond)
	if kept := w.keptNumber(h.serve(t)); kept < w.acknowledged || w.acknowledged == 0 {
		t.Errorf("the museum has edit %d, %d was acknowledged", kept, w.acknowledged)
	}
}

func TestReplicateOnceForCron(t *testing.T) {
	h := newHome(t)
	url := fileURL(filepath.Join(h.dir, "copy"))
	args := []string{"--data-dir", "museum", "--replica", url}
	run := func(command ...string) result { return h.run(t, append(command, args...)...) }
	run("replicate", "--once").want(t, 1, "", "there is no museum in "+h.data(""))
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	run("drill").want(t, 1, "", "the museum cannot be restored from the replica "+url)
	run("replicate").want(t, 2, "", "replicate needs --once")
	h.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 1, "", "set MATHMUSEUMS_REPLICA or --replica")
	run("replicate", "--once").want(t, 0, "The replica "+url+" is up to date.\n", "")
	run("replicate", "--once").want(t, 0, "nothing has changed since the last run", "")
	run("drill").want(t, 0, "nothing would be lost", "")
	h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com", "--data-dir", "museum").want(t, 0, "is a superuser now", "")
	run("drill").want(t, 0, "1 users", "")
	run("replicate", "--once").want(t, 0, "The replica "+url+" is up to date.\n", "")
	run("drill").want(t, 0, "nothing would be lost", "")
	if err := os.RemoveAll(filepath.Join(h.dir, "copy")); err != nil {
		t.Fatal(err)
	}
	run("drill").want(t, 1, "", "is empty")
	h.run(t, "drill", "--data-dir", "museum").want(t, 1, "", "there is nothing to restore the museum from")
	h.run(t, "backup", "--data-dir", "museum").want(t, 0, "Backup made and checked", "")
	h.run(t, "drill", "--data-dir", "museum").want(t, 0, "restored from the backup "+h.data("backups"), "")
	run("drill").want(t, 1, "nothing would be lost", "is empty")
	h.run(t, "createsuperuser", "--noinput", "--email", "vice@example.com", "--data-dir", "museum").want(t, 0, "is a superuser now", "")
	h.run(t, "drill", "--data-dir", "museum").want(t, 0, "1 users", "")
}

func TestReplicaSecretsAreHidden(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_S3_KEY_ID=key", "MATHMUSEUMS_S3_SECRET=topsecret",
		"MATHMUSEUMS_REPLICA=sftp://ann:topsecret@127.0.0.1:1/copies?hostkey=ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	shown := h.run(t, "config")
	shown.want(t, 0, "sftp://ann:xxxxx@127.0.0.1:1/copies", "")
	s := h.serve(t)
	s.stderr.waitFor(t, "The replica cannot be written")
	h.run(t, "replicate", "--once", "--replica", "s3://bucket", "--data-dir", "museum").want(t, 2, "", "a name is needed behind the bucket")
	if all := shown.stdout + s.stderr.String() + s.stdout.String(); strings.Contains(all, "topsecret") {
		t.Errorf("a secret is shown:\n%s", all)
	}
}

// TestTwoMuseumsWithOneReplica has a second museum with the settings of the first, for example from a copied .env
// file.
func TestTwoMuseumsWithOneReplica(t *testing.T) {
	url := fileURL(filepath.Join(t.TempDir(), "copy"))
	first, second := newHome(t, "MATHMUSEUMS_REPLICA="+url), newHome(t, "MATHMUSEUMS_REPLICA="+url)
	for _, h := range []*home{first, second} {
		h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com", "--data-dir", "museum").want(t, 0, "is a superuser now", "")
	}
	first.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 0, "is up to date", "")
	const words = "belongs to another museum"
	second.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 1, "", words)
	c, _ := second.doctor(t)
	c.want(t, "replica", "fault", words)
	second.run(t, "drill", "--data-dir", "museum").want(t, 1, "", "it is a copy of another museum")
	second.serve(t).stderr.waitFor(t, words)
	first.run(t, "drill", "--data-dir", "museum").want(t, 0, "nothing would be lost", "")
	c, _ = first.doctor(t)
	c.want(t, "replica", "ok", "was last up to date")

	// The museum is restored on another computer while the old one still exists.
	fresh := newHome(t, "MATHMUSEUMS_REPLICA="+url)
	fresh.run(t, "restore", "replica", "--data-dir", "museum").want(t, 0, "with 1 people", "")
	fresh.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 0, "is up to date", "")
	fresh.run(t, "drill", "--data-dir", "museum").want(t, 0, "nothing would be lost", "")
	first.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 1, "", "another copy of this museum")
	c, _ = first.doctor(t)
	c.want(t, "replica", "fault", "--take-over")
	first.run(t, "replicate", "--once", "--take-over", "--data-dir", "museum").want(t, 0, "is up to date", "")
	first.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 0, "is up to date", "")
}

// TestDoctorSaysWhatAReplicaNeeds has a deleted bucket and changed keys.
func TestDoctorSaysWhatAReplicaNeeds(t *testing.T) {
	s3 := apptest.NewS3(t)
	h := newHome(t, "MATHMUSEUMS_REPLICA="+s3.URL("museum", s3.Address), "MATHMUSEUMS_S3_KEY_ID="+apptest.S3KeyID, "MATHMUSEUMS_S3_SECRET="+apptest.S3Secret)
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	once := func(code int, says, advice string) {
		t.Helper()
		got := h.run(t, "replicate", "--once", "--data-dir", "museum")
		c, _ := h.doctor(t, "--quick")
		if code == 0 {
			got.want(t, 0, "is up to date", "")
			c.want(t, "replica", "ok", "was last up to date")
			return
		}
		got.want(t, code, "", says)
		c.want(t, "replica", "fault", advice)
	}
	once(0, "", "")
	h.environ = append(h.environ, "MATHMUSEUMS_S3_SECRET=another")
	once(1, "is not up to date", "look at the keys")
	h.environ = append(h.environ, "MATHMUSEUMS_S3_SECRET="+apptest.S3Secret)
	once(0, "", "")
	h.environ = append(h.environ, "MATHMUSEUMS_REPLICA="+strings.Replace(s3.URL("museum", s3.Address), "s3://", "s3://no-such-", 1))
	once(1, "is not up to date", "make the bucket")
}
