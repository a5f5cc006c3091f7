package backup

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/minio/minio-go/v7"
)

// stillLimit is for how long nothing may move on a connection to an S3 server before it counts as dead. It bounds no transfer that
// goes on, however slow the line.
var stillLimit = 30 * time.Second

// newTransport makes connections that end when nothing has moved for stillLimit, in whatever step of a request.
func newTransport(secure bool) (*http.Transport, error) {
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	limit := stillLimit // of each connection, as long as it lives
	dialer := &net.Dialer{Timeout: limit}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &liveConn{conn, address, limit}, nil
	}
	transport.TLSHandshakeTimeout, transport.ResponseHeaderTimeout = 0, 0 // liveConn bounds them too, and says so in words
	return transport, nil
}

// liveConn is a connection that must not stand still.
type liveConn struct {
	net.Conn
	address string
	limit   time.Duration
}

func (c *liveConn) Read(p []byte) (int, error) {
	_ = c.SetDeadline(time.Now().Add(c.limit))
	n, err := c.Conn.Read(p)
	return n, c.inWords(err)
}

// Write moves the deadline of a read that waits beside it, too: the answer comes after all is sent.
func (c *liveConn) Write(p []byte) (int, error) {
	_ = c.SetDeadline(time.Now().Add(c.limit))
	n, err := c.Conn.Write(p)
	return n, c.inWords(err)
}

func (c *liveConn) inWords(err error) error {
	if failure, ok := err.(net.Error); ok && failure.Timeout() {
		return &stillError{c.address, c.limit}
	}
	return err
}

// stillError is a net.Error, so that the transport takes it for a connection that timed out.
type stillError struct {
	address string
	limit   time.Duration
}

func (e *stillError) Error() string {
	return fmt.Sprintf("the server %s does not answer: nothing has moved for %s", e.address, e.limit)
}
func (e *stillError) Timeout() bool   { return true }
func (e *stillError) Temporary() bool { return true }

// connect begins to use a client. That of SFTP waits for a server without a limit, and heeds no context.
func connect(ctx context.Context, client litestream.ReplicaClient) error {
	limit := stillLimit
	connected := make(chan error, 1)
	go func() { connected <- client.Init(ctx) }()
	select {
	case err := <-connected:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(limit):
		return &stillError{"of the replica", limit}
	}
}
