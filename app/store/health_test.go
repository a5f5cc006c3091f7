package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

func TestCheckDoesNotWaitForEver(t *testing.T) {
	s := apptest.OpenStore(t, t.TempDir(), time.Now)
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.TakeConnections(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.Check(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want it to give up", err)
	}
}
