// Package bucket stores objects in an S3 bucket, for backups and replicas.
package bucket

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// amazon is the endpoint of buckets that name none.
const amazon = "s3.amazonaws.com"

// requestTries is how often a request is tried before it fails. Callers try again later.
const requestTries = 3

// partSize is the size of an uploaded part in bytes, which is held in memory. S3 requires at least this size for all
// parts but the last, and allows 10,000 parts: 50 GB.
const partSize = 5 << 20

// Keys are the credentials of a bucket. If they are empty, the usual sources are used: AWS_ACCESS_KEY_ID and
// AWS_SECRET_ACCESS_KEY in the environment, else ~/.aws/credentials.
type Keys struct{ ID, Secret string }

// Bucket is a place in an S3 bucket: all objects whose names begin with Prefix/.
type Bucket struct {
	Client *minio.Client
	Name   string
	Prefix string // without slashes at the ends; "" is the whole bucket
}

// New returns the bucket at s3://bucket/prefix?endpoint=https://host&region=name. It does not connect yet.
func New(u *url.URL, keys Keys) (b Bucket, err error) {
	b.Name, b.Prefix = u.Host, strings.Trim(u.Path, "/")
	endpoint, secure, region := amazon, true, firstOf(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))
	for name, values := range u.Query() {
		switch value := values[0]; name {
		case "endpoint":
			if endpoint, secure, err = parseEndpoint(value); err != nil {
				return b, err
			}
		case "region":
			region = value
		default:
			return b, fmt.Errorf("%q is unknown in the address of a bucket; it knows endpoint and region", name)
		}
	}
	if b.Name == "" || u.User != nil {
		return b, errors.New("write the address of a bucket like s3://bucket/museum?endpoint=https://s3.example.com&region=eu-central-1; keys are set by themselves")
	}
	transport, err := newTransport(secure)
	if err != nil {
		return b, err
	}
	b.Client, err = minio.New(endpoint, &minio.Options{Creds: keys.credentials(endpoint), Transport: transport, Secure: secure, Region: region, MaxRetries: requestTries})
	return b, err
}

// parseEndpoint parses the address of an S3 server. The default scheme is https.
func parseEndpoint(text string) (host string, secure bool, err error) {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" {
		return "", false, errors.New("the endpoint is no address of an S3 server; write it like endpoint=https://s3.example.com")
	}
	return u.Host, u.Scheme == "https", nil
}

// credentials returns the sources of keys. Only machines at Amazon can ask for their own; elsewhere nothing answers.
func (k Keys) credentials(endpoint string) *credentials.Credentials {
	if k.ID != "" {
		return credentials.NewStaticV4(k.ID, k.Secret, "")
	}
	places := []credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}}
	if endpoint == amazon {
		places = append(places, &credentials.IAM{})
	}
	return credentials.NewChainCredentials(places)
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// Put writes an object, whole or not at all, and returns its size in bytes.
func (b Bucket) Put(ctx context.Context, key string, from io.Reader, metadata map[string]string) (int64, error) {
	options := minio.PutObjectOptions{UserMetadata: metadata, PartSize: partSize, ContentType: "application/octet-stream"}
	first := &bytes.Buffer{}
	_, err := io.CopyN(first, from, partSize)
	switch {
	case errors.Is(err, io.EOF): // small enough for one request
		made, err := b.Client.PutObject(ctx, b.Name, key, bytes.NewReader(first.Bytes()), int64(first.Len()), options)
		return made.Size, err
	case err != nil:
		return 0, err
	}
	made, err := b.Client.PutObject(ctx, b.Name, key, io.MultiReader(first, from), -1, options)
	return made.Size, err
}

// Open opens an object. The error is os.ErrNotExist if there is none.
func (b Bucket) Open(ctx context.Context, key string, options minio.GetObjectOptions) (io.ReadCloser, error) {
	body, _, _, err := minio.Core{Client: b.Client}.GetObject(ctx, b.Name, key, options)
	if IsMissing(err) {
		return nil, os.ErrNotExist
	}
	return body, err
}

// folder returns the prefix of all object names.
func (b Bucket) folder() string {
	if b.Prefix == "" {
		return ""
	}
	return b.Prefix + "/"
}

// ListHalf returns the names of unfinished uploads, as far as the server reveals them.
func (b Bucket) ListHalf(ctx context.Context) (keys []string) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for upload := range b.Client.ListIncompleteUploads(ctx, b.Name, b.folder(), true) {
		if upload.Err == nil {
			keys = append(keys, upload.Key)
		}
	}
	return keys
}

// List returns the names of all objects.
func (b Bucket) List(ctx context.Context) (keys []string, err error) {
	for object := range b.Client.ListObjectsIter(ctx, b.Name, minio.ListObjectsOptions{Prefix: b.folder(), Recursive: true}) {
		if object.Err != nil {
			return nil, object.Err
		}
		keys = append(keys, object.Key)
	}
	return keys, ctx.Err()
}

// Remove deletes objects. Missing objects are not an error.
func (b Bucket) Remove(ctx context.Context, keys []string) error {
	objects := func(yield func(minio.ObjectInfo) bool) {
		for _, key := range keys {
			if !yield(minio.ObjectInfo{Key: key}) {
				return
			}
		}
	}
	results, err := b.Client.RemoveObjectsWithIter(ctx, b.Name, objects, minio.RemoveObjectsOptions{})
	if err != nil {
		return err
	}
	var failed []error
	for result := range results {
		if result.Err != nil {
			failed = append(failed, fmt.Errorf("delete %s: %w", result.ObjectName, result.Err))
		}
	}
	return errors.Join(append(failed, ctx.Err())...)
}

// IsMissing reports whether an error says that there is no such object.
func IsMissing(err error) bool {
	return err != nil && (errors.Is(err, os.ErrNotExist) || minio.ToErrorResponse(err).Code == minio.NoSuchKey)
}
