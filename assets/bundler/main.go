// Command bundler makes assets/bundle: the front end's scripts and style sheets as the few small files that a program
// built with -tags bundled serves. "go generate ./assets" runs it. The program itself never links it.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// output is the folder that is written, below that of the package assets. Nothing in it is under version control.
const output = "bundle"

// marker is an empty file in the output. The package assets embeds it by name, so that a build without the bundle
// stops with an error that says what to run.
const marker = "MADE_BY_go_generate_assets"

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "bundler:", err)
		os.Exit(1)
	}
}

// run replaces the output of the front end in a folder.
func run(folder string) error {
	files, err := bundle(folder)
	if err != nil {
		return err
	}
	out := filepath.Join(folder, output)
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	files[marker] = nil
	for name, content := range files {
		file := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// engines are the oldest browsers that support what the pages use: Map.groupBy, AbortSignal.any, popovers and
// Intl.Segmenter. The README names them too. esbuild also adds the prefixes that WebKit still needs, such as that of
// user-select.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "117"},
	{Name: api.EngineEdge, Version: "117"},
	{Name: api.EngineFirefox, Version: "125"},
	{Name: api.EngineSafari, Version: "17.4"},
	{Name: api.EngineIOS, Version: "17.4"},
}

// bundle returns the output's files by their path in it, which is the path that the program serves them under.
func bundle(folder string) (map[string][]byte, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	common := api.BuildOptions{
		AbsWorkingDir:     folder,
		Bundle:            true,
		Engines:           engines,
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
	// Two folders deep, like the modules that find style sheets and pictures relative to their own address.
	scripts.Outdir = output + "/js/main"
	scripts.Format = api.FormatESModule
	scripts.Splitting = true
	scripts.Alias = map[string]string{
		"idb":                   "./vendor/idb/index.js",
		"@noble/hashes/sha2.js": "./vendor/noble-hashes/sha2.js",
	}
	// MathLive is large, is minified already, and is found through the page's import map.
	scripts.External = []string{"mathlive"}
	merging, err := mergeChunks(scripts)
	if err != nil {
		return nil, err
	}
	scripts.Plugins = []api.Plugin{merging}

	photoWorker := common
	photoWorker.EntryPoints = []string{"js/graph/ui/photo/worker.js"}
	photoWorker.Outdir = scripts.Outdir // beside the script that starts it
	photoWorker.Format = api.FormatESModule

	serviceWorker := common
	serviceWorker.EntryPoints = []string{"js/sw.js"}
	serviceWorker.Outdir = output + "/js"

	styles := common
	styles.EntryPoints = []string{"css/main.css", "css/tile.css", "css/versions.css", "css/setup.css"}
	styles.Outdir = output + "/css"
	styles.External = []string{"*.woff2"}

	files := map[string][]byte{}
	for _, options := range []api.BuildOptions{scripts, photoWorker, serviceWorker, styles} {
		built, err := build(options)
		if err != nil {
			return nil, err
		}
		for _, file := range built.OutputFiles {
			name, err := filepath.Rel(filepath.Join(folder, output), file.Path)
			if err != nil {
				return nil, err
			}
			files[filepath.ToSlash(name)] = file.Contents
		}
	}
	return files, nil
}

// build runs esbuild. Warnings fail the build, too.
func build(options api.BuildOptions) (api.BuildResult, error) {
	result := api.Build(options)
	var problems []error
	for _, message := range append(result.Errors, result.Warnings...) {
		place := ""
		if at := message.Location; at != nil {
			place = fmt.Sprintf("%s:%d:%d: ", at.File, at.Line, at.Column)
		}
		problems = append(problems, errors.New(place+message.Text))
	}
	return result, errors.Join(problems...)
}
