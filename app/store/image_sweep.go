package store

import (
	"context"
	"math"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Old photos and parts are swept when photos arrive, a little each time, so that no timer is needed.
const (
	imageCheckEvery = 24 * time.Hour // how often a photo is checked for tiles that show it
	imageChecks     = 4              // photos checked per sweep
	partsSwept      = 100            // parts dropped per sweep
)

// checkQuota fails with KindTooLarge if a photo would exceed its user's quota. Parts of other photos under way count
// too.
func (r runner) checkQuota(ctx context.Context, userID int64, hash app.ImageHash, size int64) error {
	images, history, fits, err := r.makeRoom(ctx, userID, max(size, app.ImageMinimum), hash)
	if err != nil || fits {
		return err
	}
	return app.Errorf(app.KindTooLarge, "Your photos take up %.1f MB and the history of your tiles %.1f of the %d MB that there are for them, and this one has %.1f MB. "+
		"It stays on this device. Please make it smaller, and add that; what you take off your tiles makes room after some weeks.",
		float64(images)/mega, float64(history)/mega, r.store.quota/mega, float64(size)/mega)
}

// ownership is a row of image_owners.
type ownership struct {
	userID, imageID int64
	hash            app.ImageHash
	unusedSince     time.Time // zero: the last check found it shown
	unusedChecks    int
	seen, revision  int64 // of the owner's museum, at the last check and now
}

// sweepImages drops parts of abandoned uploads, and removes photos from users whose tiles and kept versions have not
// shown them for long. A photo without owners is deleted.
func (s *Store) sweepImages(ctx context.Context) error {
	now := s.Now()
	if err := s.sweepParts(ctx, now); err != nil {
		return err
	}
	unchecked, err := s.reading().listUnchecked(ctx, now)
	if err != nil {
		return err
	}
	for _, own := range unchecked {
		shown, err := s.reading().isShown(ctx, own) // may read much, outside of the write lock
		if err != nil {
			return err
		}
		if err := s.writing(ctx, func(tx runner) error { return tx.noteShown(ctx, own, shown, now) }); err != nil {
			return err
		}
	}
	return nil
}

// sweepParts drops parts that have waited too long or were stamped by a clock that was ahead. It takes the write lock
// only if there are any.
func (s *Store) sweepParts(ctx context.Context, now time.Time) error {
	before, after := micros(now.Add(-app.ImagePartLifetime)), micros(now.Add(clockTolerance))
	var some bool
	err := s.reading().scan(ctx, `select exists (select 1 from image_parts where arrived_at <= $1)
		or exists (select 1 from image_parts where arrived_at > $2)`, []any{before, after}, &some)
	if err != nil || !some {
		return err
	}
	_, err = s.exec(ctx, `delete from image_parts where (user_id, sha256, position) in
		(select user_id, sha256, position from image_parts where arrived_at <= $1 or arrived_at > $2 limit $3)`, before, after, partsSwept)
	return err
}

// listUnchecked returns the photos that were checked longest ago. A check dated in the future comes from a clock that
// was ahead.
func (r runner) listUnchecked(ctx context.Context, now time.Time) ([]ownership, error) {
	old, err := r.listChecked(ctx, 0, micros(now.Add(-imageCheckEvery)))
	if err != nil || len(old) > 0 {
		return old, err
	}
	return r.listChecked(ctx, micros(now.Add(clockTolerance)), math.MaxInt64)
}

// listChecked returns some photos checked after one moment and not after another.
func (r runner) listChecked(ctx context.Context, after, until int64) ([]ownership, error) {
	rows, err := r.query(ctx, `select user_id, image_id, sha256, unused_since, unused_checks, seen_revision, users.revision
		from image_owners join images on images.id = image_id join users on users.id = user_id
		where checked_at > $1 and checked_at <= $2 order by checked_at limit $3`, after, until, imageChecks)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []ownership
	for rows.Next() {
		var own ownership
		if err := rows.Scan(&own.userID, &own.imageID, hash{&own.hash}, moment{&own.unusedSince}, &own.unusedChecks, &own.seen, &own.revision); err != nil {
			return nil, err
		}
		found = append(found, own)
	}
	return found, rows.Err()
}

// isShown reports whether a tile of the owner, or a kept version of one, mentions the photo.
func (r runner) isShown(ctx context.Context, own ownership) (shown bool, err error) {
	name := own.hash.String()
	err = r.scan(ctx, `select exists (select 1 from tiles
			where user_id = $1 and (instr(desmos_state, $2) > 0 or instr(description, $2) > 0))
		or exists (select 1 from tiles join tile_versions v on v.tile_id = tiles.id
			where user_id = $1 and (instr(v.desmos_state, $2) > 0 or instr(v.description, $2) > 0))`,
		[]any{own.userID, name}, &shown)
	return shown, err
}

// noteShown records whether a photo is shown, and removes it from its owner if it has not been for long.
func (r runner) noteShown(ctx context.Context, own ownership, shown bool, now time.Time) error {
	since, checks := own.unusedSince, own.unusedChecks
	if since.IsZero() || since.After(now) {
		since = now
	}
	if own.revision != own.seen {
		checks++
	}
	if !shown && checks >= app.ImageUnusedDays && now.Sub(since) >= app.ImageUnusedLifetime {
		var err error
		if shown, err = r.isShown(ctx, own); err != nil { // a tile may have been saved a moment ago
			return err
		}
		if !shown {
			return r.deleteOwner(ctx, own)
		}
	}
	unused := any(micros(since))
	if shown {
		unused, checks = nil, 0
	}
	_, err := r.exec(ctx, `update image_owners set checked_at = $1, unused_since = $2, unused_checks = $3, seen_revision = $4
		where user_id = $5 and image_id = $6`, micros(now), unused, checks, own.revision, own.userID, own.imageID)
	return err
}

// markWanted restarts the period after which an unused photo is removed: its owner is about to show it again.
func (r runner) markWanted(ctx context.Context, userID int64, image app.Image) error {
	_, err := r.exec(ctx, `update image_owners set unused_since = null, unused_checks = 0, checked_at = $1
		where user_id = $2 and image_id = $3 and unused_since is not null`, micros(r.store.Now()), userID, image.ID)
	return err
}

// deleteOwner removes a photo from a user, and deletes it if it has no other owner.
func (r runner) deleteOwner(ctx context.Context, own ownership) error {
	if _, err := r.exec(ctx, `delete from image_owners where user_id = $1 and image_id = $2`, own.userID, own.imageID); err != nil {
		return err
	}
	_, err := r.exec(ctx, `delete from images where id = $1 and not exists (select 1 from image_owners where image_id = $1)`, own.imageID)
	return err
}
