package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFirstPageNeedsFewFiles checks that the entry script needs one more file, and that thumbnails need only one
// beside it.
func TestFirstPageNeedsFewFiles(t *testing.T) {
	files, err := bundle("..")
	if err != nil {
		t.Fatal(err)
	}
	static := regexp.MustCompile(`(?:\bfrom|\bimport)"\./([^"]+)"`)
	imports := func(name string) (found []string) {
		for _, match := range static.FindAllSubmatch(files[name], -1) {
			found = append(found, string(match[1]))
		}
		return found
	}
	shared := imports("js/main/main.js")
	if len(shared) != 1 {
		t.Errorf("the entry script imports %v, want one file", shared)
	}
	thumbnails := 0
	for name := range files {
		if !strings.HasPrefix(path.Base(name), "thumbnail-") {
			continue
		}
		thumbnails++
		if needed := imports(name); len(needed) != 2 || !slices.Contains(needed, shared[0]) {
			t.Errorf("thumbnails import %v, want one file beside %v", needed, shared)
		}
	}
	if thumbnails != 1 {
		t.Errorf("there are %d scripts for thumbnails, want 1", thumbnails)
	}
}

// TestOutputIsReplaced checks that nothing of an older bundle is left.
func TestOutputIsReplaced(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"js", "css", "vendor"} {
		if err := os.CopyFS(filepath.Join(folder, name), os.DirFS("../"+name)); err != nil {
			t.Fatal(err)
		}
	}
	old := filepath.Join(folder, output, "js", "main", "chunk-OLD.js")
	if err := os.MkdirAll(filepath.Dir(old), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", old, err)
	}
	for _, name := range []string{marker, "js/main/main.js", "js/main/worker.js", "js/sw.js",
		"css/main.css", "css/tile.css", "css/versions.css", "css/setup.css"} {
		if _, err := os.Stat(filepath.Join(folder, output, name)); err != nil {
			t.Error(err)
		}
	}
}

// TestErrorsNameTheLine checks what a mistake in a script looks like.
func TestErrorsNameTheLine(t *testing.T) {
	folder := t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "js"), 0o755); err != nil {
		t.Fatal(err)
	}
	script := []byte("const one = 1;\nconst = 2;\n")
	if err := os.WriteFile(filepath.Join(folder, "js", "main.js"), script, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(folder); err == nil || !strings.Contains(err.Error(), "js/main.js:2:6: ") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, output)); !os.IsNotExist(err) {
		t.Errorf("the output was touched: %v", err)
	}
}
