package assets_test

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	// esbuild parts the scripts into few files as they are needed together, and knows both languages well enough to shorten
	// them. It runs here alone: the program carries what it made.
	"github.com/evanw/esbuild/pkg/api"
)

// browsers are the oldest ones that have what the pages need: Map.groupBy, AbortSignal.any, popovers and Intl.Segmenter. The
// README names them too. WebKit still wants a prefix before some properties of CSS, user-select above all.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "117"},
	{Name: api.EngineEdge, Version: "117"},
	{Name: api.EngineFirefox, Version: "125"},
	{Name: api.EngineSafari, Version: "17.4"},
	{Name: api.EngineIOS, Version: "17.4"},
}

var update = flag.Bool("update", false, "write the bundle anew")

// bundle makes of the scripts and style sheets what the program serves, by path below bundle/.
func bundle(t *testing.T) map[string][]byte {
	t.Helper()
	folder, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	common := api.BuildOptions{
		AbsWorkingDir:     folder,
		Bundle:            true,
		Engines:           browsers,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsEndOfFile,
		LogLevel:          api.LogLevelSilent,
	}

	scripts := common
	scripts.EntryPoints = []string{"js/main.js"}
	scripts.ChunkNames = "[name]-[hash]"
	// Two folders deep, like the modules that find style sheets and pictures by their own address.
	scripts.Outdir = "bundle/js/main"
	scripts.Format = api.FormatESModule
	scripts.Splitting = true
	scripts.Alias = map[string]string{
		"idb":                   "./vendor/idb/index.js",
		"@noble/hashes/sha2.js": "./vendor/noble-hashes/sha2.js",
	}
	scripts.External = []string{"mathlive"} // it is large, comes small, and is asked for by name: see the page's import map
	scripts.Plugins = []api.Plugin{together(t, scripts)}

	photoWorker := common
	photoWorker.EntryPoints = []string{"js/graph/ui/photo/worker.js"}
	photoWorker.Outdir = scripts.Outdir // beside the script that begins it
	photoWorker.Format = api.FormatESModule

	serviceWorker := common
	serviceWorker.EntryPoints = []string{"js/sw.js"}
	serviceWorker.Outdir = "bundle/js"

	styles := common
	styles.EntryPoints = []string{"css/main.css", "css/tile.css", "css/past.css", "css/setup.css"}
	styles.Outdir = "bundle/css"
	styles.External = []string{"*.woff2"}

	made := map[string][]byte{}
	for _, options := range []api.BuildOptions{scripts, photoWorker, serviceWorker, styles} {
		result := api.Build(options)
		for _, message := range append(result.Errors, result.Warnings...) {
			t.Errorf("%+v: %s", message.Location, message.Text)
		}
		for _, file := range result.OutputFiles {
			name, err := filepath.Rel(filepath.Join(folder, "bundle"), file.Path)
			if err != nil {
				t.Fatal(err)
			}
			made[filepath.ToSlash(name)] = file.Contents
		}
	}
	return made
}

// TestBundleIsOfTheSources holds bundle/ against the scripts and style sheets that it is made of.
func TestBundleIsOfTheSources(t *testing.T) {
	made := bundle(t)
	if t.Failed() {
		return
	}
	if *update {
		writeBundle(t, made)
	}
	kept := map[string][]byte{}
	err := fs.WalkDir(os.DirFS("bundle"), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		kept[name], err = os.ReadFile(filepath.Join("bundle", name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var differing []string
	for _, name := range slices.Sorted(maps.Keys(made)) {
		if !bytes.Equal(kept[name], made[name]) {
			differing = append(differing, name)
		}
		delete(kept, name)
	}
	differing = slices.AppendSeq(differing, maps.Keys(kept))
	if len(differing) > 0 {
		t.Errorf("the bundle is not of these scripts and style sheets: run go generate ./assets\n%s", strings.Join(differing, "\n"))
	}
}

func writeBundle(t *testing.T, made map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll("bundle"); err != nil {
		t.Fatal(err)
	}
	for name, content := range made {
		file := filepath.Join("bundle", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
