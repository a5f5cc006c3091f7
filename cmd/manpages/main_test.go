package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestManualPages(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "man")
	if err := run([]string{folder}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(folder, "mathmuseums-serve.1"))
	if err != nil || !strings.Contains(string(page), "Exit codes: 0 stopped as asked") {
		t.Errorf("%v: the page of serve is\n%s", err, page)
	}
	if err := run(nil); err == nil {
		t.Error("a call without a folder was accepted")
	}
}
