package backup_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// keys are those of the S3 server.
var keys = bucket.Keys{ID: apptest.S3KeyID, Secret: apptest.S3Secret}

// openMuseum returns a museum that uses the computer's clock.
func openMuseum(t *testing.T) *place {
	t.Helper()
	return &place{store: apptest.OpenStore(t, t.TempDir(), nil)}
}

func TestBackupsInABucket(t *testing.T) {
	s3 := apptest.NewS3(t)
	for _, prefix := range []string{"", "school/backups"} {
		t.Run(prefix, func(t *testing.T) {
			p := openMuseum(t)
			stage := t.TempDir()
			url := s3.URL(prefix, s3.Address)
			place, err := backup.OpenBucket(url, keys, backup.Folder{Path: stage})
			if err != nil {
				t.Fatal(err)
			}
			if _, _, found, err := backup.FindInBucket(t.Context(), url, keys, time.Time{}, time.Now()); found || err != nil {
				t.Fatalf("in an empty bucket there is something: %v, %v", found, err)
			}
			var made [3]backup.Backup
			for i, email := range []string{"ann@example.com", "bob@example.com", "cem@example.com"} {
				p.addUser(t, email)
				if made[i], err = backup.Run(t.Context(), backup.Options{Store: p.store, To: place, Keep: backup.Keep{Newest: 2}}); err != nil {
					t.Fatal(err)
				}
			}
			if made[2].Deleted[0] != made[0].Name || len(apptest.FileNames(t, stage)) > 0 {
				t.Errorf("deleted %v, left %v", made[2].Deleted, apptest.FileNames(t, stage))
			}
			names, err := place.List(t.Context())
			if err != nil || len(names) != 4 {
				t.Errorf("the bucket has %v, %v; want two backups and their manifests", names, err)
			}
			if _, err := place.Open(t.Context(), "none"); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("what is not there gives %v", err)
			}
			restore := func(url string) int64 {
				t.Helper()
				from, newest, found, err := backup.FindInBucket(t.Context(), url, keys, time.Time{}, time.Now())
				if err != nil || !found {
					t.Fatalf("%s: %v, %v", url, found, err)
				}
				done, err := backup.Restore(t.Context(), backup.RestoreOptions{From: from, Name: newest.Name, Into: filepath.Join(t.TempDir(), "museum.db"), Schema: apptest.Schema(t), Now: time.Now()})
				if err != nil {
					t.Fatal(err)
				}
				return done.Contents.Rows["users"]
			}
			if users := restore(url); users != 3 {
				t.Errorf("the newest has %d users, want 3", users)
			}
			if users := restore(s3.URL(strings.Trim(prefix+"/"+made[1].Name, "/"), s3.Address)); users != 2 {
				t.Errorf("the one before has %d users, want 2", users)
			}
			if _, err := backup.Run(t.Context(), backup.Options{Store: p.store, To: unreachable(t, stage), Keep: backup.Keep{Newest: 1}}); err == nil {
				t.Errorf("a bucket that cannot be reached takes a backup")
			}
			if left := apptest.FileNames(t, stage); len(left) > 0 {
				t.Errorf("what failed has left %v", left)
			}
		})
	}
}

func unreachable(t *testing.T, stage string) backup.Place {
	t.Helper()
	place, err := backup.OpenBucket("s3://bucket?endpoint=http://127.0.0.1:1&region=x", keys, backup.Folder{Path: stage})
	if err != nil {
		t.Fatal(err)
	}
	return place
}

// The parts that a killed backup has sent are invisible and cost money. The next backup removes them, and leaves
// those of others.
func TestHalfABackupInABucketGoes(t *testing.T) {
	s3 := apptest.NewS3(t)
	p := openMuseum(t)
	place, err := backup.OpenBucket(s3.URL("school", s3.Address), keys, backup.Folder{Path: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	run := func() string {
		made, err := backup.Run(t.Context(), backup.Options{Store: p.store, To: place, Keep: backup.Keep{Newest: 2}})
		if err != nil {
			t.Fatal(err)
		}
		return made.Name
	}
	mark := run()[len("museum-20260101T000000Z-"):]
	client, err := minio.New(s3.Address, &minio.Options{Creds: credentials.NewStaticV4(keys.ID, keys.Secret, ""), Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(s3.Files)
	others := []string{"museum-20200101T000000Z-" + mark, "school/film.mp4", "school/museum-20200101T000000Z-00000000.db", "school/x/museum-20200101T000000Z-" + mark}
	for _, key := range append(others, "school/museum-20200101T000000Z-"+mark, "school/museum-20200102T000000Z-"+mark) {
		if _, err := (minio.Core{Client: client}).NewMultipartUpload(t.Context(), name, key, minio.PutObjectOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	run()
	var left []string
	for upload := range client.ListIncompleteUploads(t.Context(), name, "", true) {
		if upload.Err != nil {
			t.Fatal(upload.Err)
		}
		left = append(left, upload.Key)
	}
	slices.Sort(left)
	slices.Sort(others)
	if !slices.Equal(left, others) {
		t.Errorf("left are %v, want %v", left, others)
	}
}

// Files larger than one part survive the way to a bucket and back.
func TestLargeBackupInABucket(t *testing.T) {
	s3 := apptest.NewS3(t)
	place, err := backup.OpenBucket(s3.URL("large", s3.Address), keys, backup.Folder{})
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 5<<20 - 1, 5 << 20, 5<<20 + 1, 17 << 20} {
		file := filepath.Join(t.TempDir(), "file")
		content := make([]byte, size)
		for i := range content {
			content[i] = byte(i * 7919 >> 8)
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := place.Put(t.Context(), file, "file"); err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		if got := fetch(t, place, "file"); string(got) != string(content) {
			t.Errorf("of %d bytes %d came back, or others", size, len(got))
		}
	}
}

func fetch(t *testing.T, place backup.Place, name string) []byte {
	t.Helper()
	file, err := place.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
