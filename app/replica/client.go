package replica

import (
	"context"
	"errors"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/superfly/ltx"
)

// watchedClient reports successes and errors of its client, which Litestream only logs. It also records when
// something was last sent, to tell a stalled connection from a slow one.
type watchedClient struct {
	litestream.ReplicaClient
	tell    func(error) // called with nil when the replica has answered
	moved   atomic.Int64
	refused atomic.Bool // the last file sent was refused
	lost    atomic.Bool // the place belongs to another writer: nothing more is sent
}

// touch records that something moves.
func (c *watchedClient) touch() { c.moved.Store(time.Now().UnixNano()) }

// idle returns for how long nothing has moved.
func (c *watchedClient) idle() time.Duration { return time.Since(time.Unix(0, c.moved.Load())) }

// report reports an answer. A missing file is an answer, and an error after ctx ended is not. While files are
// refused, successful reads are not reported: the key of a bucket may be allowed to read only.
func (c *watchedClient) report(ctx context.Context, err error) {
	switch {
	case err == nil || errors.Is(err, os.ErrNotExist):
		if !c.refused.Load() {
			c.tell(nil)
		}
	case ctx.Err() == nil:
		c.tell(err)
	}
}

func (c *watchedClient) LTXFiles(ctx context.Context, level int, seek ltx.TXID, useMetadata bool) (ltx.FileIterator, error) {
	c.touch()
	files, err := c.ReplicaClient.LTXFiles(ctx, level, seek, useMetadata)
	c.report(ctx, err)
	return files, err
}

func (c *watchedClient) OpenLTXFile(ctx context.Context, level int, first, last ltx.TXID, offset, size int64) (io.ReadCloser, error) {
	c.touch()
	file, err := c.ReplicaClient.OpenLTXFile(ctx, level, first, last, offset, size)
	c.report(ctx, err)
	return file, err
}

func (c *watchedClient) WriteLTXFile(ctx context.Context, level int, first, last ltx.TXID, from io.Reader) (*ltx.FileInfo, error) {
	if c.lost.Load() {
		return nil, errOwnerChanged
	}
	c.touch()
	file, err := c.ReplicaClient.WriteLTXFile(ctx, level, first, last, touchingReader{from, c})
	switch {
	case err == nil:
		c.refused.Store(false)
		c.tell(nil)
	case ctx.Err() == nil:
		c.refused.Store(true)
		c.tell(err)
	}
	return file, err
}

func (c *watchedClient) DeleteLTXFiles(ctx context.Context, files []*ltx.FileInfo) error {
	if c.lost.Load() {
		return errOwnerChanged
	}
	c.touch()
	err := c.ReplicaClient.DeleteLTXFiles(ctx, files)
	c.report(ctx, err)
	return err
}

type touchingReader struct {
	io.Reader
	client *watchedClient
}

func (r touchingReader) Read(p []byte) (int, error) {
	r.client.touch()
	return r.Reader.Read(p)
}

// connect initialises a client. The SFTP client waits for a server without a limit and ignores contexts.
func connect(ctx context.Context, client litestream.ReplicaClient) error {
	limit := bucket.IdleLimit
	connected := make(chan error, 1)
	go func() { connected <- client.Init(ctx) }()
	select {
	case err := <-connected:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(limit):
		return &bucket.IdleError{Address: "of the replica", Limit: limit}
	}
}
