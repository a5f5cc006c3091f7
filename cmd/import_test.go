package cmd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

func TestImport(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	dump, err := filepath.Abs("../app/transfer/testdata/dumpdata.json")
	if err != nil {
		t.Fatal(err)
	}
	h.run(t, "import", dump, "--dry-run").want(t, 0, "Nothing was changed. The import would bring: accounts 3, preferences 2, tiles 14.\n", "")
	h.run(t, "import", "missing.jsonl").want(t, 1, "", "missing.jsonl cannot be read: no such file or directory")
	h.wantNoFolder(t, "museum")
	h.run(t, "migrate")
	h.run(t, "import", dump, "--dry-run").want(t, 0, "Nothing was changed. The import would bring: accounts 3, preferences 2, tiles 14.\n", "")
	h.run(t, "import", dump).want(t, 0, "Imported: accounts 3, preferences 2, tiles 14.\n", "")
	h.run(t, "import", dump).want(t, 0, "Everything in dumpdata.json is here already; nothing was imported.\n", "")
	first := h.run(t, "export").stdout

	// Into another museum, through a pipe.
	cmd := h.command("import", "-", "--data-dir", "another")
	cmd.Stdin = strings.NewReader(first)
	if output, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(output), "tiles 14") {
		t.Fatalf("%v: %s", err, output)
	}
	if second := h.run(t, "export", "--data-dir", "another").stdout; second != first {
		t.Error("the other museum is another one")
	}

	spoilt := filepath.Join(h.dir, "spoilt.jsonl")
	writeFile(t, spoilt, first+"rubbish\n")
	h.run(t, "import", spoilt, "--data-dir", "third").want(t, 1, "", "spoilt.jsonl, line 36: this is not JSON")
	h.run(t, "import", spoilt, "--data-dir", "third").want(t, 1, "", "nothing was imported, because of the errors above (1) in spoilt.jsonl.")
	h.wantNoFolder(t, "third")
	writeFile(t, filepath.Join(h.dir, "third", ".env"), "MATHMUSEUMS_CODES_PER_HOUR=5\n")
	h.run(t, "import", spoilt, "--data-dir", "third").want(t, 1, "", "nothing was imported")
	if left, err := os.ReadDir(filepath.Join(h.dir, "third")); err != nil || len(left) != 1 {
		t.Errorf("a refused import left %v, %v", left, err)
	}
	got := h.command("import", spoilt, "--data-dir", "third", "--skip-bad")
	if output, err := got.CombinedOutput(); err != nil || !strings.Contains(string(output), "tiles 14, versions 14, skipped with errors 1") {
		t.Errorf("%v: %s", err, output)
	}
	var imports int
	if err := openDatabase(t, h).QueryRow("select count(*) from audit_events where action = 'import'").Scan(&imports); err != nil || imports != 1 {
		t.Errorf("%d imports were noted, %v", imports, err)
	}
	if left, _ := os.ReadDir(os.TempDir()); strings.Contains(strings.Join(names(left), " "), "mathmuseums-import-") {
		t.Error("standard input was left behind in a file")
	}
}

// wantNoFolder checks that a folder of the home does not exist.
func (h *home) wantNoFolder(t *testing.T, name string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(h.dir, name)); err == nil {
		t.Errorf("%s was made", name)
	}
}

// TestImportOfWhatExportWrites exports a class in each format, and imports the formats that can be imported.
func TestImportOfWhatExportWrites(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	h.run(t, "demo", "--students", "3").want(t, 0, "A class with ", "")
	h.run(t, "export", "--out", "class.jsonl").want(t, 0, "", "")
	h.run(t, "export", "--format", "zip", "--out", "class.zip").want(t, 0, "", "")
	h.run(t, "export", "--format", "csv", "--out", "class.csv").want(t, 0, "", "")
	h.run(t, "export", "--format", "museum", "--out", "museums").want(t, 0, "Files written to museums: 3\n", "")
	withoutRights := strings.NewReplacer(`"is_staff":true,"is_superuser":true`, `"is_staff":false,"is_superuser":false`)
	want := withoutRights.Replace(h.run(t, "export").stdout)
	for _, file := range []string{"class.jsonl", "class.zip"} {
		imported := h.run(t, "import", file, "--data-dir", file+".museum")
		imported.want(t, 0, "Imported: accounts 4", "")
		if got, want := strings.Contains(imported.stdout, "createsuperuser"), file == "class.zip"; got != want {
			t.Errorf("%s: %s", file, imported.stdout)
		}
		if withoutRights.Replace(h.run(t, "export", "--data-dir", file+".museum").stdout) != want {
			t.Errorf("%s brings another class back", file)
		}
		h.run(t, "import", file, "--data-dir", file+".museum").want(t, 0, "Everything in "+file+" is here already; nothing was imported.\n", "")
		h.run(t, "import", file, "--user", "nobody@example.com").want(t, 1, "", "the file contains no account with the address nobody@example.com")
	}
	h.run(t, "import", "class.csv").want(t, 1, "", "it is a table for spreadsheets")
	h.run(t, "import", "museums", "--user", "ann@example.com").want(t, 1, "", "museums is a folder; import its files")
	files, err := filepath.Glob(filepath.Join(h.dir, "museums", "*.mathmuseums"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		user := strings.TrimSuffix(filepath.Base(file), ".mathmuseums")
		h.run(t, "import", file, "--user", user, "--data-dir", "again").want(t, 0, "Imported: accounts 1", "")
	}
	whole, err := os.ReadFile(filepath.Join(h.dir, "class.zip"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(h.dir, "part.zip"), string(whole[:len(whole)/2]))
	h.run(t, "import", "part.zip").want(t, 1, "", "part.zip cannot be imported: it is damaged or truncated")
}

// TestCommandsDuringAnImportAreTold runs commands during an import.
func TestCommandsDuringAnImportAreTold(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	h.run(t, "demo", "--students", "1", "--into", "class").want(t, 0, "A class with ", "")
	h.run(t, "export", "--data-dir", "class", "--out", "class.jsonl").want(t, 0, "", "")
	h.run(t, "migrate")
	museum := apptest.OpenStore(t, h.data(""), time.Now)
	_, err := museum.Import(t.Context(), func(func(store.Record, error) bool) {
		h.run(t, "import", "class.jsonl").want(t, 1, "", "nothing was imported: another program, such as an import, is writing to the museum; try again later")
		h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com").want(t, 1, "", "mathmuseums: another program, such as an import, is writing to the museum")
	}, store.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	h.run(t, "import", "class.jsonl").want(t, 0, "Imported: accounts 2", "")
}

func names(entries []os.DirEntry) (names []string) {
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
