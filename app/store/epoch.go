package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"

	"github.com/mathmuseums/mathmuseums/app"
)

// A cursor alone does not tell whether the database was put back to an older day: others may have written since, so that
// the revisions are as high again. So each revision belongs to an epoch, the run of the program that wrote the user's museum
// then, and a device names both. Epochs have names that no two runs share: what is written after a backup was put back is
// never taken for what was lost.

// everything is a cursor of who wants to hear even of what was taken down before they came.
const everything = -1

// newName makes a name that there has never been.
func newName() string {
	var name [8]byte
	_, _ = rand.Read(name[:]) // it does not fail
	return hex.EncodeToString(name[:])
}

// goesOn tells whether what is to be written of a user's museum belongs to the epoch of what was written last.
func (r runner) goesOn(ctx context.Context, userID int64) (bool, error) {
	_, again := r.revisions[userID]
	if _, begun := r.store.begun.Load(userID); begun || again {
		return true, nil
	}
	trace := r.store.traces.find(userID)
	if trace == "" {
		return false, nil
	}
	var stamp string
	err := r.scan(ctx, `select stamp from users where id = $1`, []any{userID}, &stamp)
	return stamp == trace, err
}

// beginEpoch notes that this run of the program writes a user's museum from a revision on.
func (r runner) beginEpoch(ctx context.Context, userID, revision int64) error {
	_, err := r.exec(ctx, `insert into user_epochs (user_id, since, epoch, began_at) values ($1, $2, $3, $4)`,
		userID, revision, r.store.epoch, micros(r.store.Now()))
	return err
}

// epochOf names the epoch in which a revision was written, "" where nobody knows.
func (r runner) epochOf(ctx context.Context, userID, revision int64) (epoch string, err error) {
	err = r.scan(ctx, `select epoch from user_epochs where user_id = $1 and since <= $2 order by since desc limit 1`,
		[]any{userID, revision}, &epoch)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return epoch, err
}

// commonRevision gives the last revision up to which what a device has seen is what the database has: its cursor, unless
// the database was put back. known is the user's revision.
func (r runner) commonRevision(ctx context.Context, userID int64, request app.SyncRequest, known int64) (int64, error) {
	if request.Cursor == 0 || request.Epoch == "" {
		return min(request.Cursor, known), nil
	}
	var since, next int64
	err := r.scan(ctx, `select since, coalesce((select min(since) from user_epochs later where later.user_id = $1 and later.since > this.since), 0)
		from user_epochs this where user_id = $1 and epoch = $2 order by since desc limit 1`,
		[]any{userID, request.Epoch}, &since, &next)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, err
	case request.Cursor < since:
		return 0, nil // this epoch never had it
	case next == 0:
		return min(request.Cursor, known), nil
	}
	return min(request.Cursor, next-1), nil
}

// answerSetBack gives all that a user's museum has, to a device that has seen what is lost, and of each tile the newest
// version that is not: after the revision common they went different ways.
func (r runner) answerSetBack(ctx context.Context, userID, common int64) (answer app.SyncAnswer, err error) {
	all, err := r.staleTiles(ctx, userID, everything)
	if err != nil {
		return answer, err
	}
	if answer, err = r.answerSync(ctx, userID, everything, all); err != nil {
		return answer, err
	}
	answer.SetBack = true
	for i := range answer.Tiles {
		tile := &answer.Tiles[i]
		err := r.scan(ctx, `select coalesce(max(version), 0) from tile_versions where tile_id = $1 and revision <= $2`,
			[]any{tile.ID, common}, &tile.Common)
		if err != nil {
			return answer, err
		}
	}
	answer.Epoch, err = r.epochOf(ctx, userID, answer.Cursor)
	return answer, err
}
