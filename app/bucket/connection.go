package bucket

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
)

// IdleLimit is for how long nothing may move on a connection to an S3 server before it counts as dead. It bounds no transfer that
// goes on, however slow the line.
var IdleLimit = 30 * time.Second

// newTransport makes connections that end when nothing has moved for IdleLimit, in whatever step of a request.
func newTransport(secure bool) (*http.Transport, error) {
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	limit := IdleLimit // of each connection, as long as it lives
	dialer := &net.Dialer{Timeout: limit}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &idleConn{conn, address, limit}, nil
	}
	transport.TLSHandshakeTimeout, transport.ResponseHeaderTimeout = 0, 0 // idleConn bounds them too, and says so in words
	return transport, nil
}

// idleConn is a connection that must not stand still.
type idleConn struct {
	net.Conn
	address string
	limit   time.Duration
}

func (c *idleConn) Read(p []byte) (int, error) {
	_ = c.SetDeadline(time.Now().Add(c.limit))
	n, err := c.Conn.Read(p)
	return n, c.inWords(err)
}

// Write moves the deadline of a read that waits beside it, too: the answer comes after all is sent.
func (c *idleConn) Write(p []byte) (int, error) {
	_ = c.SetDeadline(time.Now().Add(c.limit))
	n, err := c.Conn.Write(p)
	return n, c.inWords(err)
}

func (c *idleConn) inWords(err error) error {
	if failure, ok := err.(net.Error); ok && failure.Timeout() {
		return &IdleError{c.address, c.limit}
	}
	return err
}

// IdleError is a net.Error, so that the transport takes it for a connection that timed out.
type IdleError struct {
	Address string
	Limit   time.Duration
}

func (e *IdleError) Error() string {
	return fmt.Sprintf("the server %s does not answer: nothing has moved for %s", e.Address, e.Limit)
}
func (e *IdleError) Timeout() bool   { return true }
func (e *IdleError) Temporary() bool { return true }
