package platform

import (
	"io"
	"net"
	"runtime"
	"testing"
)

// The tests provoke real errors of the system. Those of Windows run under Wine: GOOS=windows go test -exec wine64
// ./app/platform
func TestFaultsOfTheNetwork(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if _, err = net.Listen("tcp", address); !IsTaken(err) || IsForeign(err) || IsForbidden(err) {
		t.Errorf("an address that is taken: %v", err)
	}
	if _, err = net.Listen("tcp", "192.0.2.1:0"); !IsForeign(err) || IsTaken(err) { // for documentation (RFC 5737)
		t.Errorf("an address of another machine: %v", err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err = net.Dial("tcp", address); !IsRefused(err) || IsHangUp(err) {
		t.Errorf("where nobody listens: %v", err)
	}
}

func TestHangUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	other, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_ = other.(*net.TCPConn).SetLinger(0) // closes with RST
	_ = other.Close()
	if _, err = conn.Read(make([]byte, 1)); !IsHangUp(err) && !(runtime.GOOS == "windows" && err == io.EOF) { // as Wine does
		t.Errorf("a connection that was cut: %v", err)
	}
}
