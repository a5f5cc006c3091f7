package cmd_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The health check, metrics and doctor report the replica.
func TestReplicaIsWatched(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_METRICS_TOKEN=0123456789abcdef")
	place := filepath.Join(h.dir, "replica")
	h.environ = append(h.environ, "MATHMUSEUMS_REPLICA=file://"+filepath.ToSlash(place))
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")
	c, _ := h.doctor(t)
	c.want(t, "replica", "fault", "nothing was ever sent to file://")

	s := h.serve(t)
	read := func(path string) (int, string) {
		request, err := http.NewRequest("GET", s.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer 0123456789abcdef")
		answer, err := http.DefaultClient.Do(request)
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
	wait := func(path, want string) {
		t.Helper()
		for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
			status, text := read(path)
			if status == 200 && strings.Contains(text, want) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s has no %q: %d %s", path, want, status, text)
			}
		}
	}
	wait("/healthz", `"replica":"streaming","replica_lag_seconds":0`)
	wait("/metrics", "mathmuseums_replica_up 1\n")
	wait("/metrics", "mathmuseums_replica_lag_seconds 0\n")
	wait("/metrics", "mathmuseums_replica_last_success_timestamp_seconds 1.")
	wait("/metrics", "litestream_") // its own figures come along
	c, _ = h.doctor(t)
	c.want(t, "replica", "ok", "file://"+filepath.ToSlash(place))

	// The place is gone and cannot be created again: the museum keeps running and reports that.
	if err := os.RemoveAll(place); err != nil {
		t.Fatal(err)
	}
	writeFile(t, place, "a file where the folder was")
	if status, body := s.post(t, "/auth/request-otp/", map[string]string{"email": "ann@example.com"}); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	wait("/healthz", `"replica":"failing"`)
	wait("/metrics", "mathmuseums_replica_up 0\n")
	c, _ = h.doctor(t)
	c.want(t, "replica", "fault", "since then: ")

	// After the museum stops, its status file reports the replica.
	if err := os.Remove(place); err != nil {
		t.Fatal(err)
	}
	wait("/healthz", `"replica":"streaming","replica_lag_seconds":0`)
	s.stop(t)
	c, _ = h.doctor(t)
	c.want(t, "replica", "ok", "was last up to date at "+time.Now().UTC().Format("2006-01-02"))
}
