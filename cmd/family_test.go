package cmd_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAThirteenthFamilyIsOneEntry builds the program with one more entry in the table of families and nothing else, and
// uses it: the server takes a tile of the family, and the pages list it.
func TestAThirteenthFamilyIsOneEntry(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join(root, "app", "families.json"))
	if err != nil {
		t.Fatal(err)
	}
	entry := `, {"type": "step", "name": "Step", "form": "y = a⌊x⌋ + k", "hint": "Stairs.", "curve": "A staircase."}]`
	table = append(bytes.TrimSuffix(bytes.TrimSpace(table), []byte("]")), entry...)

	// The generator and the compiler see the table in copies of the two files.
	folder := t.TempDir()
	copied := filepath.Join(folder, "app", "families.json")
	module := filepath.Join(folder, "assets", "js", "lib", "families.js")
	writeFile(t, copied, string(table))
	writeFile(t, module, "")
	generate := exec.Command("go", "run", filepath.Join(root, "app", "family_generate.go"))
	generate.Dir = filepath.Dir(copied)
	if output, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("generate: %v\n%s", err, output)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(root, "app", "families.json"):               copied,
		filepath.Join(root, "assets", "js", "lib", "families.js"): module,
	}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(folder, "overlay.json"), string(overlay))
	built := filepath.Join(folder, filepath.Base(program))
	build := exec.Command("go", "build", "-overlay", filepath.Join(folder, "overlay.json"), "-o", built, root)
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, output)
	}

	h := newHome(t)
	command := h.command("serve", "--addr", "127.0.0.1:0", "--data-dir", "museum")
	command.Path = built
	s := start(t, command)
	s.url = "http://127.0.0.1:" + s.stdout.waitFor(t, `http://localhost:(\d+)/`)
	if status, body := s.post(t, "/auth/request-otp/", map[string]string{"email": "ann@example.com"}); status != 200 {
		t.Fatalf("asking for a code: %d %s", status, body)
	}
	code := s.stdout.waitFor(t, `(?m)ann@example\.com: (\d{6}) `)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	post := func(path, body string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Origin", s.url)
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(text)
	}
	if status, body := post("/auth/verify-otp/", `{"email": "ann@example.com", "otp_code": "`+code+`"}`); status != 200 {
		t.Fatalf("signing in: %d %s", status, body)
	}
	if status, body := post("/api/tiles/", `{"concept_type": "step", "description": "stairs"}`); status != 201 || !strings.Contains(body, `"concept_type":"step"`) {
		t.Errorf("a tile of the new family: %d %s", status, body)
	}
	if status, _ := post("/api/tiles/", `{"concept_type": "steps"}`); status != 400 {
		t.Errorf("a tile of an unknown family: %d, want 400", status)
	}
	answer, err := client.Get(s.url + "/static/js/lib/families.js")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(text), `"name": "Step"`) {
		t.Errorf("the pages do not have the new family: %d, %v", answer.StatusCode, err)
	}
}
