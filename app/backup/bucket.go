package backup

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

// amazon is where a bucket is that names no endpoint.
const amazon = "s3.amazonaws.com"

// requestTries is how often a request is made before it counts as failed: whoever makes it tries again later.
const requestTries = 3

// bucket is a place in an S3 bucket: all objects whose names begin with prefix/.
type bucket struct {
	client *minio.Client
	name   string
	prefix string // without slashes at its ends; "" is the whole bucket
}

// openBucket makes a client for s3://bucket/prefix?endpoint=https://host&region=name. It connects to nothing yet.
func openBucket(u *url.URL, keys Keys) (b bucket, err error) {
	b.name, b.prefix = u.Host, strings.Trim(u.Path, "/")
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
	if b.name == "" || u.User != nil {
		return b, errors.New("write the address of a bucket like s3://bucket/museum?endpoint=https://s3.example.com&region=eu-central-1; keys are set by themselves")
	}
	transport, err := newTransport(secure)
	if err != nil {
		return b, err
	}
	b.client, err = minio.New(endpoint, &minio.Options{Creds: keys.credentials(endpoint), Transport: transport, Secure: secure, Region: region, MaxRetries: requestTries})
	return b, err
}

// parseEndpoint reads the address of an S3 server. Without a scheme it is https.
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

// credentials look for keys where they may be. Computers of Amazon can be asked for their own; elsewhere nobody answers.
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

// firstOf is the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// put writes an object, whole or not at all, and gives its size in bytes.
func (b bucket) put(ctx context.Context, key string, from io.Reader, metadata map[string]string) (int64, error) {
	options := minio.PutObjectOptions{UserMetadata: metadata, PartSize: partSize, ContentType: "application/octet-stream"}
	first := &bytes.Buffer{}
	_, err := io.CopyN(first, from, partSize)
	switch {
	case errors.Is(err, io.EOF): // it is small: one request does
		made, err := b.client.PutObject(ctx, b.name, key, bytes.NewReader(first.Bytes()), int64(first.Len()), options)
		return made.Size, err
	case err != nil:
		return 0, err
	}
	made, err := b.client.PutObject(ctx, b.name, key, io.MultiReader(first, from), -1, options)
	return made.Size, err
}

// open opens an object; the error is os.ErrNotExist where there is none.
func (b bucket) open(ctx context.Context, key string, options minio.GetObjectOptions) (io.ReadCloser, error) {
	body, _, _, err := minio.Core{Client: b.client}.GetObject(ctx, b.name, key, options)
	if isMissing(err) {
		return nil, os.ErrNotExist
	}
	return body, err
}

// folder is how the names of all objects begin.
func (b bucket) folder() string {
	if b.prefix == "" {
		return ""
	}
	return b.prefix + "/"
}

// listHalf names the objects that were never sent whole, as far as the server tells.
func (b bucket) listHalf(ctx context.Context) (keys []string) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for upload := range b.client.ListIncompleteUploads(ctx, b.name, b.folder(), true) {
		if upload.Err == nil {
			keys = append(keys, upload.Key)
		}
	}
	return keys
}

// list names all objects.
func (b bucket) list(ctx context.Context) (keys []string, err error) {
	for object := range b.client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.folder(), Recursive: true}) {
		if object.Err != nil {
			return nil, object.Err
		}
		keys = append(keys, object.Key)
	}
	return keys, ctx.Err()
}

// remove deletes objects; those that are gone already are no error.
func (b bucket) remove(ctx context.Context, keys []string) error {
	objects := func(yield func(minio.ObjectInfo) bool) {
		for _, key := range keys {
			if !yield(minio.ObjectInfo{Key: key}) {
				return
			}
		}
	}
	results, err := b.client.RemoveObjectsWithIter(ctx, b.name, objects, minio.RemoveObjectsOptions{})
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
