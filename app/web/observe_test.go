package web_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// logbook collects log lines.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestAccessLog(t *testing.T) {
	for kind, addresses := range map[web.AccessLog][2]string{
		web.AccessLogShort: {"203.0.113.0/24", "2001:db8:1::/48"},
		web.AccessLogFull:  {"203.0.113.77", "2001:db8:1:2::/64"},
		web.AccessLogOff:   {},
	} {
		var book logbook
		_, trusted := proxy(t)
		museum := apptest.NewMuseum(t, trusted, func(o *web.Options) {
			o.AccessLog, o.Log = kind, slog.New(slog.NewJSONHandler(&book, nil))
		})
		ann := museum.NewMember(t, "ann@example.com")
		code := museum.Outbox.To("ann@example.com")[0].Code
		before := len(book.String())
		page := ann.Send("GET", "/?code="+code, nil, "X-Forwarded-For", "203.0.113.77")
		ann.Send("GET", "/api/tiles/7654321", nil, "X-Forwarded-For", "2001:db8:1:2::77")
		ann.Send("GET", "/api/tiles/7654321/", nil, "X-Forwarded-For", "2001:db8:1:2::77")
		ann.Send("DELETE", "/api/users/ben@example.com/sessions/", nil)
		ann.Send("GET", "/nowhere/ben@example.com", nil)
		museum.Close() // waits until everything is written
		got := book.String()[before:]
		for _, secret := range []string{code, "ann@", "ben@", "7654321", "sessionid", "nowhere"} {
			if strings.Contains(book.String(), secret) {
				t.Errorf("kind %d: %q is in the log:\n%s", kind, secret, book.String())
			}
		}
		if kind == web.AccessLogOff {
			if got != "" {
				t.Errorf("off, and yet:\n%s", got)
			}
			continue
		}
		var lines []map[string]any
		for line := range strings.Lines(got) {
			var entry map[string]any
			if err := json.Unmarshal([]byte(line), &entry); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, entry)
		}
		want := []struct {
			method, route string
			status        float64
			address       string
		}{
			{"GET", "/", 200, addresses[0]},
			{"GET", "/api/tiles/{id}", 301, addresses[1]},
			{"GET", "/api/tiles/{id}/", 404, addresses[1]},
			{"DELETE", "/api/users/{email}/sessions/", 403, ""},
			{"GET", "", 404, ""},
		}
		if len(lines) != len(want) {
			t.Fatalf("kind %d: %d lines, want %d:\n%s", kind, len(lines), len(want), got)
		}
		for i, w := range want {
			line := lines[i]
			if line["method"] != w.method || line["route"] != w.route || line["status"] != w.status || (w.address != "" && line["address"] != w.address) {
				t.Errorf("kind %d: got %v, want %v", kind, line, w)
			}
		}
		if lines[0]["bytes"] == 0.0 || page.Status != 200 {
			t.Errorf("the page has %v bytes", lines[0]["bytes"])
		}
	}
}

const metricsToken = "0123456789abcdef"

func TestMetricsAreClosed(t *testing.T) {
	if answer := apptest.NewMuseum(t).NewVisitor(t).Send("GET", "/metrics", nil, "Authorization", "Bearer "); answer.Status != 404 {
		t.Errorf("without a token set: %d", answer.Status)
	}
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.MetricsToken = metricsToken })
	root := museum.NewSuperuser(t, "root@example.com")
	for _, header := range []string{"", "Bearer", "Bearer 0123456789abcde", "Bearer 0123456789abcdef0", "Basic " + metricsToken, metricsToken} {
		answer := root.Send("GET", "/metrics", nil, "Authorization", header)
		if answer.Status != 401 || answer.Header.Get("WWW-Authenticate") != "Bearer" || strings.Contains(string(answer.Body), "mathmuseums_") {
			t.Errorf("with %q: %d %s", header, answer.Status, answer.Body)
		}
	}
}

func TestMetrics(t *testing.T) {
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.MetricsToken, o.Version = metricsToken, "1.2.3" })
	ann := museum.NewMember(t, "ann@example.com")
	ann.Send("GET", "/api/tiles/", nil)
	ann.Send("GET", "/api/tiles/", nil)
	ann.Send("GET", "/api/tiles/1234567/", nil)
	ann.Send("PURGE", "/elsewhere/", nil)
	request, err := http.NewRequest("GET", museum.URL+"/api/events/", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := ann.Client.Do(request) // so flushing works through the middleware
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	answer := ann.Send("GET", "/metrics", nil, "Authorization", "bearer "+metricsToken, "Accept-Encoding", "identity")
	if answer.Status != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("%d %v", answer.Status, answer.Header)
	}
	for _, want := range []string{
		`mathmuseums_build_info\{version="1.2.3"\} 1`,
		`mathmuseums_http_requests_total\{method="GET",route="/api/tiles/",status="200"\} 2`,
		`mathmuseums_http_requests_total\{method="GET",route="/api/tiles/\{id\}/",status="404"\} 1`,
		`mathmuseums_http_requests_total\{method="other",route="",status="404"\} 1`,
		`mathmuseums_http_requests_total\{method="POST",route="/auth/verify-otp/",status="200"\} 1`,
		`mathmuseums_http_request_duration_seconds_count\{route="/api/tiles/"\} 2`,
		`mathmuseums_http_response_bytes_total\{route="/api/tiles/"\} 4`,
		`mathmuseums_http_requests_in_flight 2`,
		`mathmuseums_event_streams 1`,
		`mathmuseums_database_bytes [1-9]\S+`,
		`mathmuseums_database_wal_bytes \d\S*`,
		`go_goroutines \d+`,
	} {
		if !regexp.MustCompile(`(?m)^` + want + `$`).Match(answer.Body) {
			t.Errorf("no %s in:\n%s", want, answer.Body)
		}
	}
	if strings.Contains(string(answer.Body), "ann@") || strings.Contains(string(answer.Body), "1234567") {
		t.Errorf("the figures name somebody or something")
	}
}
