package replica

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app/bucket"
)

// SetOwnerEvery changes the interval of ownership checks, and returns a function that restores it.
func SetOwnerEvery(every time.Duration) (restore func()) {
	before := ownerEvery
	ownerEvery = every
	return func() { ownerEvery = before }
}

// Empty deletes everything at a place.
func Empty(ctx context.Context, url string, keys bucket.Keys) error {
	client, err := newClient(url, keys)
	if err != nil {
		return err
	}
	return client.DeleteAll(ctx)
}
