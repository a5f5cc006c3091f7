package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// heap returns the number of bytes in use.
func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestMemoryDoesNotGrowWithTheMuseum compares the memory in use early and late in an import and in an export.
func TestMemoryDoesNotGrowWithTheMuseum(t *testing.T) {
	const students, early, late, most = 2000, 400, 1900, 512 << 10
	var begin int64
	look := func(way string, n int) {
		if n == early {
			begin = heap()
		}
		if grown := heap() - begin; n == late && grown > most {
			t.Errorf("on the way %s memory grew by %d bytes between %d and %d", way, grown, early, late)
		}
	}
	museum := newStore(t)
	_, err := museum.Import(context.Background(), func(yield func(store.Record, error) bool) {
		for n := range students {
			if n == early || n == late {
				look("in", n)
			}
			email := fmt.Sprintf("student%d@example.com", n)
			now := time.Now()
			user := &store.ImportedUser{User: app.User{Email: email, Mailbox: email, DateJoined: now}}
			if !yield(store.Record{Email: email, User: user}, nil) {
				return
			}
			for i, concept := range app.FamilyTypes()[:4] {
				tile := app.NewRevision(0, concept)
				tile.ID, tile.Version, tile.Description = int64(4*n+i+1), 1, "notes are files of a zip file"
				tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = now, now, now
				if !yield(store.Record{Email: email, Tile: &tile}, nil) {
					return
				}
			}
		}
	}, store.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}

	for way, write := range map[string]func(io.Writer) error{
		"out": func(out io.Writer) error {
			return museum.Read(context.Background(), func(s *store.Snapshot) error { return transfer.WriteLines(out, s, 0) })
		},
		"out into a zip file": func(out io.Writer) error { return transfer.WriteArchives(context.Background(), museum, 0, out) },
	} {
		n := 0 // KiB
		reader, writer := io.Pipe()
		go func() { writer.CloseWithError(write(writer)) }()
		for part := make([]byte, 1024); ; n++ {
			if n == early || n == late {
				look(way, n)
			}
			if _, err := io.ReadFull(reader, part); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if n < late {
			t.Errorf("%s go %d KiB: too few to look at", way, n)
		}
	}
}
