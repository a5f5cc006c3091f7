package backup

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/minio/minio-go/v7"
)

// Place stores backups: a Folder or a bucket. Where describes the location of a file, or with "" of the place itself.
type Place interface {
	Where(name string) string
	Stage(ctx context.Context, name string) (string, error)
	Put(ctx context.Context, staged, name string) error
	PutText(ctx context.Context, name string, text []byte) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Delete(ctx context.Context, name string) error
	List(ctx context.Context) ([]string, error)
}

// IsBucket tells the address of a bucket from the path of a folder.
func IsBucket(text string) bool { return strings.HasPrefix(text, "s3://") }

// OpenBucket returns a place in a bucket: s3://bucket/prefix?endpoint=https://host&region=name. Backups are made in
// the local folder stage, and sent after they were checked. It does not connect yet.
func OpenBucket(text string, keys bucket.Keys, stage Folder) (Place, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "s3" {
		return nil, fmt.Errorf("this is no address of a bucket; write it like s3://bucket/backups?endpoint=https://s3.example.com&region=eu-central-1")
	}
	b, err := bucket.New(u, keys)
	if err != nil {
		return nil, err
	}
	return bucketPlace{b, stage}, nil
}

type bucketPlace struct {
	bucket.Bucket
	stage Folder
}

func (p bucketPlace) Where(name string) string {
	return "s3://" + path.Join(p.Name, p.Prefix, name)
}

func (p bucketPlace) key(name string) string { return path.Join(p.Prefix, name) }

// Stage stages a backup in the local folder. It also removes the parts of unfinished uploads of killed processes from
// the bucket, which are invisible but cost money; if that is not allowed they stay.
func (p bucketPlace) Stage(ctx context.Context, name string) (string, error) {
	_, museum, _ := parseName(name)
	for _, key := range p.ListHalf(ctx) {
		if _, of, ok := parseName(path.Base(key)); ok && of == museum && p.key(path.Base(key)) == key {
			_ = p.Client.RemoveIncompleteUpload(ctx, p.Name, key)
		}
	}
	return p.stage.Stage(ctx, name)
}

func (p bucketPlace) Put(ctx context.Context, staged, name string) error {
	file, err := os.Open(staged)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	size, err := p.Bucket.Put(ctx, p.key(name), file, nil)
	if err == nil && size != info.Size() {
		err = fmt.Errorf("%s got %d bytes of %d", p.Where(name), size, info.Size())
	}
	return err
}

func (p bucketPlace) PutText(ctx context.Context, name string, text []byte) error {
	_, err := p.Bucket.Put(ctx, p.key(name), bytes.NewReader(text), nil)
	return err
}

func (p bucketPlace) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	return p.Bucket.Open(ctx, p.key(name), minio.GetObjectOptions{})
}

func (p bucketPlace) Delete(ctx context.Context, name string) error {
	return p.Remove(ctx, []string{p.key(name)})
}

// List returns the names of the objects directly in the place.
func (p bucketPlace) List(ctx context.Context) (names []string, err error) {
	keys, err := p.Bucket.List(ctx)
	for _, key := range keys {
		if name := path.Base(key); p.key(name) == key {
			names = append(names, name)
		}
	}
	return names, err
}

// FindInBucket finds a backup at an address, which names either one backup, or a place: then it is the newest one
// until the given time. found is false if there are none.
func FindInBucket(ctx context.Context, text string, keys bucket.Keys, at, now time.Time) (place Place, newest Found, found bool, err error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, newest, false, err
	}
	if _, _, ok := parseName(path.Base(u.Path)); ok {
		newest.Name = path.Base(u.Path)
		u.Path = path.Dir(u.Path)
	}
	if place, err = OpenBucket(u.String(), keys, Folder{}); err != nil || newest.Name != "" {
		return place, newest, err == nil, err
	}
	names, err := list(ctx, place, "")
	if err != nil || len(names) == 0 {
		return place, newest, false, err
	}
	newest, err = Newest(ctx, place, at, now)
	return place, newest, true, err
}
