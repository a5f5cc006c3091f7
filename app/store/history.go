package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// users.history_bytes counts what a user's history takes up. It changes in the same transaction as the history, so
// that checking a write against the quota costs one row.

const (
	// entryOverhead is what an entry counts for besides its texts, in bytes.
	entryOverhead = 200

	// partMinimum is the size in bytes from which a photo within a graph state is stored once instead of in every
	// entry.
	partMinimum = 4 << 10

	// smallEntry is the size in bytes up to which an entry may use the reserve beyond the quota (quota /
	// reserveShare): a student whose museum is full can still remove photos, and write.
	smallEntry   = 16 << 10
	reserveShare = 16

	// roomShare is the share of the quota that is freed at once, so that not every edit has to free some.
	roomShare = 16
	// thinnedAtOnce is how many entries are deleted before checking whether that is enough.
	thinnedAtOnce = 50
)

// partMark precedes the hash of a part in a stored state. JSON allows no control characters in texts, so no state
// contains it.
const partMark = "\x01"

// partPrefix begins a photo within a state, as older clients embed it.
const partPrefix = `"data:`

// historyPart is a photo within a state, in its JSON encoding.
type historyPart struct {
	hash [sha256.Size]byte
	text string
}

// packState replaces each large photo within a state by a mark.
func packState(state string) (packed string, parts []historyPart) {
	if len(state) < partMinimum {
		return state, nil
	}
	var b strings.Builder
	rest := state
	for {
		begin := strings.Index(rest, partPrefix)
		if begin < 0 {
			break
		}
		begin++ // after the quotation mark
		size := textSize(rest[begin:])
		if size < partMinimum {
			b.WriteString(rest[:begin+size])
			rest = rest[begin+size:]
			continue
		}
		part := historyPart{sha256.Sum256([]byte(rest[begin : begin+size])), rest[begin : begin+size]}
		parts = append(parts, part)
		b.WriteString(rest[:begin] + partMark + hex.EncodeToString(part.hash[:]))
		rest = rest[begin+size:]
	}
	if parts == nil {
		return state, nil
	}
	return b.String() + rest, parts
}

// textSize returns the size of a JSON text up to its closing quotation mark.
func textSize(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(text)
}

// unpackState puts the photos back into a tile's stored state, byte for byte.
func (r runner) unpackState(ctx context.Context, tileID int64, state *string) error {
	if !strings.Contains(*state, partMark) {
		return nil
	}
	var b strings.Builder
	pieces := strings.Split(*state, partMark)
	b.WriteString(pieces[0])
	for _, piece := range pieces[1:] {
		const size = 2 * sha256.Size
		if len(piece) < size {
			return errors.New("a photo in the history has a truncated hash")
		}
		hash, err := hex.DecodeString(piece[:size])
		if err != nil {
			return fmt.Errorf("a photo in the history: %w", err)
		}
		var text string
		err = r.scan(ctx, `select content from history_parts where user_id = (select user_id from tiles where id = $1) and hash = $2`,
			[]any{tileID, hash}, &text)
		if err != nil {
			return fmt.Errorf("a photo in the history of tile %d: %w", tileID, err)
		}
		b.WriteString(text)
		b.WriteString(piece[size:])
	}
	*state = b.String()
	return nil
}

// entrySize returns what an entry counts for, without the photos that are stored once.
func entrySize(state, description string) int64 {
	return int64(len(state) + len(description) + entryOverhead)
}

