package bucket

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
)

// IdleLimit is how long nothing may move on a connection to an S3 server before it counts as dead. It does not limit
// a transfer that makes progress, however slowly. Tests shorten it.
var IdleLimit = 30 * time.Second

// newTransport returns a transport whose connections fail if nothing moves for IdleLimit, at any step of a request.
func newTransport(secure bool) (*http.Transport, error) {
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	limit := IdleLimit // a connection keeps the limit it was made with
	dialer := &net.Dialer{Timeout: limit}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &idleConn{conn, address, limit}, nil
	}
	transport.TLSHandshakeTimeout, transport.ResponseHeaderTimeout = 0, 0 // idleConn bounds these too, with a clearer error
	return transport, nil
}

// idleConn is a connection that fails when it is idle for too long.
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

// Write also extends the deadline of a concurrent read: the answer comes after everything is sent.
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

// IdleError is the error of an idle connection. It is a net.Error, so that the transport treats it as a timeout.
type IdleError struct {
	Address string
	Limit   time.Duration
}

func (e *IdleError) Error() string {
	return fmt.Sprintf("the server %s does not answer: nothing has moved for %s", e.Address, e.Limit)
}
func (e *IdleError) Timeout() bool   { return true }
func (e *IdleError) Temporary() bool { return true }
