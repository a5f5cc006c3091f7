package web_test

import (
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
)

// isBundled reports whether the tests run with -tags bundled.
var isBundled = func() bool {
	_, err := fs.Stat(assets.FS, "bundle")
	return err == nil
}()

// TestEveryFileOfThePageIsThere follows the addresses in the page.
func TestEveryFileOfThePageIsThere(t *testing.T) {
	museum := apptest.NewMuseum(t)
	v := museum.NewVisitor(t)
	page := v.Send("GET", "/", nil)
	addresses := regexp.MustCompile(`(?:href|src)="(static/[^"]+)"|"\./(static/[^"]+)"`).FindAllSubmatch(page.Body, -1)
	if page.Status != 200 || len(addresses) < 5 {
		t.Fatalf("%d, %d addresses in\n%s", page.Status, len(addresses), page.Body)
	}
	for _, address := range addresses {
		path := "/" + string(address[1]) + string(address[2])
		answer := v.Send("GET", path, nil)
		if answer.Status != 200 || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %s", path, answer.Status, answer.Header.Get("Cache-Control"))
		}
		if again := v.Send("GET", path, nil, "If-None-Match", answer.Header.Get("ETag")); again.Status != http.StatusNotModified || len(again.Body) > 0 {
			t.Errorf("%s again: %d", path, again.Status)
		}
	}
}

func TestStaticFiles(t *testing.T) {
	museum := apptest.NewMuseum(t)
	v := museum.NewVisitor(t)
	script, other := "/js/main.js", "/js/main/main.js"
	if isBundled {
		script, other = other, script
	}
	for path, want := range map[string]int{
		"/static" + script: 200, "/static/0123456789ab" + script: 200, "/static/css/main.css": 200,
		"/static" + other:    404,
		"/static/js/none.js": 404, "/static/../schema.sql": 404, "/static/%2e%2e/app/web/web.go": 404, "/static/js/": 404, "/static/": 404,
		"/static/html/index.html": 404, // a template, not a page
	} {
		answer := v.Send("GET", path, nil)
		if answer.Status != want {
			t.Errorf("%s: %d, want %d", path, answer.Status, want)
		}
		if strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s may be kept for ever, though it is of no version", path)
		}
	}
	if answer := v.Send("GET", "/static"+script, nil, "Accept-Encoding", "gzip"); answer.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("not compressed: %v", answer.Header)
	}
	if answer := v.Send("POST", "/static"+script, nil); answer.Status != 405 {
		t.Errorf("POST to a file: %d", answer.Status)
	}
}

func TestDevReadsFilesAnew(t *testing.T) {
	folder := t.TempDir()
	write := func(text string) {
		t.Helper()
		for name, text := range map[string]string{"html/index.html": "<title>" + text + "</title>", "js/main.js": text} {
			path := filepath.Join(folder, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	write("first")
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Assets, o.Dev = os.DirFS(folder), true })
	v := museum.NewVisitor(t)
	v.Send("GET", "/", nil)
	v.Send("GET", "/static/dev/js/main.js", nil)
	write("second")
	for _, path := range []string{"/", "/static/dev/js/main.js"} {
		answer := v.Send("GET", path, nil)
		if !strings.Contains(string(answer.Body), "second") || answer.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %s %s", path, answer.Header.Get("Cache-Control"), answer.Body)
		}
	}
}

// TestThePageFetchesAllThatItNeedsAtOnce follows the imports of the entry script: the page must preload all of them.
func TestThePageFetchesAllThatItNeedsAtOnce(t *testing.T) {
	v := apptest.NewMuseum(t).NewVisitor(t)
	page := string(v.Send("GET", "/", nil).Body)
	imported := regexp.MustCompile(`(?:from|import)\s*"(\.[^"]+)"`)
	library := func(name string) string { return name }
	if !isBundled {
		imported = regexp.MustCompile(`(?m)^[^/*\n]*\bfrom '([^']+)';$`)
		library = func(name string) string {
			return string(regexp.MustCompile(`"` + name + `":"\./([^"]+)"`).FindSubmatch([]byte(page))[1])
		}
	}
	first := regexp.MustCompile(`<script type="module" src="([^"]+)"`).FindStringSubmatch(page)
	if first == nil {
		t.Fatalf("no script in\n%s", page)
	}
	seen := map[string]bool{}
	for waiting := []string{first[1]}; len(waiting) > 0; waiting = waiting[1:] {
		script := v.Send("GET", "/"+waiting[0], nil)
		for _, match := range imported.FindAllStringSubmatch(string(script.Body), -1) {
			address := path.Join(path.Dir(waiting[0]), match[1])
			if !strings.HasPrefix(match[1], ".") {
				address = library(match[1])
			}
			if seen[address] {
				continue
			}
			seen[address] = true
			waiting = append(waiting, address)
			if !strings.Contains(page, `rel="modulepreload" href="`+address+`"`) {
				t.Errorf("%s is not preloaded", address)
			}
		}
	}
	if preloads := strings.Count(page, "modulepreload"); preloads != len(seen) || preloads == 0 {
		t.Errorf("%d scripts are preloaded, %d needed", preloads, len(seen))
	}
}

// TestDevIgnoresTheBundle serves the sources although there is a bundle next to them.
func TestDevIgnoresTheBundle(t *testing.T) {
	files := fstest.MapFS{
		"html/index.html": {Data: []byte("{{.Script}}")}, "js/main.js": {Data: []byte("written")},
		"bundle/js/main.js": {Data: []byte("made")}, "bundle/js/main/main.js": {Data: []byte(`import"./chunk.js";`)}, "bundle/js/main/chunk.js": {},
	}
	for isDev, want := range map[bool][2]string{true: {"js/main.js", "written"}, false: {"js/main/main.js", "made"}} {
		v := apptest.NewMuseum(t, func(o *web.Options) { o.Assets, o.Dev = files, isDev }).NewVisitor(t)
		got := [2]string{string(v.Send("GET", "/", nil).Body), string(v.Send("GET", "/static/js/main.js", nil).Body)}
		if got != want {
			t.Errorf("dev %t: got %q, want %q", isDev, got, want)
		}
	}
}
