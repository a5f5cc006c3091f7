package web_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

func zipped(t *testing.T, text string) string {
	t.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// TestPackedBodies sends bodies compressed with gzip: their unpacked size counts, also for the limit.
func TestPackedBodies(t *testing.T) {
	ann := apptest.NewMuseum(t).NewMember(t, "ann@example.com")
	notes := strings.Repeat("Where the bridge is highest. ", 20_000)
	for name, test := range map[string]struct {
		body   string
		status int
	}{
		"right":      {zipped(t, `{"concept_type": "linear", "description": "`+notes+`"}`), 201},
		"too large":  {zipped(t, `{"concept_type": "cubic", "description": "`+strings.Repeat("0", 33<<20)+`"}`), 413},
		"no gzip":    {`{"concept_type": "quadratic"}`, 400},
		"broken off": {zipped(t, `{"concept_type": "quadratic", "description": "`+notes+`"}`)[:500], 400},
	} {
		answer := ann.Send("POST", "/api/tiles/", test.body, "Content-Encoding", "gzip")
		if answer.Status != test.status {
			t.Errorf("%s: %d, want %d: %.200s", name, answer.Status, test.status, answer.Body)
		}
	}
	tiles := ann.Send("GET", "/api/tiles/", nil).List(t)
	if len(tiles) != 1 || tiles[0].(map[string]any)["description"] != strings.TrimSpace(notes) {
		t.Errorf("there are %d tiles", len(tiles))
	}
}
