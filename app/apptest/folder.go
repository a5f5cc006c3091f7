package apptest

import (
	"os"
	"testing"
)

// FileNames returns the names of a folder's entries.
func FileNames(t testing.TB, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
