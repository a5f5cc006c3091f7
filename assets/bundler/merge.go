package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// loadedAfter maps a script that is imported on demand to the one that is always loaded before it.
var loadedAfter = map[string]string{
	"js/graph/index.js":                        "js/graph/thumbnail.js",
	"js/graph/plot/implicit/relations.js":      "js/graph/thumbnail.js",
	"js/graph/ui/fit/mode.js":                  "js/graph/thumbnail.js",
	"js/graph/ui/explore/graph-description.js": "js/graph/thumbnail.js",
}

// staticImport matches the imports of a source file, except those on demand.
var staticImport = regexp.MustCompile(`(?m)^import [^;]+ from '\./([^']+)';$`)

// mergeChunks returns a plugin that keeps modules in one file if they are always loaded together.
//
// esbuild writes a chunk for each set of on-demand scripts that share a module. Here that would be dozens of small
// files, each compressed alone and with headers of its own, although the first page needs all of them. The plugin
// adds imports to every on-demand script, namely of what the entry script imports, and of the script in loadedAfter.
// Those are loaded by then, so it costs nothing, and the sets become the same.
func mergeChunks(options api.BuildOptions) (api.Plugin, error) {
	options.Metafile = true
	result, err := build(options)
	if err != nil {
		return api.Plugin{}, err
	}
	var meta struct {
		Outputs map[string]struct{ EntryPoint string }
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return api.Plugin{}, err
	}
	entry := options.EntryPoints[0]
	source, err := os.ReadFile(filepath.Join(options.AbsWorkingDir, filepath.FromSlash(entry)))
	if err != nil {
		return api.Plugin{}, err
	}
	var first []string
	for _, match := range staticImport.FindAllStringSubmatch(string(source), -1) {
		first = append(first, path.Join(path.Dir(entry), match[1]))
	}
	added := map[string][]string{}
	for _, output := range meta.Outputs {
		if output.EntryPoint != "" && output.EntryPoint != entry {
			added[output.EntryPoint] = first
		}
	}
	for script, earlier := range loadedAfter {
		if added[script] == nil || added[earlier] == nil {
			return api.Plugin{}, fmt.Errorf("loadedAfter: %s or %s is not imported on demand", script, earlier)
		}
		added[script] = append([]string{earlier}, first...)
	}
	return api.Plugin{Name: "merge-chunks", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `\.js$`}, func(args api.OnLoadArgs) (result api.OnLoadResult, err error) {
			name, err := filepath.Rel(options.AbsWorkingDir, args.Path)
			imports, ok := added[filepath.ToSlash(name)]
			if err != nil || !ok {
				return result, err // esbuild loads it
			}
			source, err := os.ReadFile(args.Path)
			if err != nil {
				return result, err
			}
			text := strings.Builder{}
			text.Write(source)
			up := strings.Repeat("../", strings.Count(filepath.ToSlash(name), "/"))
			for _, script := range imports {
				fmt.Fprintf(&text, "import %q;\n", "./"+up+script)
			}
			content := text.String()
			return api.OnLoadResult{Contents: &content, Loader: api.LoaderJS}, nil
		})
	}}, nil
}
