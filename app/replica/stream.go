package replica

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/benbjohnson/litestream" // copies SQLite's WAL file by file to a bucket or folder
	"github.com/benbjohnson/litestream/file"
	"github.com/superfly/ltx"
)

// stream is a running Litestream for a database.
type stream struct {
	replica *Replica
	client  *watchedClient
	db      *litestream.DB
	store   *litestream.Store
	counted ltx.TXID // last transaction that waiting includes; both are for copyOut only
	waiting int64    // bytes of files that the replica may lack

	writer    string    // the writer as which it owns the place
	looked    time.Time // last check that all files for a restore are there
	sendWhole time.Time // when to send the whole museum once more; zero: not
}

// newStream starts Litestream. Its own sending loops are off: they pause up to five minutes after failures, only log
// them, and wait a quarter of an hour for a dead connection. Its loops that compact small files and delete old ones
// run if tidy is set.
func (r *Replica) newStream(ctx context.Context, tidy bool) (*stream, error) {
	client, err := newClient(r.URL, r.Keys)
	if err != nil {
		return nil, err
	}
	s := &stream{replica: r, client: &watchedClient{ReplicaClient: client, tell: r.report}}
	if err := connect(ctx, client); err != nil {
		return nil, err
	}
	succeeded := false
	if s.writer, succeeded, err = r.claimPlace(ctx, client); err != nil {
		return nil, err
	}
	if succeeded { // what the other process sends before it notices may overwrite files of this one
		s.sendWhole = time.Now().Add(2 * ownerEvery)
	}
	s.db = litestream.NewDB(r.Database)
	s.db.MonitorInterval = 0
	s.db.BusyTimeout = 10 * time.Second
	s.db.Replica = litestream.NewReplicaWithClient(s.db, s.client)
	s.db.Replica.MonitorEnabled = false
	if folder, ok := client.(*file.ReplicaClient); ok {
		folder.Replica = s.db.Replica // the client takes owner and mode of its files from it
	}
	s.store = litestream.NewStore([]*litestream.DB{s.db}, litestream.DefaultCompactionLevels)
	s.store.CompactionMonitorEnabled = tidy
	s.store.SnapshotRetention = historyAge
	s.store.L0RetentionCheckInterval = time.Minute // more often costs CPU without a benefit here
	s.store.SetShutdownSyncTimeout(finishLimit)
	s.store.Logger = r.quietLog()
	s.db.SetLogger(s.store.Logger)
	if err := s.store.Open(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// copyOut copies what was written to the database since the last time into local Litestream files.
func (s *stream) copyOut(ctx context.Context) error {
	if err := s.db.Sync(ctx); err != nil {
		return err
	}
	if !s.noteLag() {
		s.waiting = 0
	}
	return s.count()
}

// count adds new files to waiting.
func (s *stream) count() error {
	at, err := s.db.Pos()
	if err != nil {
		return err
	}
	if s.counted == 0 { // left by an earlier run of the program
		files, err := os.ReadDir(s.db.LTXLevelDir(0))
		for _, file := range files {
			if info, err := file.Info(); err == nil {
				s.waiting += info.Size()
			}
		}
		s.counted = at.TXID
		return err
	}
	for ; s.counted < at.TXID; s.counted++ {
		if info, err := os.Stat(s.db.LTXPath(0, s.counted+1, s.counted+1)); err == nil {
			s.waiting += info.Size()
		}
	}
	return nil
}

// send sends the files that the replica lacks.
func (s *stream) send(ctx context.Context) error {
	if at, err := s.db.Pos(); err != nil || at.IsZero() {
		return err // nothing was copied out yet
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s.client.touch()
	go func() {
		for sleep(ctx, maxPause) {
			if s.client.idle() > stallLimit {
				cancel(fmt.Errorf("nothing has moved for %s", stallLimit))
			}
		}
	}()
	if err := s.db.Replica.Sync(ctx); err != nil {
		return errors.Join(context.Cause(ctx), err)
	}
	if err := s.makeRestorable(ctx); err != nil {
		return err
	}
	s.noteLag()
	return nil
}

// makeRestorable sends the whole museum if the place lacks files for a restore: some were deleted there, or this
// process starts at a place with only some files left.
func (s *stream) makeRestorable(ctx context.Context) error {
	now := time.Now()
	again := !s.sendWhole.IsZero() && now.After(s.sendWhole)
	if !again && now.Sub(s.looked) < wholeEvery {
		return nil
	}
	whole, err := isRestorable(ctx, s.client, s.db.Replica.Pos().TXID)
	if err != nil {
		return err
	}
	if !whole || again {
		if _, err := s.db.Snapshot(ctx); err != nil {
			return fmt.Errorf("send the whole museum: %w", err)
		}
	}
	if again {
		s.sendWhole = time.Time{}
	}
	s.looked = now
	return nil
}

// hasLostPlace reports whether the place was emptied or has another owner.
func (s *stream) hasLostPlace(ctx context.Context) (bool, error) {
	found, err := readOwner(ctx, s.client.ReplicaClient)
	return found.Writer != s.writer, err
}

// noteLag records whether the replica is complete, and returns whether it lacks something.
func (s *stream) noteLag() (behind bool) {
	local, err := s.db.Pos()
	if err != nil {
		return true
	}
	behind = local.TXID > s.db.Replica.Pos().TXID
	s.replica.status.change(func(status *Status) {
		switch now := time.Now().UTC(); {
		case behind && status.BehindSince.IsZero():
			status.BehindSince = now
		case !behind && status.State == Streaming:
			status.BehindSince, status.LastSuccess = time.Time{}, now
		}
	})
	return behind
}

// close sends the rest and closes the database.
func (s *stream) close() error {
	finish := finishLimit
	if s.client.lost.Load() {
		finish = time.Second // nothing can be sent
	}
	limit, cancel := context.WithTimeout(context.Background(), finish)
	defer cancel()
	if err := s.store.Close(limit); err != nil && s.client.lost.Load() {
		return nil
	} else if err != nil {
		return fmt.Errorf("the last edits could not be sent to the replica; they will be when the museum opens again: %w", err)
	}
	s.noteLag()
	return nil
}
