package replica

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// SendOnce brings a replica up to date and returns, for museums without a long-running server. sent is false if
// nothing was written since the last time. The error is store.ErrLocked if another process replicates. No one may
// have the database open in this process, see platform.GuardFile.
func SendOnce(ctx context.Context, o Options) (sent bool, err error) {
	r, err := newReplica(o)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, r.lock.Release()) }()
	lock, err := store.LockTask(o.Database, lockName)
	if errors.Is(err, store.ErrLocked) && o.TakeOver { // the process that has the lock tries again soon, and takes over
		err = errors.Join(err, forgetClaim(litestream.NewDB(o.Database).MetaPath()))
	}
	if err != nil {
		return false, errors.Join(err, r.guard())
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	last, err := ReadStatus(o.Database)
	unchanged := err == nil && last.URL == r.Status().URL && last.Seen != "" && last.Seen == fingerprint(o.Database) && !o.TakeOver
	if err = nil; unchanged { // but the replica may be lost, its key changed, or its place taken over
		unchanged, err = r.isThere(ctx)
	}
	if err == nil && !unchanged {
		err = r.sendAll(ctx)
	}
	if err = errors.Join(err, r.guard()); err != nil {
		r.report(err)
		return false, err
	}
	if !unchanged { // checkpointed, so that the next run can see whether anything was written
		if err := store.Checkpoint(ctx, o.Database); err != nil {
			return true, err
		}
	}
	r.status.change(func(s *Status) {
		s.State, s.LastSuccess, s.BehindSince, s.Seen = Stopped, time.Now().UTC(), time.Time{}, fingerprint(o.Database)
	})
	return !unchanged, nil
}

// sendAll sends everything new, compacts small files, and deletes old ones.
func (r *Replica) sendAll(ctx context.Context) (err error) {
	s, err := r.newStream(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.copyOut(ctx); err != nil {
		return err
	}
	if err := s.send(ctx); err != nil {
		return err
	}
	for _, level := range append(litestream.DefaultCompactionLevels[1:], s.store.SnapshotLevel()) {
		_, err := s.store.CompactDB(ctx, s.db, level)
		if err != nil && !errors.Is(err, litestream.ErrNoCompaction) && !errors.Is(err, litestream.ErrCompactionTooEarly) {
			return err
		}
	}
	return errors.Join(s.db.EnforceL0RetentionByTime(ctx), s.store.EnforceSnapshotRetention(ctx, s.db))
}

// isThere reports whether the place still belongs to this writer and has all files that a restore needs.
func (r *Replica) isThere(ctx context.Context) (bool, error) {
	client, err := newClient(r.URL, r.Keys)
	if err != nil {
		return false, err
	}
	if err := connect(ctx, client); err != nil {
		return false, err
	}
	client.SetLogger(slog.New(slog.DiscardHandler))
	found, err := readOwner(ctx, client)
	if err != nil || found.Writer != readClaim(litestream.NewDB(r.Database).MetaPath()).Writer {
		return false, err
	}
	there, err := newestFile(ctx, client, 0)
	if err != nil {
		return false, err
	}
	if same, err := isOurs(ctx, client, litestream.NewDB(r.Database), there); err != nil || !same {
		return false, err
	}
	return isRestorable(ctx, client, 0)
}

// fingerprint identifies the state of a database by its file, or returns "" if it has a WAL that is not checkpointed.
// SQLite updates the file's time with each checkpoint.
func fingerprint(database string) string {
	if info, err := os.Stat(database + "-wal"); err == nil && info.Size() > 0 {
		return ""
	}
	info, err := os.Stat(database)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d bytes at %d", info.Size(), info.ModTime().UnixNano())
}
