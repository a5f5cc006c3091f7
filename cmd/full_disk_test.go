package cmd_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
)

// TestAFullDiskIsTold fills the disk of a running museum: writes are refused with an explanation, and existing data
// stays.
func TestAFullDiskIsTold(t *testing.T) {
	h := newHome(t)
	mountSmall(t, h.data(""), "size=2m")
	s := h.serve(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &writer{t: t, client: &http.Client{Jar: jar, Timeout: patience}}
	w.signIn(s)
	kept := 0
	for range app.FamilyTypes() {
		body := fmt.Sprintf(`{"concept_type": %q, "description": %q}`, app.FamilyTypes()[kept], strings.Repeat("0123456789", 30_000))
		request, err := http.NewRequest("POST", s.url+"/api/tiles/", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		answer, err := w.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode == http.StatusCreated {
			kept++
			continue
		}
		if answer.StatusCode != http.StatusInsufficientStorage || !strings.Contains(string(text), "disk is full") {
			t.Errorf("%d %s", answer.StatusCode, text)
		}
		break
	}
	answer, err := w.client.Get(s.url + "/api/tiles/")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	if found := strings.Count(string(text), `"concept_type"`); found != kept || kept == 0 || kept == len(app.FamilyTypes()) {
		t.Errorf("%d works are there of %d that were kept", found, kept)
	}
	health := func() int {
		answer, err := w.client.Get(s.url + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if got := health(); got != http.StatusServiceUnavailable {
		t.Errorf("/healthz of a museum on a full disk: %d", got)
	}
	remount(t, h.data(""), "size=64m")
	if got := health(); got != http.StatusOK {
		t.Errorf("/healthz with room again: %d", got)
	}
	remount(t, h.data(""), "size=2m")
	s.stop(t) // it stops cleanly despite the full disk
}
