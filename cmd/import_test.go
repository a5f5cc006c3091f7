package cmd_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImport(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	dump, err := filepath.Abs("../app/transfer/testdata/dumpdata.json")
	if err != nil {
		t.Fatal(err)
	}
	h.run(t, "import", dump, "--dry-run").want(t, 1, "", "there is no museum in ")
	h.run(t, "import", "missing.jsonl").want(t, 1, "", "missing.jsonl cannot be read: no such file or directory")
	h.run(t, "migrate")
	h.run(t, "import", dump, "--dry-run").want(t, 0, "Nothing was changed. There is to import: accounts 3, preferences 2, tiles 14.\n", "")
	h.run(t, "import", dump).want(t, 0, "Imported: accounts 3, preferences 2, tiles 14.\n", "")
	h.run(t, "import", dump).want(t, 0, "dumpdata.json is here already: there is nothing to import.\n", "")
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
	h.run(t, "import", spoilt, "--data-dir", "third").want(t, 1, "", "spoilt.jsonl, line 35: this is no JSON")
	h.run(t, "import", spoilt, "--data-dir", "third").want(t, 1, "", "spoilt.jsonl has lines that are not right (1), so nothing was imported.")
	got := h.command("import", spoilt, "--data-dir", "third", "--skip-bad")
	if output, err := got.CombinedOutput(); err != nil || !strings.Contains(string(output), "tiles 14, versions of them 14, lines left out 1") {
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

func names(entries []os.DirEntry) (names []string) {
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
