package cmd

import (
	"errors"
	"net"
	"testing"
)

// Two servers close the listener, in any order; the second one must not get an error.
func TestPartsAreClosedTwice(t *testing.T) {
	whole, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	encrypted, plain := splitTLS(whole)
	if err := errors.Join(encrypted.Close(), plain.Close()); err != nil {
		t.Error(err)
	}
	if _, err := plain.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}
