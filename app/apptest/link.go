package apptest

import (
	"io"
	"net"
	"sync"
	"testing"
)

// Link is a TCP proxy to a server that a test can cut.
type Link struct {
	Address string // address to connect to
	target  string

	mu    sync.Mutex
	isCut bool
	open  map[net.Conn]bool
}

// NewLink starts a link to a server. It ends with the test.
func NewLink(t testing.TB, target string) *Link {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Link{Address: listener.Addr().String(), target: target, open: map[net.Conn]bool{}}
	t.Cleanup(func() {
		listener.Close()
		l.Cut()
	})
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go l.pass(near)
		}
	}()
	return l
}

// Cut closes all connections and refuses new ones until Mend.
func (l *Link) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isCut = true
	for conn := range l.open {
		conn.Close()
	}
}

// Mend accepts connections again.
func (l *Link) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isCut = false
}

func (l *Link) pass(near net.Conn) {
	defer near.Close()
	if !l.enter(near) {
		return
	}
	defer l.leave(near)
	far, err := net.Dial("tcp", l.target)
	if err != nil || !l.enter(far) {
		return
	}
	defer l.leave(far)
	defer far.Close()
	go func() {
		_, _ = io.Copy(far, near)
		far.Close()
	}()
	_, _ = io.Copy(near, far)
}

func (l *Link) enter(conn net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.isCut {
		conn.Close()
		return false
	}
	l.open[conn] = true
	return true
}

func (l *Link) leave(conn net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, conn)
}
