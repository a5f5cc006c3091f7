//go:build linux

package cmd_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestInAFolder serves the museum from a folder of a site and follows its URLs, with the program's name in them and
// rewritten without it. The base path is not configured.
func TestInAFolder(t *testing.T) {
	tool(t, "apache2")
	t.Run("CGI", func(t *testing.T) {
		s, folder := newFolder(t, "htaccess")
		s.install(t, filepath.Join(folder, "museum.cgi"))
		s.apache(t, "cgid")
		s.followAddresses(t, "/class", "/class/museum.cgi")
	})
	t.Run("FastCGI", func(t *testing.T) {
		s, folder := newFolder(t, "htaccess-fcgid")
		s.write(t, "museum.fcgi", filepath.Join(folder, "museum.fcgi"), 0o755)
		s.apache(t, "fcgid")
		s.followAddresses(t, "/class", "/class/museum.fcgi")
	})
}

// newFolder creates a site with a folder for the museum.
func newFolder(t *testing.T, htaccess string) (s *site, folder string) {
	t.Helper()
	s = newSite(t)
	folder = filepath.Join(s.Htdocs, "class")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	s.write(t, htaccess, filepath.Join(folder, ".htaccess"), 0o644)
	s.prefix = "/class"
	return s, folder
}

// followAddresses opens the museum at its URLs.
func (s *site) followAddresses(t *testing.T, bases ...string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, base := range bases {
		get := func(path string) (*http.Response, string) {
			t.Helper()
			answer, err := client.Get("http://" + s.Address + path)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			return answer, textOf(t, answer)
		}
		answer, page := get(base + "/")
		script := regexp.MustCompile(`src="(static/[^"]+main\.js)"`).FindStringSubmatch(page)
		if answer.StatusCode != 200 || script == nil {
			t.Fatalf("%s/: %d\n%s", base, answer.StatusCode, page)
		}
		if answer, _ := get(base + "/" + script[1]); answer.StatusCode != 200 || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s/%s: %d", base, script[1], answer.StatusCode)
		}
		if answer, _ := get(base + "/api"); answer.StatusCode != 301 || !strings.HasSuffix(answer.Header.Get("Location"), base+"/api/") {
			t.Errorf("%s/api: %d to %s", base, answer.StatusCode, answer.Header.Get("Location"))
		}
		request, _ := http.NewRequest("GET", "http://"+s.Address+base+"/api/", nil)
		request.AddCookie(&http.Cookie{Name: "sessionid", Value: "old"})
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if cookie := answer.Header.Get("Set-Cookie"); !strings.Contains(cookie, "Path="+base+"/") {
			t.Errorf("%s: the cookie is %q", base, cookie)
		}
	}
}
