// Package backup makes, checks, rotates and restores copies of a museum's database.
//
// A backup consists of two files: the database, as SQLite writes it, and a manifest that describes it. It counts only
// if both are there. The manifest gets its name first and the database last, after it was checked, so that an
// interruption leaves nothing that counts.
package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mathmuseums/mathmuseums/app/store"
)

// ErrFailedCheck is returned if a copy differs from the museum.
var ErrFailedCheck = errors.New("the copy is not what it should be")

// ErrNotDeleted is returned if a backup was made and counts, but older ones could not be deleted.
var ErrNotDeleted = errors.New("older backups could not be deleted")

// Options say what to back up and where to. Progress may be nil.
type Options struct {
	Store     *store.Store
	To        Place
	Program   string // version of the program
	Keep      Keep
	OnRequest bool // requested by the signed address: see request.go
	Progress  Progress
}

// Progress is called with how far a task has come: done of total, in no particular unit.
type Progress func(done, total int64)

// Backup describes a backup that counts.
type Backup struct {
	Name     string // of the database file
	Path     string // see Place.Where
	Manifest Manifest
	Deleted  []string // older backups that were deleted after it
	Existing bool     // a recent backup made a new one unnecessary; it has no Manifest then
}

// Run makes a backup, whether the museum is open or not, and deletes older ones according to Keep. If it fails it
// deletes nothing and leaves nothing behind, except for ErrNotDeleted. The error is store.ErrLocked if another
// process makes a backup, and of app.KindTooMany if backups are requested too often.
func Run(ctx context.Context, o Options) (made Backup, err error) {
	lock, err := store.LockTask(o.Store.Path(), "backup")
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	museum := museumTag(o.Store.Secret())
	before, err := list(ctx, o.To, museum)
	if o.OnRequest {
		existing, err := o.requested(before)
		if existing != "" || err != nil {
			return Backup{Name: existing, Path: o.To.Where(existing), Existing: true}, err
		}
		o.Keep.Daily = max(o.Keep.Daily, requestedDays)
	}
	if err != nil {
		return made, err
	}
	taken, err := uniqueMoment(ctx, o.Store.Now, before, museum)
	if err != nil {
		return made, err
	}
	made.Name = fileName(taken, museum)
	made.Path = o.To.Where(made.Name)
	staged, err := o.To.Stage(ctx, made.Name)
	if err != nil {
		return made, err
	}
	defer os.Remove(staged) // no effect after it got its name
	if made.Manifest, err = o.copy(ctx, staged, made.Name, taken); err != nil {
		return made, err
	}
	if err := publish(ctx, o.To, staged, made); err != nil {
		return made, err
	}
	made.Deleted, err = rotate(ctx, o.To, before, made.Name, o.Keep)
	if err != nil {
		err = fmt.Errorf("%s is made, but %w: %w", made.Name, ErrNotDeleted, err)
	}
	return made, err
}

// copy writes the copy and compares it with the museum.
func (o Options) copy(ctx context.Context, staged, name string, taken time.Time) (m Manifest, err error) {
	superusers, err := o.Store.ListSuperuserMailboxes(ctx)
	if err != nil {
		return m, fmt.Errorf("list the superusers: %w", err)
	}
	want, err := o.Store.Copy(ctx, staged, func(done, total int) {
		if o.Progress != nil {
			o.Progress(int64(done), int64(total))
		}
	})
	if err != nil {
		return m, fmt.Errorf("copy the database: %w", err)
	}
	got, err := store.CheckFile(ctx, staged, o.Store.Schema())
	if err != nil {
		return m, fmt.Errorf("check the copy: %w", err)
	}
	if !got.Equal(want) {
		return m, fmt.Errorf("%w: the museum had %v, the copy has %v", ErrFailedCheck, want, got)
	}
	m = Manifest{Format: manifestFormat, File: name, TakenAt: taken, Program: o.Program, Superusers: superusers, Contents: want}
	m.Size, m.SHA256, err = sum(staged)
	return m, err
}

// sum returns the size and SHA-256 of a file.
func sum(path string) (size int64, hexSum string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer file.Close()
	hash := sha256.New()
	size, err = io.Copy(hash, file)
	return size, hex.EncodeToString(hash.Sum(nil)), err
}
