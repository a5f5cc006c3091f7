//go:build linux

package cmd_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// member signs in through the web server.
func (s *site) member(t testing.TB, email string) *apptest.Visitor {
	t.Helper()
	museum := &apptest.Museum{Server: &httptest.Server{URL: s.url}}
	v := museum.NewVisitor(t)
	if answer := v.Send("POST", "/auth/request-otp/", map[string]string{"email": email}); answer.Status != 200 {
		t.Fatalf("ask for a code: %d %s", answer.Status, answer.Body)
	}
	code := s.mailbox.To(email)[0].Code
	if answer := v.Send("POST", "/auth/verify-otp/", map[string]string{"email": email, "otp_code": code}); answer.Status != 200 {
		t.Fatalf("sign in: %d %s", answer.Status, answer.Body)
	}
	return v
}

// TestManyProcessesAtOnce has a class work at the same time behind servers that start a process for each request, or
// several long-lived ones: every edit counts, and photos pass the request limit of a small host.
func TestManyProcessesAtOnce(t *testing.T) {
	const students, edits = 8, 10
	for _, server := range webServers {
		if server.name != "apache-cgid" && server.name != "apache-fcgid" {
			continue
		}
		t.Run(server.name, func(t *testing.T) {
			for _, name := range server.needs {
				tool(t, name)
			}
			s := newSite(t)
			server.start(t, s)
			var class sync.WaitGroup
			for i := range students {
				class.Go(func() { s.study(t, fmt.Sprintf("student%d@school.example", i), edits, uint64(i)) })
			}
			class.Wait()
			s.wantSound(t, students*(edits+1))
			if server.name == "apache-cgid" {
				s.wantFewEpochs(t, students)
			}
		})
	}
}

// study creates a tile, edits it repeatedly, and adds a photo.
func (s *site) study(t *testing.T, email string, edits int, seed uint64) {
	v := s.member(t, email)
	made := v.Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "edit 0"})
	if made.Status != 201 {
		t.Errorf("%s: %d %s", email, made.Status, made.Body)
		return
	}
	path := fmt.Sprintf("/api/tiles/%v/", made.Object(t)["id"])
	for i := 1; i < edits; i++ {
		if answer := v.Send("PATCH", path, map[string]any{"description": fmt.Sprintf("edit %d", i)}); answer.Status != 200 {
			t.Errorf("%s, edit %d: %d %s", email, i, answer.Status, answer.Body)
		}
	}
	if last := v.Send("GET", path, nil).Object(t)["description"]; last != fmt.Sprintf("edit %d", edits-1) {
		t.Errorf("%s: the last edit is %v", email, last)
	}
	var packed bytes.Buffer
	packer := gzip.NewWriter(&packed)
	_, _ = io.WriteString(packer, `{"description": "`+strings.Repeat("A long story. ", 20_000)+`"}`)
	_ = packer.Close()
	if answer := v.Send("PATCH", path, packed.String(), "Content-Encoding", "gzip"); answer.Status != 200 {
		t.Errorf("%s, what is longer than a small host takes: %d %s", email, answer.Status, answer.Body)
	}
	photo := apptest.PNG(t, 400, 300, seed)
	hash := sha256.Sum256(photo)
	address := "/api/images/" + hex.EncodeToString(hash[:])
	for at := 0; at < len(photo); at += app.ImagePartSize {
		part := string(photo[at:min(at+app.ImagePartSize, len(photo))])
		answer := v.Send("PUT", fmt.Sprintf("%s/parts/%d?size=%d", address, at, len(photo)), part, "Content-Type", "application/octet-stream")
		if answer.Status >= 300 {
			t.Errorf("%s, photo from byte %d: %d %s", email, at, answer.Status, answer.Body)
		}
	}
	if answer := v.Send("GET", address, nil); string(answer.Body) != string(photo) {
		t.Errorf("%s: of %d bytes of the photo %d came back", email, len(photo), len(answer.Body))
	}
	if events := v.Send("GET", "/api/events/", nil, "Accept", "text/event-stream"); !strings.Contains(string(events.Body), "data: polling") {
		t.Errorf("%s: events are %d %s", email, events.Status, events.Body)
	}
}

// wantSound checks that the database is sound and that its versions include every edit.
func (s *site) wantSound(t *testing.T, edits int) {
	t.Helper()
	var whole string
	s.read(t, "pragma integrity_check", &whole)
	var versions int
	s.read(t, "select sum(version) from tiles", &versions)
	if whole != "ok" || versions != edits {
		t.Errorf("the database is %s, and its versions count %d of %d edits", whole, versions, edits)
	}
}

// wantFewEpochs checks that processes that take turns do not add a row each.
func (s *site) wantFewEpochs(t *testing.T, most int) {
	t.Helper()
	var epochs int
	s.read(t, "select count(*) from user_epochs", &epochs)
	if epochs > most {
		t.Errorf("%d epochs of %d students", epochs, most)
	}
}
