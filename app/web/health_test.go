package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

func TestHealth(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, m *apptest.Museum) error{
		"moved away": func(_ *testing.T, m *apptest.Museum) error { return os.Rename(m.Store.Path(), m.Store.Path()+".gone") },
		"replaced": func(t *testing.T, m *apptest.Museum) error {
			folder := t.TempDir()
			apptest.OpenStore(t, folder, nil)
			return os.Rename(filepath.Join(folder, "museum.db"), m.Store.Path())
		},
		"closed": func(_ *testing.T, m *apptest.Museum) error { return m.Store.Close() },
		"no table": func(t *testing.T, m *apptest.Museum) error {
			m.Exec(t, "ALTER TABLE users RENAME TO people")
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			museum := apptest.NewMuseum(t)
			v := museum.NewVisitor(t)
			if answer := v.Send("GET", "/healthz", nil); answer.Status != 200 || string(answer.Body) != `{"database":"ok","status":"ok"}` {
				t.Errorf("in health: %d %s", answer.Status, answer.Body)
			}
			if err := harm(t, museum); err != nil {
				t.Fatal(err)
			}
			if answer := v.Send("GET", "/healthz", nil); answer.Status != 503 || string(answer.Body) != `{"database":"failing","status":"failing"}` {
				t.Errorf("harmed: %d %s", answer.Status, answer.Body)
			}
		})
	}
	v := apptest.NewMuseum(t).NewVisitor(t)
	if answer := v.Send("HEAD", "/healthz", nil); answer.Status != 200 || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("HEAD: %d %v", answer.Status, answer.Header)
	}
	if answer := v.Send("POST", "/healthz", nil); answer.Status != 405 {
		t.Errorf("POST: %d", answer.Status)
	}
}
