package replica_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// logText collects log output for concurrent reading.
type logText struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logText) count(message string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), message)
}

// A place that can be read but not written, such as a bucket with a read-only key, does not count as working, and the
// failure is logged once.
func TestReplicaThatMayOnlyBeRead(t *testing.T) {
	s3 := apptest.NewS3(t)
	var open atomic.Bool
	var refused, asked atomic.Int64
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: s3.Address})
	guard := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPut && !open.Load():
			refused.Add(1)
			w.WriteHeader(http.StatusForbidden)
			return
		case refused.Load() > 0:
			asked.Add(1)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(guard.Close)
	m, log := newMuseum(t, s3.URL("museum", strings.TrimPrefix(guard.URL, "http://"))), &logText{}
	m.options.Log = slog.New(slog.NewTextHandler(log, nil))
	running, _ := m.start(t)
	m.admit(t, "ann@example.com")
	waitFor(t, "it was tried some times, and looked at between", func() bool {
		return refused.Load() >= 3 && asked.Load() >= 2
	})
	if told, well := log.count("The replica cannot be written."), log.count("The replica is being written."); told != 1 || well > 1 {
		t.Errorf("told %d times that it cannot be written, and %d times that it is:\n%s", told, well, &log.text)
	}
	if status := running.Status(); status.Fine() || status.LastError == "" {
		t.Errorf("got status %+v", status)
	}
	open.Store(true)
	m.waitForUsers(t, 1)
	waitFor(t, "the status says that it is well", func() bool { return running.Status().Fine() })
}
