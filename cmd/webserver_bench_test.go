//go:build linux

package cmd_test

import (
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// BenchmarkWebServers times a signed-in list of eleven tiles behind each kind of web server, one request after
// another: the minimum, the tenth percentile and the median. For comparison it also times a CGI program in C that
// does nothing, a proxy, and the museum itself.
func BenchmarkWebServers(b *testing.B) {
	b.Run("hello-in-c-apache-cgid", benchmarkHello)
	for _, server := range webServers {
		b.Run(server.name, func(b *testing.B) {
			for _, name := range server.needs {
				tool(b, name)
			}
			s := newSite(b)
			server.start(b, s)
			s.timeList(b, s.url)
		})
	}
	b.Run("apache-proxy-http", func(b *testing.B) {
		s := newSite(b)
		s.serve(b)
		s.apache(b, "proxy", "apache-http.conf")
		s.timeList(b, s.url)
	})
	b.Run("none", func(b *testing.B) {
		s := newSite(b)
		s.serve(b)
		s.url = "http://" + s.Behind
		s.wait(b)
		s.timeList(b, s.url)
	})
}

func benchmarkHello(b *testing.B) {
	s := newSite(b)
	build := exec.Command(testenv.Program(b, "cc", "apt-get install gcc"), "-O2", "-o", filepath.Join(s.Htdocs, "hello"), "testdata/webserver/hello.c")
	if output, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, output)
	}
	s.isOther = true
	s.apache(b, "cgid", "apache-hello.conf")
	timeRequests(b, &http.Client{}, s.url+"/hello")
}

// serve starts the museum without a web server.
func (s *site) serve(b *testing.B) {
	b.Helper()
	s.Behind = testenv.FreeAddress(b)
	s.run(b, exec.Command(s.Program, "serve", "--data-dir", s.Data, "--addr", s.Behind))
}

// timeList creates a museum of eleven tiles and times their list.
func (s *site) timeList(b *testing.B, url string) {
	b.Helper()
	v := s.member(b, "ann@school.example")
	for _, concept := range app.FamilyTypes()[:11] {
		tile := map[string]any{"concept_type": concept, "description": "What was found.", "desmos_state": map[string]any{"version": 11}}
		if answer := v.Send("POST", "/api/tiles/", tile); answer.Status != 201 {
			b.Fatalf("%d %s", answer.Status, answer.Body)
		}
	}
	timeRequests(b, v.Client, url+"/api/tiles/")
}

func timeRequests(b *testing.B, client *http.Client, url string) {
	b.Helper()
	var times []time.Duration
	for b.Loop() {
		begun := time.Now()
		answer, err := client.Get(url)
		if err != nil {
			b.Fatal(err)
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			b.Fatal(answer.Status, err)
		}
		times = append(times, time.Since(begun))
	}
	slices.Sort(times)
	for name, at := range map[string]int{"min": 0, "p10": len(times) / 10, "p50": len(times) / 2} {
		b.ReportMetric(float64(times[at].Microseconds())/1000, fmt.Sprintf("%s-ms", name))
	}
}
