package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// listener is a device that listens for events.
type listener struct {
	t      *testing.T
	answer *http.Response
	lines  chan string // non-empty lines of the stream; closed at its end
	first  string      // the data of the first event
}

// listen opens a stream like an EventSource, and waits until it is open.
func listen(t *testing.T, v *apptest.Visitor, at string) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, "GET", at+"/api/events/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	answer, err := v.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		answer.Body.Close()
	})
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("listening: %d %v", answer.StatusCode, answer.Header)
	}
	l := &listener{t: t, answer: answer, lines: make(chan string, 100)}
	go func() {
		defer close(l.lines)
		for scanner := bufio.NewScanner(answer.Body); scanner.Scan(); {
			if scanner.Text() != "" {
				l.lines <- scanner.Text()
			}
		}
	}()
	if line := l.line(); !strings.HasPrefix(line, "retry: ") {
		t.Fatalf("the stream begins with %q", line)
	}
	if line := l.line(); line != "event: change" {
		t.Fatalf("the stream begins with %q", line)
	}
	l.line()
	l.first = l.line()
	return l
}

// line returns the next line, or "" at the end of the stream.
func (l *listener) line() string {
	l.t.Helper()
	select {
	case line, ok := <-l.lines:
		if !ok {
			return "the end"
		}
		return line
	case <-time.After(5 * time.Second):
		l.t.Error("nothing is heard for 5 s")
		return "the end"
	}
}

// want checks the next lines.
func (l *listener) want(lines ...string) {
	l.t.Helper()
	for _, want := range lines {
		if got := l.line(); got != want {
			l.t.Errorf("heard %q, want %q", got, want)
			return
		}
	}
}

func (l *listener) wantChange(revision int64) {
	l.t.Helper()
	l.want("event: change", fmt.Sprintf("id: %d", revision), fmt.Sprintf("data: %d", revision))
}

func userID(t *testing.T, museum *apptest.Museum, email string) int64 {
	t.Helper()
	user, err := museum.Store.FindUser(t.Context(), app.Address{Email: email})
	if err != nil {
		t.Fatal(err)
	}
	return user.ID
}

func TestOtherDevicesHearOfAChange(t *testing.T) {
	museum := apptest.NewMuseum(t)
	laptop, phone := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "ann@example.com")
	ann := userID(t, museum, "ann@example.com")
	bob := museum.NewMember(t, "bob@example.com")
	streams := []*listener{listen(t, laptop, museum.URL), listen(t, phone, museum.URL)}
	other := listen(t, bob, museum.URL)
	for revision := int64(1); revision <= 3; revision++ {
		museum.Web.Publish(ann, revision)
		for _, stream := range streams {
			stream.wantChange(revision)
		}
	}
	museum.Web.Publish(ann, 2) // too late
	museum.Web.Publish(ann, 4)
	streams[0].wantChange(4)
	museum.Web.Publish(userID(t, museum, "bob@example.com"), 9)
	other.wantChange(9) // and nothing before

	header := streams[0].answer.Header
	if header.Get("X-Accel-Buffering") != "no" || !strings.Contains(header.Get("Cache-Control"), "no-store") {
		t.Errorf("the headers are %v", header)
	}
	if answer := laptop.Send("HEAD", "/api/events/", nil); answer.Status != 200 {
		t.Errorf("HEAD: %d", answer.Status)
	}
	if answer := laptop.Send("GET", "/api/events/", nil, "Accept", "image/png"); answer.Status != 406 {
		t.Errorf("asked for as a picture: %d", answer.Status)
	}
}

