package replica_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/replica"
)

// TestAServerThatHangs uses S3 servers that hang at each step of a request.
func TestAServerThatHangs(t *testing.T) {
	defer setIdleLimit(100 * time.Millisecond)()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts connections and sends nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	ended := make(chan struct{})
	halfway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "<?xml")
		w.(http.Flusher).Flush()
		<-ended
	}))
	defer halfway.Close()
	defer close(ended)
	for name, address := range map[string]string{"silent": "http://" + silent.Addr().String(), "silent with TLS": "https://" + silent.Addr().String(), "halfway": halfway.URL} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			url := "s3://school/museum?region=x&endpoint=" + address
			m := newMuseum(t, url)
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
			place, err := backup.OpenBucket(url, keys, backup.Folder{Path: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			_, err = replica.SendOnce(ctx, m.options)
			want := "does not answer: nothing has moved for"
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("replicate: %v", err)
			}
			museum := apptest.OpenStore(t, filepath.Dir(m.Path()), nil)
			for action, do := range map[string]func() error{
				"restore": func() error {
					_, err := replica.Restore(ctx, url, keys, time.Time{}, filepath.Join(t.TempDir(), "m.db"), "")
					return err
				},
				"back up": func() error {
					_, err := backup.Run(ctx, backup.Options{Store: museum, To: place, Keep: backup.Keep{Newest: 1}})
					return err
				},
				"look": func() error { return replica.CheckPlace(ctx, m.options) },
			} {
				err := do()
				if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v", action, err)
				}
			}
		})
	}
}

// TestAnSFTPServerThatHangs uses a server that accepts connections and sends nothing.
func TestAnSFTPServerThatHangs(t *testing.T) {
	defer setIdleLimit(100 * time.Millisecond)()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	server := newSFTPServer(t)
	server.address = silent.Addr().String()
	m := newMuseum(t, server.url("/replica", server.hostKey))
	if err := m.once(t, "ann@example.com"); err == nil || !strings.Contains(err.Error(), "nothing has moved for") {
		t.Errorf("replicating: %v", err)
	}
}

// TestASlowServerIsNotCutOff has a transfer that takes longer than IdleLimit but never stalls.
func TestASlowServerIsNotCutOff(t *testing.T) {
	defer setIdleLimit(300 * time.Millisecond)()
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
		for range 8 {
			_, _ = io.CopyN(io.Discard, r.Body, 1<<20)
			time.Sleep(100 * time.Millisecond)
			if r.Method == http.MethodGet {
				_, _ = io.WriteString(w, strings.Repeat(" ", 10))
				w.(http.Flusher).Flush()
			}
		}
	}))
	defer slow.Close()
	place, err := backup.OpenBucket("s3://school/museum?region=x&endpoint="+slow.URL, keys, backup.Folder{})
	if err != nil {
		t.Fatal(err)
	}
	body, err := place.Open(t.Context(), "slow")
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if text, err := io.ReadAll(body); err != nil || len(text) != 80 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

// setIdleLimit changes bucket.IdleLimit, and returns a function that restores it.
func setIdleLimit(limit time.Duration) (restore func()) {
	before := bucket.IdleLimit
	bucket.IdleLimit = limit
	return func() { bucket.IdleLimit = before }
}
