package apptest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the root of the repository, relative to this package.
const root = "../.."

const module = "github.com/mathmuseums/mathmuseums"

// goImports lists the packages of this module that each package may import: downward only. A package must have an
// entry.
var goImports = map[string][]string{
	".":                    {"cmd"},
	"cmd":                  {"app", "app/bucket", "app/authority", "app/platform", "app/web", "app/mail", "app/replica", "app/backup", "app/transfer", "app/store", "assets"},
	"cmd/manpages":         {"cmd"}, // a program of its own, for releases
	"app/web":              {"app", "app/authority", "app/mail", "app/replica", "app/transfer", "app/store", "assets"},
	"app/bucket":           {},
	"app/replica":          {"app/bucket", "app/platform", "app/store"},
	"app/backup":           {"app", "app/bucket", "app/platform", "app/replica", "app/store"},
	"app/transfer":         {"app", "app/store"},
	"app/authority":        {},
	"app/platform":         {},
	"app/mail":             {"app", "app/platform", "assets"},
	"app/store":            {"app", "app/platform"},
	"app":                  {},
	"assets":               {},
	"assets/bundler":       {},
	"app/apptest/testenv":  {},
	"app/apptest/contract": {"app/mail"},
	"app/apptest":          {"app", "app/apptest/testenv", "app/web", "app/mail", "app/replica", "app/backup", "app/transfer", "app/store", "assets"},
}

func TestGoImportsRunDownward(t *testing.T) {
	found := 0
	walk(t, root, ".go", func(file string) {
		syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		from := path.Dir(file)
		allowed, known := goImports[from]
		if !known {
			t.Errorf("%s: the package %s has no entry in goImports", file, from)
		}
		if strings.HasSuffix(file, "_test.go") {
			return // tests may import anything
		}
		for _, spec := range syntax.Imports {
			found++
			name, _ := strconv.Unquote(spec.Path.Value)
			own, ok := strings.CutPrefix(name, module+"/")
			if ok && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", file, own)
			}
			if from == "app" && strings.Contains(strings.SplitN(name, "/", 2)[0], ".") && !slices.Contains(unicodeTables, name) {
				t.Errorf("%s imports %s: app may import only the standard library", file, name)
			}
		}
	})
	if found < 50 {
		t.Errorf("only %d imports were found", found)
	}
}

// unicodeTables are the packages outside of the standard library that app may import. They are pure.
var unicodeTables = []string{"golang.org/x/net/idna", "golang.org/x/text/unicode/norm"}

// jsImports lists the layers of assets/js, and for each the layers that it may import besides itself. A folder
// without an entry belongs to the layer of its parent folder.
var jsImports = map[string][]string{
	".":           {"pages", "sync", "museum", "graph", "lib"}, // main.js, sw.js
	"pages":       {"graph", "museum", "sync", "lib"},
	"museum":      {"lib"},
	"sync":        {"museum", "lib"},
	"lib":         {},
	"graph":       {"graph/ui", "graph/plot", "graph/math", "graph/state", "graph/lang"}, // index.js, thumbnail.js
	"graph/ui":    {"graph/plot", "graph/math", "graph/state", "graph/lang", "lib"},
	"graph/plot":  {"graph/lang"},
	"graph/math":  {"graph/lang", "lib"},
	"graph/state": {"graph/lang", "lib"},
	"graph/lang":  {},
}

// jsLayer returns the layer of a file below assets/js: its nearest parent folder in jsImports.
func jsLayer(file string) string {
	folder := path.Dir(file)
	for folder != "." && jsImports[folder] == nil {
		folder = path.Dir(folder)
	}
	return folder
}

// jsComment matches comments, which are removed because types imported in them load nothing.
var jsComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

var jsImport = regexp.MustCompile(`(?m)(?:^\s*(?:import|export)\b[^;'"]*?from\s*|^\s*import\s*|\bimport\(\s*)['"]([^'"]+)['"]`)

func TestJavaScriptImportsRunDownward(t *testing.T) {
	top := filepath.Join(root, "assets", "js")
	found := 0
	imports := map[string][]string{}
	walk(t, top, ".js", func(file string) {
		text, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			t.Fatal(err)
		}
		from := jsLayer(file)
		for _, match := range jsImport.FindAllSubmatch(jsComment.ReplaceAll(text, nil), -1) {
			found++
			name := string(match[1])
			if !strings.HasPrefix(name, ".") {
				if name != "idb" && name != "mathlive" && name != "@noble/hashes/sha2.js" {
					t.Errorf("%s imports %s, which is not vendored", file, name)
				}
				continue
			}
			target := path.Join(path.Dir(file), name)
			if _, err := os.Stat(filepath.Join(top, target)); err != nil {
				t.Errorf("%s imports %s, which is not there", file, name)
			}
			if to := jsLayer(target); to != from && !slices.Contains(jsImports[from], to) {
				t.Errorf("%s imports %s", file, target)
			}
			imports[file] = append(imports[file], target)
		}
	})
	if found < 50 {
		t.Errorf("only %d imports were found", found)
	}
	if cycle := findCycle(imports); cycle != nil {
		t.Errorf("modules import each other in a circle: %s", strings.Join(cycle, " > "))
	}
}

// findCycle returns the files of one import cycle, the first of them again at the end, or nil if there is none.
func findCycle(imports map[string][]string) []string {
	done := map[string]bool{}
	var stack []string
	var visit func(file string) []string
	visit = func(file string) []string {
		if at := slices.Index(stack, file); at >= 0 {
			return append(slices.Clone(stack[at:]), file)
		}
		if done[file] {
			return nil
		}
		done[file] = true
		stack = append(stack, file)
		for _, target := range imports[file] {
			if cycle := visit(target); cycle != nil {
				return cycle
			}
		}
		stack = stack[:len(stack)-1]
		return nil
	}
	for _, file := range slices.Sorted(maps.Keys(imports)) {
		if cycle := visit(file); cycle != nil {
			return cycle
		}
	}
	return nil
}

func TestFindCycle(t *testing.T) {
	imports := map[string][]string{"a": {"b", "d"}, "b": {"c"}, "c": {"d"}, "d": nil}
	if cycle := findCycle(imports); cycle != nil {
		t.Errorf("got a cycle %q where there is none", cycle)
	}
	imports["d"] = []string{"b"}
	if got, want := strings.Join(findCycle(imports), " "), "b c d b"; got != want {
		t.Errorf("got the cycle %q, want %q", got, want)
	}
}

// walk calls do with the path, relative to top, of each file with an extension, except in folders that are not ours.
func walk(t *testing.T, top, ending string, do func(file string)) {
	t.Helper()
	err := filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && name != top && (base == "node_modules" || base == "testdata" || strings.HasPrefix(base, ".")) {
			return fs.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(base, ending) {
			below, err := filepath.Rel(top, name)
			if err != nil {
				return err
			}
			do(filepath.ToSlash(below))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