func TestChangesOfOtherProcessesAreTold(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.Web.SetWatchEvery(20 * time.Millisecond)
	ann, bob := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "bob@example.com")
	museum.Exec(t, `update users set revision = 100`)
	first, other := listen(t, ann, museum.URL), listen(t, bob, museum.URL)
	if first.first != "data: 100" {
		t.Errorf("the stream begins with %q, want the museum's revision", first.first)
	}
	museum.Exec(t, `update users set revision = 102 where email = 'ann@example.com'`)
	first.wantChange(102)
	museum.Exec(t, `update users set revision = 103`)
	first.wantChange(103)
	other.wantChange(103)
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.Web.SetHeartbeat(20 * time.Millisecond)
	root := museum.NewSuperuser(t, "root@example.com")
	laptop, phone := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "ann@example.com")
	end := func(l *listener) {
		t.Helper()
		for line := l.line(); ; line = l.line() {
			if line != ":" {
				if line != "event: end" {
					t.Errorf("heard %q, want the end", line)
				}
				break
			}
		}
		l.want("data: signed-out", "the end")
	}
	first, second := listen(t, laptop, museum.URL), listen(t, phone, museum.URL)
	laptop.Send("POST", "/auth/logout/", nil)
	end(first)
	second.want(":") // goes on
	root.Send("DELETE", "/api/users/ann@example.com/sessions/", nil)
	end(second)

	third := listen(t, museum.NewMember(t, "ann@example.com"), museum.URL)
	museum.Exec(t, `delete from sessions`) // as another process does
	end(third)
}

func TestTheEleventhStreamOfAUserEndsTheOldest(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	var streams []*listener
	for range 11 {
		streams = append(streams, listen(t, ann, museum.URL))
	}
	streams[0].want("event: end", "data: displaced", "the end")
	museum.Web.Publish(userID(t, museum, "ann@example.com"), 1)
	for _, stream := range streams[1:] {
		stream.wantChange(1)
	}
}

func TestASlowReaderHoldsUpNobody(t *testing.T) {
	museum := apptest.NewMuseum(t)
	quick := listen(t, museum.NewMember(t, "ann@example.com"), museum.URL)
	slow := museum.NewMember(t, "ann@example.com")
	request, _ := http.NewRequest("GET", museum.URL+"/api/events/", nil)
	answer, err := slow.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close() // never read
	ann := userID(t, museum, "ann@example.com")
	began := time.Now()
	const many = 200_000
	for revision := range int64(many) {
		museum.Web.Publish(ann, revision+1)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("telling of %d changes took %s", many, took)
	}
	for last := ""; last != fmt.Sprintf("data: %d", many); last = quick.line() {
	}
}

func TestStreamsOutliveTheServersLimitsButNotTheServer(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.Web.SetHeartbeat(100 * time.Millisecond)
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: museum.Web, ReadTimeout: 200 * time.Millisecond, WriteTimeout: 300 * time.Millisecond}
	server.RegisterOnShutdown(museum.Web.Close)
	served := make(chan error, 1)
	go func() { served <- server.Serve(socket) }()

	var streams []*listener
	for i := range 10 {
		v := museum.NewMember(t, fmt.Sprintf("student%d@example.com", i))
		for range 5 {
			streams = append(streams, listen(t, v, "http://"+socket.Addr().String()))
		}
	}
	var group sync.WaitGroup
	for _, stream := range streams {
		group.Go(func() {
			for range 10 { // a second, three times the limits
				stream.want(":")
			}
		})
	}
	group.Wait()
	if got := museum.Web.Streams(); got != len(streams) {
		t.Errorf("%d streams are open, want %d", got, len(streams))
	}
	began := time.Now()
	if err := server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the streams held the server up for %s", took)
	}
	for _, stream := range streams {
		for line := stream.line(); line != "the end"; line = stream.line() {
			if line != ":" {
				t.Errorf("heard %q before the end", line)
			}
		}
	}
	if err := <-served; err != http.ErrServerClosed {
		t.Error(err)
	}
	if got := museum.Web.Streams(); got != 0 {
		t.Errorf("%d streams are still counted", got)
	}
	if answer := museum.NewMember(t, "late@example.com").Send("GET", "/api/events/", nil); answer.Status != 503 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("listening at a museum that closes: %d", answer.Status)
	}
}
