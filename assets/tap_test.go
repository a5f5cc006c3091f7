package assets_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// failedTests gives what the Test Anything Protocol says of the tests that failed: their names, and the blocks that follow them.
func failedTests(tap string) string {
	var failed strings.Builder
	isFailure := false
	for line := range strings.Lines(tap) {
		text := strings.TrimSpace(line)
		isFailure = isFailure || strings.HasPrefix(text, "not ok ")
		if isFailure {
			failed.WriteString(line)
		}
		isFailure = isFailure && text != "..."
	}
	return failed.String()
}

// failedFiles gives the files of browser tests that failed, by where Node says that the failed tests stand.
func failedFiles(tap string) (files []string) {
	for _, place := range regexp.MustCompile(`location: '([^']+\.test\.js):\d+:\d+'`).FindAllStringSubmatch(failedTests(tap), -1) {
		file := "browser/" + filepath.Base(place[1])
		if !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	return files
}

func TestFailedTests(t *testing.T) {
	const tap = `TAP version 13
# Subtest: walls
    ok 1 - stand
      ---
      location: '/m/assets/test/browser/stand.test.js:1:3'
      ...
    not ok 2 - hang
      ---
      location: '/m/assets/test/browser/hang.test.js:3:3'
      error: 'no nail'
      ...
    1..2
not ok 1 - walls
  ---
  location: '/m/assets/test/browser/hang.test.js:1:1'
  ...
# pass 1
`
	const want = `    not ok 2 - hang
      ---
      location: '/m/assets/test/browser/hang.test.js:3:3'
      error: 'no nail'
      ...
not ok 1 - walls
  ---
  location: '/m/assets/test/browser/hang.test.js:1:1'
  ...
`
	if got := failedTests(tap); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := failedFiles(tap); !slices.Equal(got, []string{"browser/hang.test.js"}) {
		t.Errorf("got the files %q", got)
	}
	if got := failedTests("graph.js(1,2): error TS2304"); got != "" {
		t.Errorf("got %q of what is no such report", got)
	}
}