// insertVersion adds an entry to the history of a tile, written with the given revision of the user's museum.
func (r runner) insertVersion(ctx context.Context, v app.TileVersion, revision int64) error {
	state, parts := packState(v.DesmosState)
	size := entrySize(state, v.Description)
	_, err := r.exec(ctx, `insert into tile_versions (tile_id, version, concept_type, position_x, position_y, width, height, z_index,
			desmos_state, description, completed, deleted, saved_at, revision, session_id, device, conflict, bytes)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		v.ID, v.Version, v.ConceptType, v.PositionX, v.PositionY, v.Width, v.Height, v.ZIndex, state, v.Description, v.Completed,
		v.Deleted, micros(v.SavedAt), revision, v.Device.SessionID, v.Device.UserAgent, v.Conflict, size)
	if err != nil {
		return err
	}
	for _, part := range parts {
		added, err := r.insertPart(ctx, v.ID, v.Version, part)
		if err != nil {
			return err
		}
		size += added
	}
	return r.countHistory(ctx, v.ID, size)
}

// insertPart records that an entry shows a photo and stores the photo unless it is there. It returns the number of
// bytes added.
func (r runner) insertPart(ctx context.Context, tileID, version int64, part historyPart) (added int64, err error) {
	made, err := r.exec(ctx, `insert into history_parts (user_id, hash, content, bytes)
		select user_id, $2, $3, $4 from tiles where id = $1 on conflict (user_id, hash) do nothing`,
		tileID, part.hash[:], part.text, len(part.text))
	if err != nil {
		return 0, err
	}
	_, err = r.exec(ctx, `insert into tile_version_parts (tile_id, version, part_id)
		select $1, $2, history_parts.id from tiles join history_parts on history_parts.user_id = tiles.user_id
			where tiles.id = $1 and hash = $3 on conflict do nothing`, tileID, version, part.hash[:])
	return made * int64(len(part.text)), err
}

// countHistory adds bytes, which may be negative, to the history of the tile's owner.
func (r runner) countHistory(ctx context.Context, tileID, bytes int64) error {
	_, err := r.exec(ctx, `update users set history_bytes = history_bytes + $1 where id = (select user_id from tiles where id = $2)`, bytes, tileID)
	return err
}

// deleteVersions deletes the user's entries that match a condition, and photos that no other entry shows. It returns
// the number of entries.
func (r runner) deleteVersions(ctx context.Context, userID int64, condition string, args ...any) (count int, err error) {
	freed, count, err := r.sum(ctx, `delete from tile_versions where `+condition+` returning bytes`, args...)
	if err != nil || count == 0 {
		return 0, err
	}
	parts, _, err := r.sum(ctx, `delete from history_parts where user_id = $1
		and not exists (select 1 from tile_version_parts where part_id = history_parts.id) returning bytes`, userID)
	if err == nil {
		_, err = r.exec(ctx, `update users set history_bytes = history_bytes - $1 where id = $2`, freed+parts, userID)
	}
	return count, err
}

// sum adds up the numbers that a statement returns.
func (r runner) sum(ctx context.Context, query string, args ...any) (sum int64, count int, err error) {
	rows, err := r.query(ctx, query, args...)
	if err != nil {
		return 0, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return 0, 0, err
		}
		sum += n
		count++
	}
	return sum, count, rows.Err()
}

// keptBytes returns what a user's photos and history take up, without the parts of one photo that is arriving.
func (r runner) keptBytes(ctx context.Context, userID int64, arriving app.ImageHash) (images, history int64, err error) {
	err = r.scan(ctx, `select history_bytes,
			(select coalesce(sum(case when images.size < $1 then $1 else images.size end), 0)
				from image_owners join images on images.id = image_id where user_id = $2)
			+ (select coalesce(sum(case when size < $1 then $1 else size end), 0) from image_parts where user_id = $2 and sha256 <> $3)
		from users where id = $2`, []any{app.ImageMinimum, userID, arriving[:]}, &history, &images)
	return images, history, err
}

// makeRoom makes the given number of bytes fit the user's quota, by deleting old entries of the history if necessary.
// It returns the bytes then in use and whether the addition fits.
func (r runner) makeRoom(ctx context.Context, userID, bytes int64, arriving app.ImageHash) (images, history int64, fits bool, err error) {
	quota := r.store.quota
	for limit := quota; ; limit = quota - quota/roomShare {
		if images, history, err = r.keptBytes(ctx, userID, arriving); err != nil || images+history+bytes <= limit {
			return images, history, true, err
		}
		count, err := r.deleteVersions(ctx, userID, `(tile_id, version) in (select v.tile_id, v.version
			from tiles join tile_versions v on v.tile_id = tiles.id
			where user_id = $1 and v.conflict <> $2
				and v.version < (select version from tile_versions kept where kept.tile_id = tiles.id order by version desc limit 1 offset $3)
			order by v.revision, v.version limit $4)`, userID, app.OpenConflict, thinKeep-1, thinnedAtOnce)
		if err != nil || count == 0 {
			return images, history, images+history+bytes <= quota, err
		}
	}
}

// checkHistoryRoom fails with KindTooLarge if entries for a tile would exceed the owner's quota.
func (r runner) checkHistoryRoom(ctx context.Context, entries ...*app.Tile) error {
	userID, size := entries[0].UserID, int64(0)
	for _, tile := range entries {
		state, parts := packState(tile.DesmosState)
		size += entrySize(state, tile.Description)
		for _, part := range parts {
			var known bool
			err := r.scan(ctx, `select exists (select 1 from history_parts where user_id = $1 and hash = $2)`, []any{userID, part.hash[:]}, &known)
			if err != nil {
				return err
			}
			if !known {
				size += int64(len(part.text))
			}
		}
	}
	images, history, fits, err := r.makeRoom(ctx, userID, size, app.ImageHash{})
	if err != nil || fits || size <= smallEntry && images+history+size <= r.store.quota+r.store.quota/reserveShare {
		return err
	}
	return app.Errorf(app.KindTooLarge, "Your museum is full: your photos take up %.1f MB and the history of your tiles %.1f of the %d MB that there are. "+
		"This change stays on this device. Please make photos smaller, or ask whoever runs the museum for more room.",
		float64(images)/mega, float64(history)/mega, r.store.quota/mega)
}

const mega = 1 << 20

// CheckHistory returns an error if a user's history differs in size from the count, or lacks parts.
func (s *Store) CheckHistory(ctx context.Context) error {
	var userID, counted, bytes int64
	err := s.reading().scan(ctx, `select id, history_bytes, bytes from (select users.id, history_bytes,
			(select coalesce(sum(bytes), 0) from tiles join tile_versions on tile_id = tiles.id where user_id = users.id)
			+ (select coalesce(sum(bytes), 0) from history_parts where user_id = users.id) as bytes from users)
		where history_bytes <> bytes limit 1`, nil, &userID, &counted, &bytes)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("the history of user %d takes up %d bytes, and %d were counted", userID, bytes, counted)
	}
	return err
}
