package backup

import (
	"context"
	"time"
)

// SetOwnerEvery changes how often a place is looked at, and returns a function that changes it back.
func SetOwnerEvery(every time.Duration) (restore func()) {
	before := ownerEvery
	ownerEvery = every
	return func() { ownerEvery = before }
}

// EmptyReplica deletes all that lies at a place, as who empties a bucket does.
func EmptyReplica(ctx context.Context, url string, keys Keys) error {
	client, err := newReplicaClient(url, keys)
	if err != nil {
		return err
	}
	return client.DeleteAll(ctx)
}

// SetStillLimit changes how long a connection may stand still, and returns a function that changes it back.
func SetStillLimit(limit time.Duration) (restore func()) {
	before := stillLimit
	stillLimit = limit
	return func() { stillLimit = before }
}
