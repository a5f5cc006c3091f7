package store

import (
	"context"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Sweeping is done where photos arrive, a little each time, so that no clockwork is needed: whose photos fill the disk
// brings the broom.
const (
	imageCheckEvery = 24 * time.Hour // how often it is looked whether a photo is still shown
	imageChecks     = 4              // photos that are looked at in one sweep
	partsSwept      = 100            // parts that are dropped in one sweep
)

// checkQuota fails with KindTooLarge where a photo would take up more than is left to its user. Parts of other photos that
// are on their way count too.
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
	unusedSince     time.Time // zero: it was shown when it was last looked at
}

// sweepImages drops parts whose rest has not come, and lets users lose photos that none of their tiles and kept versions
// has shown for long. A photo goes with its last owner.
func (s *Store) sweepImages(ctx context.Context) error {
	now := s.Now()
	if err := s.sweepParts(ctx, now); err != nil {
		return err
	}
	unchecked, err := s.reading().listUnchecked(ctx, now.Add(-imageCheckEvery))
	if err != nil {
		return err
	}
	for _, own := range unchecked {
		shown, err := s.reading().isShown(ctx, own) // reads much perhaps, and holds up nobody who writes
		if err != nil {
			return err
		}
		if err := s.writing(ctx, func(tx runner) error { return tx.noteShown(ctx, own, shown, now) }); err != nil {
			return err
		}
	}
	return nil
}

// sweepParts drops parts that have waited too long, or were stamped by a clock that was ahead. Mostly there are none, and
// nobody waits to write.
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

// listUnchecked gives those that were not looked at for the longest time.
func (r runner) listUnchecked(ctx context.Context, before time.Time) ([]ownership, error) {
	rows, err := r.query(ctx, `select user_id, image_id, sha256, unused_since from image_owners join images on images.id = image_id
		where checked_at <= $1 order by checked_at limit $2`, micros(before), imageChecks)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []ownership
	for rows.Next() {
		var own ownership
		if err := rows.Scan(&own.userID, &own.imageID, hash{&own.hash}, moment{&own.unusedSince}); err != nil {
			return nil, err
		}
		found = append(found, own)
	}
	return found, rows.Err()
}

// isShown tells whether a tile of the owner, or a kept version of one, mentions the photo.
func (r runner) isShown(ctx context.Context, own ownership) (shown bool, err error) {
	name := own.hash.String()
	err = r.scan(ctx, `select exists (select 1 from tiles
			where user_id = $1 and (instr(desmos_state, $2) > 0 or instr(description, $2) > 0))
		or exists (select 1 from tiles join tile_versions v on v.tile_id = tiles.id
			where user_id = $1 and (instr(v.desmos_state, $2) > 0 or instr(v.description, $2) > 0))`,
		[]any{own.userID, name}, &shown)
	return shown, err
}

// noteShown writes down whether a photo is shown, and lets the owner lose it if it has not been for long.
func (r runner) noteShown(ctx context.Context, own ownership, shown bool, now time.Time) error {
	if !shown && !own.unusedSince.IsZero() && now.Sub(own.unusedSince) >= app.ImageUnusedLifetime {
		var err error
		if shown, err = r.isShown(ctx, own); err != nil { // perhaps by a tile that was saved a moment ago
			return err
		}
		if !shown {
			return r.deleteOwner(ctx, own)
		}
	}
	since := any(nil)
	if !shown {
		since = micros(now)
		if !own.unusedSince.IsZero() {
			since = micros(own.unusedSince)
		}
	}
	_, err := r.exec(ctx, `update image_owners set checked_at = $1, unused_since = $2 where user_id = $3 and image_id = $4`,
		micros(now), since, own.userID, own.imageID)
	return err
}

// markWanted begins the time anew after which a photo that nothing shows is lost: its owner is about to show it again.
func (r runner) markWanted(ctx context.Context, userID int64, image app.Image) error {
	_, err := r.exec(ctx, `update image_owners set unused_since = null, checked_at = $1
		where user_id = $2 and image_id = $3 and unused_since is not null`, micros(r.store.Now()), userID, image.ID)
	return err
}

// deleteOwner takes a photo from a user; nobody's photo is deleted.
func (r runner) deleteOwner(ctx context.Context, own ownership) error {
	if _, err := r.exec(ctx, `delete from image_owners where user_id = $1 and image_id = $2`, own.userID, own.imageID); err != nil {
		return err
	}
	_, err := r.exec(ctx, `delete from images where id = $1 and not exists (select 1 from image_owners where image_id = $1)`, own.imageID)
	return err
}
