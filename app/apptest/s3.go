package apptest

import (
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// Keys of the S3 server.
const (
	S3KeyID  = "museumkey"
	S3Secret = "museumsecret"
)

// s3Bucket is the server's only bucket.
const s3Bucket = "copies"

// S3 is an S3 server for one test: versitygw, which keeps objects as files.
type S3 struct {
	Address string // such as 127.0.0.1:40123
	Files   string // folder of the bucket
}

// NewS3 starts a server with an empty bucket. It stops with the test.
func NewS3(t testing.TB) *S3 {
	t.Helper()
	program := testenv.Program(t, "versitygw", "go install github.com/versity/versitygw/cmd/versitygw@v1.8.0")
	folder := t.TempDir()
	s := &S3{Address: testenv.FreeAddress(t), Files: filepath.Join(folder, s3Bucket)}
	if err := os.Mkdir(s.Files, 0o700); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "--access", S3KeyID, "--secret", S3Secret, "--port", s.Address, "--keep-alive",
		"--quiet", "posix", folder)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 1000 {
		if conn, err := net.Dial("tcp", s.Address); err == nil {
			conn.Close()
			return s
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the S3 server does not answer")
	return nil
}

// URL returns the s3:// address of a folder in the bucket; by is the network address to reach the server at.
func (s *S3) URL(prefix, by string) string {
	return "s3://" + s3Bucket + "/" + prefix + "?" + url.Values{"endpoint": {"http://" + by},
		"region": {"us-east-1"}}.Encode()
}
