// Package replica copies a database elsewhere while it is written, using Litestream.
package replica

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/minio/minio-go/v7"
)

const (
	sendEvery      = time.Second / 2  // interval of sending: this much can be lost, plus what is being sent
	maxPause       = 15 * time.Second // longest pause after failures
	stallLimit     = 5 * time.Minute  // a transfer that stalls for so long is restarted
	defaultBacklog = 1e9
	finishLimit    = 10 * time.Second // limit of the last transfer on closing
	historyAge     = 7 * 24 * time.Hour
	lockEvery      = 5 * time.Second // interval of checks whether the replicating process has ended
)

// Intervals of checks whether the place still belongs to this process (two requests), and whether it has all files
// for a restore (a dozen).
var (
	ownerEvery = time.Minute
	wholeEvery = 15 * time.Minute
)

// Options say what is replicated and where to.
type Options struct {
	Database string // path of the file
	URL      string // see CheckURL
	Keys     bucket.Keys
	Backlog  int64 // bytes that may wait locally for an unreachable place; 0 means 1 GB
	Log      *slog.Logger
	TakeOver bool // write even if another copy of this museum has written since
}

// Replica is a database that is copied elsewhere while it is written.
type Replica struct {
	Options
	status statusKeeper
	museum string       // its id
	guard  func() error // see platform.GuardFile
	lock   *store.Lock  // keeps the database file from being replaced meanwhile

	cancel context.CancelFunc
	ended  chan struct{}
	err    error // of the last transfer; set once ended is closed
}

// Start replicates a database until Close. The place need not be reachable: it is tried until it is. One process at a
// time replicates a database; others wait for it to end.
func Start(o Options) (*Replica, error) {
	r, err := newReplica(o)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel, r.ended = cancel, make(chan struct{})
	go func() {
		defer close(r.ended)
		r.err = r.run(ctx)
	}()
	return r, nil
}

func newReplica(o Options) (*Replica, error) {
	if _, err := newClient(o.URL, o.Keys); err != nil {
		return nil, err
	}
	if err := checkWAL(context.Background(), o.Database); err != nil {
		return nil, err
	}
	museum, err := store.MuseumID(context.Background(), o.Database)
	if err != nil {
		return nil, err
	}
	lock, err := store.LockShared(context.Background(), o.Database)
	if err != nil {
		return nil, err
	}
	guard, err := platform.GuardFile(o.Database)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("guard the database: %w", err), lock.Release())
	}
	if o.Backlog == 0 {
		o.Backlog = defaultBacklog
	}
	r := &Replica{Options: o, museum: museum, guard: guard, lock: lock}
	r.status = statusKeeper{database: o.Database, status: Status{URL: RedactURL(o.URL), State: Starting}}
	if last, err := ReadStatus(o.Database); err == nil && last.URL == r.status.status.URL {
		r.status.status.LastSuccess = last.LastSuccess
	}
	return r, nil
}

// Status returns the status of the replica.
func (r *Replica) Status() Status { return r.status.get() }

// Close sends what is left, for at most 10 seconds, and ends. The museum's own connections to the database must be
// closed before: see platform.GuardFile.
func (r *Replica) Close() error {
	r.cancel()
	<-r.ended
	err := errors.Join(r.err, r.guard()) // in this order: the checkpoint succeeds only after the guard has gone
	err = errors.Join(err, checkpoint(context.Background(), r.Database))
	return errors.Join(err, r.lock.Release())
}

// run waits for its turn and replicates until ctx ends.
func (r *Replica) run(ctx context.Context) error {
	lock, err := r.waitForLock(ctx)
	if lock == nil {
		return err
	}
	defer lock.Release()
	r.status.change(func(s *Status) { s.State = Starting })
	for {
		stream, err := r.openStream(ctx)
		if stream == nil {
			return err
		}
		reason := r.follow(ctx, stream)
		err = stream.close()
		switch {
		case reason == nil:
			r.status.change(func(s *Status) { s.State = Stopped })
			return err
		case errors.Is(reason, errBacklog):
			// Give up the waiting files before they fill the museum's disk. Litestream sends the whole database once
			// when it finds none.
			r.Log.Warn("So much waits for the replica that the whole museum will be sent anew.", "megabytes", r.Backlog/1e6)
			if err := os.RemoveAll(stream.db.LTXDir()); err != nil {
				r.report(err)
			}
		default:
			r.Log.Warn("The place of the replica was emptied, or another process has taken it over.", "replica", r.Status().URL)
		}
	}
}

// errBacklog makes a stream start over when too much waits for an unreachable place.
var errBacklog = errors.New("too much waits for the replica")

