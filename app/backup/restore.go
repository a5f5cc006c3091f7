package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// RestoreOptions say which backup is restored and where. Progress may be nil.
type RestoreOptions struct {
	From            Place
	Name            string // of the database file in From
	Replica         string // address of a replica to restore instead; From, Name and WithoutManifest are ignored then
	Keys            bucket.Keys
	At              time.Time // for a replica; the zero value means the newest state
	Into            string    // path of the database that is replaced or created
	Schema          string    // text of schema.sql, see store.CheckFile
	WithoutManifest bool      // the backup may lack a manifest: it was set aside, or copied before a migration
	Now             time.Time
	Progress        Progress
}

// Restored describes what was restored.
type Restored struct {
	Manifest Manifest // the zero value if there was none
	Contents store.Contents
	Aside    string // path of the previous database, "" if there was none
}

// Restore replaces a database by a backup. The backup is checked first: until then, and if anything is wrong with it,
// the database stays as it is. The error is store.ErrInUse if a process has the database open.
func Restore(ctx context.Context, o RestoreOptions) (done Restored, err error) {
	if o.Replica == "" {
		done.Manifest, err = readManifest(ctx, o.From, o.Name)
		if err != nil && !(o.WithoutManifest && errors.Is(err, fs.ErrNotExist)) {
			return done, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(o.Into), 0o700); err != nil {
		return done, err
	}
	lock, err := store.LockAlone(o.Into)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	half := o.Into + ".restore" + partSuffix // the lock is held, so it was left by a killed process
	if err := os.Remove(half); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return done, err
	}
	defer os.Remove(half) // no effect after it got its name
	if o.Replica != "" {
		done.Contents, err = replica.Restore(ctx, o.Replica, o.Keys, o.At, half, o.Schema)
	} else if err = o.fetch(ctx, done.Manifest, half); err == nil {
		if done.Contents, err = store.CheckFile(ctx, half, o.Schema); err != nil {
			err = fmt.Errorf("check the backup: %w", err)
		}
	}
	if err != nil {
		return done, err
	}
	if done.Manifest.Format != "" && !done.Contents.Equal(done.Manifest.Contents) {
		return done, fmt.Errorf("%w: it speaks of %v, the backup has %v", ErrManifest, done.Manifest.Contents, done.Contents)
	}
	done.Aside, err = replace(ctx, half, o.Into, o.Now)
	return done, err
}

// fetch copies the backup next to the database and compares it with its manifest.
func (o RestoreOptions) fetch(ctx context.Context, m Manifest, half string) (err error) {
	from, err := o.From.Open(ctx, o.Name)
	if err != nil {
		return err
	}
	defer from.Close()
	file, err := os.OpenFile(half, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, hash, &meter{ctx, o.Progress, 0, m.Size}), from)
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		return fmt.Errorf("copy the backup: %w", err)
	}
	if m.Format == "" {
		return nil
	}
	return m.check(o.Name, size, hex.EncodeToString(hash.Sum(nil)))
}

// meter reports how much was written, and fails when ctx ends.
type meter struct {
	ctx         context.Context
	progress    Progress
	done, total int64
}

func (m *meter) Write(p []byte) (int, error) {
	m.done += int64(len(p))
	if m.progress != nil && m.total > 0 {
		m.progress(min(m.done, m.total), m.total)
	}
	return len(p), m.ctx.Err()
}
