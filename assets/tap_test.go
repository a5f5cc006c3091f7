package assets_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// failedTests returns the lines of a TAP report (Test Anything Protocol) on failed tests: their names and diagnostic
// blocks.
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

// failedFiles returns the files of the browser tests that failed, from the locations in a TAP report.
func failedFiles(tap string) (files []string) {
	location := regexp.MustCompile(`location: '([^']+\.test\.js):\d+:\d+'`)
	for _, place := range location.FindAllStringSubmatch(failedTests(tap), -1) {
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
		t.Errorf("got files %q", got)
	}
	if got := failedTests("graph.js(1,2): error TS2304"); got != "" {
		t.Errorf("got %q from output that is not TAP", got)
	}
}
