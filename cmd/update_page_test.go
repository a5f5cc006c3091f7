package cmd_test

import (
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// newerProgram builds the program with one more migration step.
func newerProgram(t *testing.T) string {
	t.Helper()
	const steps = "../app/store/migrate.go"
	source, err := os.ReadFile(steps)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := filepath.Abs(steps)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	changed, overlay, built := filepath.Join(folder, "migrate.go"), filepath.Join(folder, "overlay.json"), filepath.Join(folder, filepath.Base(program))
	writeFile(t, changed, string(source)+"\nfunc init() { steps = append(steps, step{about: \"adds schools\", sql: \"create table schools (id integer primary key)\"}) }\n")
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{whole: changed}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, overlay, string(text))
	if output, err := exec.Command("go", "build", "-overlay", overlay, "-o", built, "..").CombinedOutput(); err != nil {
		t.Fatalf("build the newer program: %v\n%s", err, output)
	}
	return built
}

// TestAProgramIsRenewed replaces the program by a newer one, with and without a shell, and then by the older one
// again.
func TestAProgramIsRenewed(t *testing.T) {
	newer := newerProgram(t)
	t.Run("without a shell", func(t *testing.T) {
		h := newMuseum(t)
		h.program = newer
		word := h.data("update-token.txt")
		page := h.ask(t, "GET", "/", "")
		if text := textOf(t, page); page.StatusCode != 503 || page.Header.Get("Retry-After") == "" || !strings.Contains(text, "mathmuseums migrate") ||
			!strings.Contains(text, filepath.Base(word)) || strings.Contains(text, h.dir) {
			t.Errorf("%d %v\n%s", page.StatusCode, page.Header, text)
		}
		for _, path := range []string{"/healthz", "/api/tiles/", "/auth/profile/"} {
			if answer := h.ask(t, "GET", path, ""); answer.StatusCode != 503 {
				t.Errorf("%s answers %d", path, answer.StatusCode)
			}
		}
		if answer := h.ask(t, "POST", "/?setup", "token=guess"); answer.StatusCode != 403 || !strings.Contains(textOf(t, answer), `role="alert"`) {
			t.Errorf("a wrong word: %d", answer.StatusCode)
		}
		h.run(t, "migrate", "--check").want(t, 1, ": adds schools", "not up to date")
		right, err := os.ReadFile(word)
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"token": {strings.TrimSpace(string(right))}}.Encode()
		for range 2 { // repeated clicks
			if answer := h.ask(t, "POST", "/?setup", form); answer.StatusCode != 303 || answer.Header.Get("Location") != "/" {
				t.Errorf("%d\n%s", answer.StatusCode, textOf(t, answer))
			}
		}
		if _, err := os.Stat(word); err == nil {
			t.Error("the word can be used again")
		}
		h.run(t, "migrate", "--check").want(t, 0, "is up to date", "")
		if page := h.ask(t, "GET", "/", ""); page.StatusCode != 200 {
			t.Errorf("the museum answers %d", page.StatusCode)
		}
		if copies, err := filepath.Glob(h.data("museum.db.before-version-*.*")); err != nil || len(copies) != 1 {
			t.Errorf("the copies are %v, %v", copies, err)
		}
	})
	t.Run("with a shell", func(t *testing.T) {
		h := newMuseum(t)
		h.program = newer
		h.run(t, "code", "ann@example.com").want(t, 1, "", "migrate it first: mathmuseums migrate")
		h.run(t, "backup").want(t, 0, "Backup made", "")
		h.serve(t).stdout.waitFor(t, "A copy of the database was saved before its migration: ")
		h.program = ""
		h.run(t, "serve", "--addr", "127.0.0.1:0").want(t, 78, "", "was made by a newer version of Math Museums")
		h.run(t, "backup").want(t, 1, "", "no backup was made: ")
		if answer := h.ask(t, "GET", "/", ""); answer.StatusCode != 503 {
			t.Errorf("the older program answers %d", answer.StatusCode)
		}
	})
}
