package replica

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app/bucket"
)

// SetOwnerEvery changes how often a place is looked at, and returns a function that changes it back.
func SetOwnerEvery(every time.Duration) (restore func()) {
	before := ownerEvery
	ownerEvery = every
	return func() { ownerEvery = before }
}

// Empty deletes all that lies at a place, as who empties a bucket does.
func Empty(ctx context.Context, url string, keys bucket.Keys) error {
	client, err := newClient(url, keys)
	if err != nil {
		return err
	}
	return client.DeleteAll(ctx)
}
