package web_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// readWorker requests the service worker and returns its list of files.
func readWorker(t *testing.T, v *apptest.Visitor) (list struct {
	Version, Prefix string
	Files           []string
}) {
	t.Helper()
	answer := v.Send("GET", "/sw.js", nil)
	if answer.Status != 200 || answer.Header.Get("Cache-Control") != "no-cache" || answer.Header.Get("Service-Worker-Allowed") != "./" ||
		!strings.HasPrefix(answer.Header.Get("Content-Type"), "text/javascript") {
		t.Fatalf("%d %v", answer.Status, answer.Header)
	}
	text := regexp.MustCompile(`^self\.precache=(.+);\n`).FindSubmatch(answer.Body)
	if text == nil || !strings.Contains(string(answer.Body), "addEventListener") {
		t.Fatalf("no list before the script in\n%s", answer.Body)
	}
	if err := json.Unmarshal(text[1], &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWorkerKeepsWhatAnyPageNeeds(t *testing.T) {
	v := apptest.NewMuseum(t).NewVisitor(t)
	list := readWorker(t, v)
	page := string(v.Send("GET", "/", nil).Body)
	if list.Version == "" || !strings.Contains(page, list.Prefix) {
		t.Errorf("the page is not of version %q, below %q", list.Version, list.Prefix)
	}
	for _, file := range list.Files {
		answer := v.Send("GET", "/"+list.Prefix+file, nil)
		if answer.Status != 200 || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %s", file, answer.Status, answer.Header.Get("Cache-Control"))
		}
	}
	scripts := []string{"js/main.js", "js/graph/ui/photo/worker.js", "vendor/idb/index.js"}
	if isBundled {
		scripts = []string{"js/main/main.js", "js/main/worker.js"}
	}
	for _, file := range append(scripts, "css/main.css", "css/tile.css", "img/icons.svg",
		"vendor/mathlive/mathlive.min.mjs", "vendor/mathlive/fonts/KaTeX_Main-Regular.woff2", "vendor/fraunces/fraunces-latin-500-normal.woff2") {
		if !slices.Contains(list.Files, file) {
			t.Errorf("%s is not kept", file)
		}
	}
	for _, file := range list.Files {
		if strings.HasSuffix(file, "sw.js") || strings.HasPrefix(file, "html/") || strings.HasSuffix(file, "package.json") || strings.HasSuffix(file, "LICENSE") ||
			isBundled && strings.HasPrefix(file, "vendor/idb/") || strings.HasPrefix(file, "bundle/") {
			t.Errorf("%s is kept, though no page asks for it", file)
		}
	}
}

func TestWorkerKeepsNothingWhileFilesMayChange(t *testing.T) {
	v := apptest.NewMuseum(t, func(o *web.Options) { o.Assets, o.Dev = os.DirFS("../../assets"), true }).NewVisitor(t)
	if list := readWorker(t, v); list.Version != "" || len(list.Files) != 0 {
		t.Errorf("version %q, %d files", list.Version, len(list.Files))
	}
}
