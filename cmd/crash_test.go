package cmd_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
	_ "modernc.org/sqlite" // to inspect the database of a killed museum
)

// TestKilledMuseumKeepsWhatItAcknowledged writes to the real program continuously and kills it at random moments.
// Each time the database is sound and has every acknowledged edit.
//
// MATHMUSEUMS_KILLS sets the number of kills; in CI it is 200.
func TestKilledMuseumKeepsWhatItAcknowledged(t *testing.T) {
	kills := testenv.Number(t, "MATHMUSEUMS_KILLS", 15, 200)
	h := newHome(t, "MATHMUSEUMS_CODES_PER_HOUR=1000")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &writer{t: t, client: &http.Client{Jar: jar, Timeout: patience}}
	s := h.serve(t)
	w.signIn(s)
	for kill := range kills {
		go func() {
			time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
			_ = s.cmd.Process.Kill()
		}()
		w.writeUntilItEnds(s)
		<-s.ended
		h.checkIntegrity(t)
		s = h.serve(t)
		if kept := w.keptNumber(s); kept < w.acknowledged || kept > w.sent {
			t.Fatalf("after kill %d the museum has edit %d; %d was acknowledged, %d sent", kill+1, kept, w.acknowledged, w.sent)
		}
	}
	t.Logf("%d kills, %d edits acknowledged", kills, w.acknowledged)
	if w.acknowledged < kills {
		t.Errorf("only %d edits in %d rounds: the museum was killed before it did anything", w.acknowledged, kills)
	}
}

// writer is a device that counts upward in the notes of one tile.
type writer struct {
	t                  *testing.T
	client             *http.Client
	sent, acknowledged int
	numbers            []int       // of the edits that were acknowledged
	times              []time.Time // when
}

func (w *writer) post(s *server, path string, body any) ([]byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, s.url+path, bytes.NewReader(text))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := w.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d %s", path, response.StatusCode, answer)
	}
	return answer, err
}

func (w *writer) signIn(s *server) {
	w.t.Helper()
	if _, err := w.post(s, "/auth/request-otp/", map[string]string{"email": "ann@example.com"}); err != nil {
		w.t.Fatal(err)
	}
	code := s.stdout.waitFor(w.t, `code for ann@example.com: (\d{6})`)
	if _, err := w.post(s, "/auth/verify-otp/", map[string]string{"email": "ann@example.com", "otp_code": code}); err != nil {
		w.t.Fatal(err)
	}
}

// writeUntilItEnds sends edits until the museum stops answering.
func (w *writer) writeUntilItEnds(s *server) {
	for {
		w.sent++
		change := map[string]any{
			"change_id": fmt.Sprintf("change-%d-%d", w.sent, rand.Int64()), "concept_type": "linear", "base_version": 1 << 40,
			"fields": map[string]any{"description": fmt.Sprintf("edit %d", w.sent)},
		}
		answer, err := w.post(s, "/api/sync/", map[string]any{"cursor": 0, "changes": []any{change}})
		if err != nil {
			return
		}
		if !strings.Contains(string(answer), `"saved"`) {
			w.t.Fatalf("the edit was not taken: %s", answer)
		}
		w.acknowledged = w.sent
		w.numbers, w.times = append(w.numbers, w.sent), append(w.times, time.Now())
	}
}

// keptNumber returns the count that the museum has.
func (w *writer) keptNumber(s *server) (n int) {
	w.t.Helper()
	answer, err := w.post(s, "/api/sync/", map[string]any{"cursor": 0})
	if err != nil {
		w.t.Fatal(err)
	}
	var got struct {
		Tiles []struct{ Description string }
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		w.t.Fatal(err)
	}
	for _, tile := range got.Tiles {
		_, _ = fmt.Sscanf(tile.Description, "edit %d", &n)
	}
	return n
}

// checkIntegrity checks the database of a killed museum.
func (h *home) checkIntegrity(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite", h.data("museum.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRow("pragma integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("the database is %q, %v", verdict, err)
	}
}
