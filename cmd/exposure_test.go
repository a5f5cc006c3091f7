//go:build linux

package cmd_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// get returns the response of a site.
func (s *site) get(t *testing.T, path string) (status int, text string) {
	t.Helper()
	answer, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// useData sets the data folder of the program in a folder.
func (s *site) useData(t *testing.T, folder, data string) {
	t.Helper()
	used := *s
	used.Data = data
	used.write(t, "htaccess", filepath.Join(folder, ".htaccess"), 0o644)
}

// TestADataFolderAmongTheFilesOfApache has a data folder below an Alias, as UserDir makes for each user, whose URL
// cannot be derived from the program's own path.
func TestADataFolderAmongTheFilesOfApache(t *testing.T) {
	s := newSite(t)
	home, kept := filepath.Join(s.Folder, "home"), filepath.Join(s.Folder, "kept")
	for _, folder := range []string{home, kept} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.isOther = true
	s.install(t, filepath.Join(home, "museum.cgi"))
	s.useData(t, home, filepath.Join(home, "data"))
	s.apache(t, "cgid", "apache-alias.conf")

	// Before set-up: below the program's own Alias, and below another one.
	if status, page := s.get(t, "/~you/"); status != http.StatusServiceUnavailable || strings.Contains(page, "setup-token") {
		t.Errorf("below the Alias: %d\n%s", status, page)
	} else if !strings.Contains(page, "anyone could read the database") || strings.Contains(page, "why-closed.txt") {
		t.Errorf("the page does not say why: %s", page)
	}
	s.useData(t, home, filepath.Join(kept))
	if status, page := s.get(t, "/~you/"); status != http.StatusServiceUnavailable || strings.Contains(page, "setup-token") {
		t.Errorf("below another Alias: %d\n%s", status, page)
	}
	if _, err := os.Stat(filepath.Join(kept, "setup-token.txt")); err == nil {
		t.Error("the token was written where everybody can read it")
	}

	// An existing museum keeps running, protected, and reports the exposure.
	inside := filepath.Join(home, "data")
	if err := errors.Join(os.RemoveAll(inside), os.Rename(s.Data, inside)); err != nil {
		t.Fatal(err)
	}
	s.useData(t, home, inside)
	_ = os.Remove(filepath.Join(inside, ".htaccess"))
	status, text := s.get(t, "/~you/healthz")
	var health map[string]string
	if err := json.Unmarshal([]byte(text), &health); err != nil || status != http.StatusOK || health["data_folder"] == "" {
		t.Errorf("healthz: %d %s", status, text)
	}
	for _, file := range []string{"museum.db", "secret.key", ".env", "web-root.txt"} {
		if status, _ := s.get(t, "/~you/data/"+file); status != http.StatusForbidden {
			t.Errorf("%s: %d", file, status)
		}
	}
	h := newHome(t)
	h.environ = append(h.environ, "MATHMUSEUMS_DATA_DIR="+inside, "MATHMUSEUMS_PUBLIC_URL="+s.url+"/~you/")
	doctor := func(found string) {
		t.Helper()
		got := h.run(t, "doctor", "--json")
		var c checkup
		if err := json.Unmarshal([]byte(got.stdout), &c); err != nil {
			t.Fatal(err, got)
		}
		c.want(t, "web server", "fault", found)
	}
	doctor("the data folder is in " + home)
	if err := os.WriteFile(filepath.Join(inside, ".htaccess"), nil, 0o644); err != nil { // an operator who knows better
		t.Fatal(err)
	}
	doctor("anyone can read the data folder at " + s.url + "/~you/data")

	// The backups are among the published files, but the data folder is not.
	outside := filepath.Join(s.Folder, "outside")
	if err := os.Rename(inside, outside); err != nil {
		t.Fatal(err)
	}
	s.useData(t, home, outside)
	h.environ = append(h.environ, "MATHMUSEUMS_DATA_DIR="+outside, "MATHMUSEUMS_BACKUP_TO="+filepath.Join(home, "copies"))
	writeFile(t, filepath.Join(outside, ".env"), "MATHMUSEUMS_BACKUP_TO="+filepath.Join(home, "copies")+"\n")
	if output, err := exec.Command("chown", "--reference", outside, filepath.Join(outside, ".env")).CombinedOutput(); err != nil {
		t.Fatal(err, string(output))
	}
	h.run(t, "backup").want(t, 0, "Backup made", "")
	if _, text := s.get(t, "/~you/healthz"); !strings.Contains(text, "data_folder") {
		t.Errorf("healthz: %s", text)
	}
	doctor("the backup folder is in " + home)
}

// TestTheDataFolderIsForItsUserAlone removes permissions that a umask has granted.
func TestTheDataFolderIsForItsUserAlone(t *testing.T) {
	h := newHome(t)
	if err := os.Mkdir(h.data(""), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(h.data(""), 0o755); err != nil {
		t.Fatal(err)
	}
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	if info, err := os.Stat(h.data("")); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if text, err := os.ReadFile(h.data(".htaccess")); err != nil || !strings.Contains(string(text), "Require all denied") {
		t.Errorf("%q, %v", text, err)
	}
}

// TestApacheSaysNoLength sends a chunked body through Apache's mod_cgid.
func TestApacheSaysNoLength(t *testing.T) {
	s := newSite(t)
	webServers[0].start(t, s)
	unknown := struct{ io.Reader }{strings.NewReader(`{"email": "ann@example.com"}`)}
	answer, err := http.Post(s.url+"/auth/request-otp/", "application/json", unknown)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusLengthRequired {
		t.Errorf("%s %s", answer.Status, text)
	}
}

// TestAReplacedProgramEnds replaces a program that Apache's mod_fcgid keeps running, while requests arrive.
func TestAReplacedProgramEnds(t *testing.T) {
	s := newSite(t)
	webServers[1].start(t, s)
	running := func() (ids []string) {
		found, _ := filepath.Glob("/proc/[0-9]*/exe")
		for _, link := range found {
			if to, _ := os.Readlink(link); strings.HasPrefix(to, s.Program) {
				ids = append(ids, strings.Split(link, "/")[2])
			}
		}
		return ids
	}
	before := running()
	if len(before) == 0 {
		t.Fatal("no process runs the program")
	}
	content, err := os.ReadFile(s.Program)
	if err != nil {
		t.Fatal(err)
	}
	fresh := s.Program + ".new"
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := errors.Join(os.WriteFile(fresh, content, 0o755), os.Chtimes(fresh, yesterday, yesterday), os.Rename(fresh, s.Program)); err != nil {
		t.Fatal(err)
	}
	left := before
	for deadline := time.Now().Add(patience); len(left) > 0 && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if status, text := s.get(t, "/healthz"); status != http.StatusOK {
			t.Errorf("while it is renewed: %d %s", status, text)
		}
		now := running()
		left = slices.DeleteFunc(slices.Clone(before), func(id string) bool { return !slices.Contains(now, id) })
	}
	if len(left) > 0 {
		t.Errorf("the processes %v still run the older program", left)
	}
	if status, _ := s.get(t, "/healthz"); status != http.StatusOK || len(running()) == 0 {
		t.Errorf("afterwards: %d with %v", status, running())
	}
}
