package replica

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// ErrNothing is returned if a replica is empty, or has nothing from the given time.
var ErrNothing = errors.New("there is nothing to restore")

// Restore writes the database from a replica to a new file, and checks it. Unless at is zero, it is the database at
// that time, up to seven days ago. If it fails, no file is left.
func Restore(ctx context.Context, url string, keys bucket.Keys, at time.Time, into, schema string) (contents store.Contents, err error) {
	client, err := newClient(url, keys)
	if err != nil {
		return contents, err
	}
	if err := connect(ctx, client); err != nil {
		return contents, fmt.Errorf("reach the replica: %w", err)
	}
	client = &watchedClient{ReplicaClient: client, tell: func(error) {}} // hides the client's support of older formats, which saves requests
	client.SetLogger(slog.New(slog.DiscardHandler))
	options := litestream.NewRestoreOptions()
	options.OutputPath, options.Timestamp = into, at
	err = litestream.NewReplicaWithClient(nil, client).Restore(ctx, options)
	switch {
	case errors.Is(err, litestream.ErrTxNotAvailable) && at.IsZero():
		return contents, fmt.Errorf("%w: the replica %s is empty", ErrNothing, RedactURL(url))
	case errors.Is(err, litestream.ErrTxNotAvailable):
		return contents, fmt.Errorf("%w: the replica %s has nothing from before %s", ErrNothing, RedactURL(url), at.UTC().Format(time.RFC3339))
	case err != nil:
		return contents, fmt.Errorf("fetch the replica: %w", err)
	}
	if err := os.Chmod(into, 0o600); err != nil {
		return contents, errors.Join(err, os.Remove(into))
	}
	if contents, err = store.CheckFile(ctx, into, schema); err != nil {
		return contents, errors.Join(fmt.Errorf("check the restored database: %w", err), os.Remove(into))
	}
	return contents, nil
}
