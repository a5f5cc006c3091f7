package cmd_test

import (
	"os"
	"strings"
	"testing"
)

func TestExport(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	h.run(t, "export").want(t, 1, "", "there is no museum in ")
	h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com")
	h.run(t, "export").want(t, 0, `"email":"head@example.com"`, "")
	h.run(t, "export", "--user", "ann@example.com").want(t, 1, "", "There is no account with the address ann@example.com.")
	h.run(t, "export", "--format", "csv", "--user", "HEAD@example.com", "--out", "class.csv").want(t, 0, "", "")
	if content, err := os.ReadFile(h.dir + "/class.csv"); !strings.Contains(string(content), `"head@example.com",`) {
		t.Errorf("the table is %q, %v", content, err)
	}
	h.run(t, "export", "--out", "museum").want(t, 1, "", "museum is a folder; name a file in it")
	h.run(t, "export", "--out", "missing/x").want(t, 1, "", "missing/x was not written: no such file or directory.")
	h.run(t, "export", "--format", "museum", "--out", "museums").want(t, 0, "Files written to museums: 0\n", "")
	h.run(t, "export", "--format", "museum", "--user", "head@example.com").want(t, 0, `"totalConcepts":0`, "")
	h.run(t, "export", "--format", "zip").want(t, 0, "head@example.com/museum.json", "")
	var exports int
	if err := openDatabase(t, h).QueryRow("select count(*) from audit_events where action = 'export'").Scan(&exports); err != nil || exports != 7 {
		t.Errorf("%d exports were noted, %v", exports, err)
	}
}
