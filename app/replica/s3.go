package replica

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/minio/minio-go/v7" // for all kinds of S3; Litestream's own client brings the AWS SDK, which is six times as large
	"github.com/superfly/ltx"      // the format of Litestream's files
	"golang.org/x/sync/errgroup"
)

// timestampKey is the metadata key for a file's time. S3 itself only knows when it was uploaded.
const timestampKey = "litestream-timestamp"

// stampsAtOnce is how many files' times are requested concurrently.
const stampsAtOnce = 16

// s3Replica stores Litestream's files in a bucket, with the names and metadata of Litestream's own client, so that
// each can read what the other wrote.
type s3Replica struct {
	bucket.Bucket
	log *slog.Logger
}

var _ litestream.ReplicaClient = (*s3Replica)(nil)

func newS3Replica(u *url.URL, keys bucket.Keys) (litestream.ReplicaClient, error) {
	b, err := bucket.New(u, keys)
	if err != nil {
		return nil, err
	}
	if b.Prefix == "" {
		return nil, errors.New("a name is needed behind the bucket, such as s3://bucket/museum: what lies there is the replica's alone")
	}
	return &s3Replica{b, slog.New(slog.DiscardHandler)}, nil
}

func (r *s3Replica) Type() string               { return "s3" }
func (r *s3Replica) Init(context.Context) error { return nil }
func (r *s3Replica) SetLogger(log *slog.Logger) { r.log = log }

func (r *s3Replica) folder(level int) string { return fmt.Sprintf("%s/%04x/", r.Prefix, level) }

func (r *s3Replica) key(level int, first, last ltx.TXID) string {
	return r.folder(level) + ltx.FormatFilename(first, last)
}

// LTXFiles lists the files of a level from a transaction on, in S3's order: by first transaction.
func (r *s3Replica) LTXFiles(ctx context.Context, level int, seek ltx.TXID, useMetadata bool) (ltx.FileIterator, error) {
	var files []*ltx.FileInfo
	for object := range r.Client.ListObjectsIter(ctx, r.Name, minio.ListObjectsOptions{Prefix: r.folder(level), Recursive: true}) {
		if object.Err != nil {
			return nil, object.Err
		}
		first, last, err := ltx.ParseFilename(path.Base(object.Key))
		if err != nil || first < seek {
			continue
		}
		files = append(files, &ltx.FileInfo{Level: level, MinTXID: first, MaxTXID: last, Size: object.Size, CreatedAt: object.LastModified.UTC()})
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if useMetadata {
		if err := r.stamp(ctx, files); err != nil {
			return nil, err
		}
	}
	return ltx.NewFileInfoSliceIterator(files), nil
}

// stamp sets the times at which files were created. A file deleted since it was listed keeps its upload time.
func (r *s3Replica) stamp(ctx context.Context, files []*ltx.FileInfo) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(stampsAtOnce)
	for _, file := range files {
		group.Go(func() error {
			object, err := r.Client.StatObject(ctx, r.Name, r.key(file.Level, file.MinTXID, file.MaxTXID), minio.StatObjectOptions{})
			if bucket.IsMissing(err) {
				return nil
			}
			for name, value := range object.UserMetadata {
				if moment, timeErr := time.Parse(time.RFC3339Nano, value); strings.EqualFold(name, timestampKey) && timeErr == nil {
					file.CreatedAt = moment
				}
			}
			return err
		})
	}
	return group.Wait()
}

// OpenLTXFile opens size bytes (0: all) of a file from offset on. The error is os.ErrNotExist if there is none.
func (r *s3Replica) OpenLTXFile(ctx context.Context, level int, first, last ltx.TXID, offset, size int64) (io.ReadCloser, error) {
	options := minio.GetObjectOptions{}
	var err error
	switch {
	case size > 0:
		err = options.SetRange(offset, offset+size-1)
	case offset > 0:
		err = options.SetRange(offset, 0)
	}
	if err != nil {
		return nil, err
	}
	return r.Open(ctx, r.key(level, first, last), options)
}

// WriteLTXFile writes a file, whole or not at all.
func (r *s3Replica) WriteLTXFile(ctx context.Context, level int, first, last ltx.TXID, from io.Reader) (*ltx.FileInfo, error) {
	head := &bytes.Buffer{}
	header, _, err := ltx.PeekHeader(io.TeeReader(from, head))
	if err != nil {
		return nil, fmt.Errorf("read the head of a file for the replica: %w", err)
	}
	made := time.UnixMilli(header.Timestamp).UTC()
	size, err := r.Put(ctx, r.key(level, first, last), io.MultiReader(head, from),
		map[string]string{timestampKey: made.Format(time.RFC3339Nano)})
	if err != nil {
		return nil, err
	}
	return &ltx.FileInfo{Level: level, MinTXID: first, MaxTXID: last, Size: size, CreatedAt: made}, nil
}

// DeleteLTXFiles deletes files. Missing files are not an error.
func (r *s3Replica) DeleteLTXFiles(ctx context.Context, files []*ltx.FileInfo) error {
	var keys []string
	for _, file := range files {
		keys = append(keys, r.key(file.Level, file.MinTXID, file.MaxTXID))
	}
	return r.Remove(ctx, keys)
}

// DeleteAll deletes the whole replica.
func (r *s3Replica) DeleteAll(ctx context.Context) error {
	keys, err := r.List(ctx)
	if err != nil {
		return err
	}
	return r.Remove(ctx, keys)
}
