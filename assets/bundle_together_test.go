package assets_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// wholeAfter names what is always fetched after the thumbnails' script, by that script.
var wholeAfter = map[string]string{
	"js/graph/index.js":                        "js/graph/thumbnail.js",
	"js/graph/plot/implicit/relations.js":      "js/graph/thumbnail.js",
	"js/graph/ui/fit/mode.js":                  "js/graph/thumbnail.js",
	"js/graph/ui/explore/graph-description.js": "js/graph/thumbnail.js",
}

// writtenImport finds what a script imports, but for what it imports on demand.
var writtenImport = regexp.MustCompile(`(?m)^import [^;]+ from '\./([^']+)';$`)

// together keeps in one file what is always fetched together. esbuild gives each set of scripts on demand that need a module
// a file of its own: many small ones, each packed alone and with a head, although the first page needs them all. So each
// script on demand is told to need all of the first script's parts, which are there by then.
func together(t *testing.T, options api.BuildOptions) api.Plugin {
	t.Helper()
	options.Metafile = true
	var built struct {
		Outputs map[string]struct{ EntryPoint string }
	}
	if err := json.Unmarshal([]byte(api.Build(options).Metafile), &built); err != nil {
		t.Fatal(err)
	}
	first := options.EntryPoints[0]
	source, err := os.ReadFile(filepath.FromSlash(first))
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, match := range writtenImport.FindAllStringSubmatch(string(source), -1) {
		parts = append(parts, path.Join(path.Dir(first), match[1]))
	}
	needs := map[string][]string{}
	for _, output := range built.Outputs {
		script := output.EntryPoint
		if script == "" || script == first {
			continue
		}
		needs[script] = parts
		if before, ok := wholeAfter[script]; ok {
			needs[script] = append([]string{before}, parts...)
		}
	}
	return api.Plugin{Name: "together", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `\.js$`}, func(args api.OnLoadArgs) (result api.OnLoadResult, err error) {
			name, err := filepath.Rel(options.AbsWorkingDir, args.Path)
			needed, ok := needs[filepath.ToSlash(name)]
			if err != nil || !ok {
				return result, err // as it is
			}
			source, err := os.ReadFile(args.Path)
			if err != nil {
				return result, err
			}
			text := strings.Builder{}
			text.Write(source)
			for _, part := range needed {
				fmt.Fprintf(&text, "import %q;\n", "./"+strings.Repeat("../", strings.Count(name, string(filepath.Separator)))+part)
			}
			content := text.String()
			return api.OnLoadResult{Contents: &content, Loader: api.LoaderJS}, nil
		})
	}}
}

// TestFirstScriptsAreTogether holds that the first page and its pictures come in as few files as can be.
func TestFirstScriptsAreTogether(t *testing.T) {
	made := bundle(t)
	static := regexp.MustCompile(`(?:\bfrom|\bimport)"\./([^"]+)"`)
	imports := func(name string) (found []string) {
		for _, match := range static.FindAllSubmatch(made[name], -1) {
			found = append(found, string(match[1]))
		}
		return found
	}
	parts := imports("js/main/main.js")
	if len(parts) != 1 {
		t.Errorf("the first script needs %v, want one file", parts)
	}
	for name := range made {
		if !strings.HasPrefix(path.Base(name), "thumbnail-") {
			continue
		}
		if drawing := imports(name); len(drawing) != 2 || !slices.Contains(drawing, parts[0]) {
			t.Errorf("thumbnails need %v, want one file beside %v", drawing, parts)
		}
	}
}
