package cmd_test

import (
	"strings"
	"testing"
)

func TestDemo(t *testing.T) {
	h := newHome(t)
	h.run(t, "demo", "--into", "class", "--students", "3").want(t, 0, "Sign in as teacher@example.com", "")
	if got := strings.Count(h.run(t, "export", "--data-dir", "class", "--format", "csv").stdout, "@example.com"); got != 4 {
		t.Errorf("there are %d people", got)
	}
	h.run(t, "code", "teacher@example.com", "--data-dir", "class").want(t, 0, "Sign-in code for teacher@example.com", "")
	before := h.run(t, "export", "--data-dir", "class").stdout
	h.run(t, "demo", "--into", "class").want(t, 1, "", "class is not empty; nothing was changed.")
	h.run(t, "demo", "--data-dir", "class").want(t, 1, "", "already has users; nothing was changed.")
	if h.run(t, "export", "--data-dir", "class").stdout != before {
		t.Error("it was changed")
	}
}
