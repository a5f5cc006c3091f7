package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// TestRequestsMadeToCostMuch sends requests with very many parts: they are refused or processed. With -v it logs how
// long each takes, a few tenths of a second at most on a quiet machine.
func TestRequestsMadeToCostMuch(t *testing.T) {
	museum := apptest.NewMuseum(t)
	device := newClient(t, museum, "ann@example.com")
	send := func(name, path, body string, want int) {
		t.Helper()
		begun := time.Now()
		answer := device.Send("POST", path, body)
		t.Logf("%s: %v", name, time.Since(begun))
		if answer.Status != want {
			t.Errorf("%s: %d, want %d: %.200s", name, answer.Status, want, answer.Body)
		}
	}
	many := func(n int, each func(i int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = each(i)
		}
		return strings.Join(parts, ",")
	}
	keys := `{"photo":"data:image/png;base64,A",` + many(2_000_000, func(i int) string { return fmt.Sprintf(`"%x":1`, i) }) + `}`
	for name, body := range map[string]string{
		"as a state":  `{"changes":[{"change_id":"change-0001","concept_type":"linear","fields":{"desmos_state":` + keys + `}}]}`,
		"as fields":   `{"changes":[{"change_id":"change-0002","concept_type":"linear","fields":` + keys + `}]}`,
		"as the body": keys,
	} {
		send("two million keys "+name, "/api/sync/", body, 400)
	}
	changes := func(name string, n int, fields func(i int) string) {
		t.Helper()
		send(name, "/api/sync/", `{"changes":[`+many(n, func(i int) string {
			return fmt.Sprintf(`{"change_id":"%s-%06d","concept_type":"cubic","base_version":0,"fields":%s}`, name, i, fields(i))
		})+`]}`, 200)
	}
	items := many(1900, func(i int) string { return fmt.Sprintf(`{"id":"%d"}`, i) })
	order := many(1300, func(i int) string { return fmt.Sprintf(`"%d"`, 1300-i) })
	changes("items---", 1, func(int) string { return `{"desmos_state":{"expressions":{"list":[` + items + `]}}}` })
	changes("notes---", app.MaxChanges, func(i int) string { return fmt.Sprintf(`{"description":"%d %s"}`, i, strings.Repeat("n", 30_000)) })
	changes("one-item", app.MaxChanges, func(i int) string { return fmt.Sprintf(`{"desmos_patch":{"items":{"1":{"id":"1","x":%d}}}}`, i) })
	changes("order---", app.MaxChanges, func(i int) string { return fmt.Sprintf(`{"desmos_patch":{"order":["%d",%s]}}`, i, order) })
	tile := func(n int) string {
		return `{"tiles":[` + many(n, func(i int) string { return fmt.Sprintf(`{"concept_type":"cubic","description":"old %d"}`, i) }) + `]}`
	}
	send("tiles of an older client", "/api/tiles/sync/", tile(app.MaxSyncItems), 200)
	send("more tiles of an older client", "/api/tiles/sync/", tile(app.MaxSyncItems+1), 413)
}
