//go:build linux

package cmd_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest/contract"
	_ "modernc.org/sqlite" // to change the database directly
)

// answeredBefore lists steps that the web server answers itself: it decides which hosts exist and what happens to
// TRACE.
var answeredBefore = []string{"root-and-headers/host-unknown", "tiles-routing/trace-method"}

// TestContractThroughWebServers compares the museum with the earlier app behind each kind of web server.
func TestContractThroughWebServers(t *testing.T) {
	for _, server := range webServers {
		t.Run(server.name, func(t *testing.T) {
			for _, name := range server.needs {
				tool(t, name)
			}
			s := newSite(t)
			server.start(t, s)
			contract.Play(t, contract.Museum{URL: s.url, Mails: s.mailbox.To, Exec: s.exec, Skip: append(server.answers, answeredBefore...)})
		})
	}
}

// exec changes the database directly.
func (s *site) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	s.inDatabase(t, func(db *sql.DB) error {
		_, err := db.Exec(query, args...)
		return err
	})
}

// read returns one value from the database.
func (s *site) read(t testing.TB, query string, place any) {
	t.Helper()
	s.inDatabase(t, func(db *sql.DB) error { return db.QueryRow(query).Scan(place) })
}

func (s *site) inDatabase(t testing.TB, do func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.Data, "museum.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := do(db); err != nil {
		t.Fatal(err)
	}
}
