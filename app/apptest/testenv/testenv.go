// Package testenv provides what tests need of the machine they run on. It imports no other package of this module, so
// that the tests of any package can use it.
package testenv

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// Skip skips a test that lacks something; the message names it and says how to get it. In CI that is a failure.
func Skip(t testing.TB, message string) {
	t.Helper()
	if InCI() {
		t.Fatal(message)
	}
	t.Skip(message)
}

// InCI reports whether the tests run in CI, where nothing may be skipped and randomized tests run longer.
func InCI() bool { return os.Getenv("CI") != "" }

// Program returns the path of a program that a test needs, also looking where only root has programs. If it is
// missing, the test is skipped as by Skip; install says how to get it.
func Program(t testing.TB, name, install string) string {
	t.Helper()
	if found, err := exec.LookPath(name); err == nil {
		return found
	}
	for _, folder := range []string{"/usr/sbin", "/usr/local/sbin"} {
		if found, err := exec.LookPath(filepath.Join(folder, name)); err == nil {
			return found
		}
	}
	Skip(t, name+" is missing: "+install)
	return ""
}

// Number returns the number of repetitions or the size of a randomized test: the value of an environment variable, or
// else a default for normal runs or CI.
func Number(t testing.TB, variable string, usual, inCI int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" && InCI() {
		return inCI
	}
	if text == "" {
		return usual
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return number
}

// FreeAddress returns an unused address of this machine.
func FreeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
