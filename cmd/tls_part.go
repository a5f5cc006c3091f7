package cmd

import (
	"errors"
	"net"
	"sync"
	"time"
)

// tlsHandshake is the first byte of a TLS connection (RFC 8446, 5.1). No method of HTTP begins with it.
const tlsHandshake = 0x16

// partTLS makes two listeners of one, by the first byte that each connection brings. Who writes http:// before an address
// with a port is thus answered in the language that was spoken, instead of by an error in another.
func partTLS(whole net.Listener) (encrypted, plain net.Listener) {
	done := make(chan struct{})
	finish := sync.OnceFunc(func() { close(done) })
	closing := sync.OnceValue(whole.Close) // each of the two is closed by its server
	first := &part{Listener: whole, closing: closing, connections: make(chan net.Conn), done: done}
	second := &part{Listener: whole, closing: closing, connections: make(chan net.Conn), done: done}
	go func() {
		defer finish()
		for {
			conn, err := whole.Accept()
			switch {
			case err == nil:
				go sort(conn, first, second)
			case errors.Is(err, net.ErrClosed):
				return
			default: // such as too many open files: it passes
				time.Sleep(50 * time.Millisecond)
			}
		}
	}()
	return first, second
}

// part is one of the two.
type part struct {
	net.Listener
	closing     func() error
	connections chan net.Conn
	done        chan struct{} // closed with the whole
}

// Close closes the whole.
func (p *part) Close() error { return p.closing() }

func (p *part) Accept() (net.Conn, error) {
	select {
	case conn := <-p.connections:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

// sort looks at the first byte of a connection. Who sends none in time is put out.
func sort(conn net.Conn, encrypted, plain *part) {
	begun := &begunConn{Conn: conn}
	_ = conn.SetReadDeadline(time.Now().Add(headerTimeout))
	if _, err := conn.Read(begun.first[:]); err != nil {
		_ = conn.Close()
		return
	}
	_ = conn.SetReadDeadline(time.Time{})
	to := plain
	if begun.first[0] == tlsHandshake {
		to = encrypted
	}
	select {
	case to.connections <- begun:
	case <-to.done:
		_ = conn.Close()
	}
}

// begunConn is a connection of which the first byte was read already.
type begunConn struct {
	net.Conn
	first [1]byte
	given bool
}

func (c *begunConn) Read(p []byte) (int, error) {
	if c.given || len(p) == 0 {
		return c.Conn.Read(p)
	}
	c.given = true
	p[0] = c.first[0]
	return 1, nil
}
