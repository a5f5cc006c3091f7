// Package testenv is for tests alone: what they need of the machine they run on. It imports nothing of ours, so that the tests
// of any package can use it.
package testenv

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// Skip skips a test for want of something that the message names, with how to get it. In CI that is a failure.
func Skip(t testing.TB, message string) {
	t.Helper()
	if InCI() {
		t.Fatal(message)
	}
	t.Skip(message)
}

// InCI tells whether nothing may be skipped, and tests by chance are to run long.
func InCI() bool { return os.Getenv("CI") != "" }

// Program gives the path of a program that a test cannot do without, also where only root looks for programs. Where it is
// missing the test is skipped as by Skip; install says how to get it.
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

// Number is how often or how long a test by chance does something: as the variable of this name says, else as usual here or
// in CI.
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

// FreeAddress gives an address of this machine at which nobody listens.
func FreeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