// follow replicates until ctx ends and returns nil, or until it has to start over and returns errBacklog or
// errOwnerChanged.
func (r *Replica) follow(outer context.Context, stream *stream) error {
	ctx, cancel := context.WithCancelCause(outer)
	defer cancel(nil)
	var loops sync.WaitGroup
	copied := make(chan struct{}, 1) // wakes the sending loop as soon as there is something
	loops.Go(func() {
		r.repeat(ctx, nil, func(ctx context.Context) (bool, error) {
			err := stream.copyOut(ctx)
			select {
			case copied <- struct{}{}:
			default:
			}
			if stream.waiting > r.Backlog {
				cancel(errBacklog)
			}
			return false, err
		})
	})
	loops.Go(func() {
		r.repeat(ctx, copied, func(ctx context.Context) (bool, error) { return false, stream.send(ctx) })
	})
	loops.Go(func() {
		for sleep(ctx, ownerEvery) {
			if changed, err := stream.hasLostPlace(ctx); err == nil && changed { // errors are reported by send
				stream.client.lost.Store(true)
				cancel(errOwnerChanged)
			}
		}
	})
	loops.Wait()
	if outer.Err() != nil {
		return nil
	}
	return context.Cause(ctx)
}

// waitForLock takes the replica's lock. It returns nil if ctx ends first.
func (r *Replica) waitForLock(ctx context.Context) (*store.Lock, error) {
	for {
		lock, err := store.LockTask(r.Database, lockName)
		if err == nil {
			return lock, nil
		}
		if before, _ := r.status.change(func(s *Status) { s.State = Waiting }); before != Waiting {
			if errors.Is(err, store.ErrLocked) {
				r.Log.Info("Another process replicates this museum. This one does not, until that one ends.")
			} else {
				r.Log.Error("The museum is not replicated: its lock cannot be had.", "error", err)
			}
		}
		if !sleep(ctx, lockEvery) {
			return nil, nil
		}
	}
}

// lockName is the name of the lock that one replicating process holds.
const lockName = "replica"

// openStream opens the replica, trying as often as necessary. It returns nil if ctx ends first.
func (r *Replica) openStream(ctx context.Context) (stream *stream, err error) {
	r.repeat(ctx, nil, func(ctx context.Context) (bool, error) {
		stream, err = r.newStream(ctx, true)
		return err == nil, err
	})
	if ctx.Err() != nil && stream == nil {
		return nil, nil
	}
	return stream, nil
}

// repeat calls do until it is done: every half second, or as soon as it is woken, and less often while it fails.
func (r *Replica) repeat(ctx context.Context, wake <-chan struct{}, do func(context.Context) (done bool, err error)) {
	pause := sendEvery
	for {
		done, err := do(ctx)
		if ctx.Err() != nil || done {
			return
		}
		if err != nil {
			r.report(err)
			pause = min(2*pause, maxPause)
			if !sleep(ctx, pause) {
				return
			}
			continue
		}
		pause = sendEvery
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-time.After(pause):
		}
	}
}

// report records a success (nil) or an error of the replica, and logs a change of state.
func (r *Replica) report(err error) {
	before, after := r.status.change(func(s *Status) {
		if err == nil {
			s.State, s.Advice = Streaming, ""
			return
		}
		s.State, s.LastError, s.Advice, s.LastErrorAt = Failing, err.Error(), advice(err), time.Now().UTC()
		if misplaced, ok := errors.AsType[*PlaceError](err); ok {
			s.LastError, s.Advice = misplaced.Problem, misplaced.Advice
		}
	})
	switch {
	case after == before:
	case err != nil:
		r.Log.Warn("The replica cannot be written. The museum goes on, and it is tried again until it can.", "replica", r.Status().URL, "error", err)
	default:
		r.Log.Info("The replica is being written.", "replica", r.Status().URL)
	}
}

// advice says what to do about an error of a replica, or returns "" if only its place is unreachable.
func advice(err error) string {
	var refusal minio.ErrorResponse
	if errors.As(err, &refusal) {
		switch refusal.Code {
		case minio.NoSuchBucket:
			return "make the bucket, or put its name in the address right; the copy then catches up"
		case minio.AccessDenied, "InvalidAccessKeyId", "SignatureDoesNotMatch":
			return "look at the keys (MATHMUSEUMS_S3_KEY_ID and MATHMUSEUMS_S3_SECRET), and what they allow; the copy then catches up"
		}
	}
	switch {
	case platform.IsFull(err):
		return "make room on the disk that is full, here or there; the copy then catches up"
	case errors.Is(err, fs.ErrPermission):
		return "let the user of the museum read and write there; the copy then catches up"
	}
	return ""
}

// sleep waits. It returns false if ctx ends first.
func sleep(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}
