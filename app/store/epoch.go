package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"os"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
)

// A cursor alone does not tell whether the database was put back to an older day: others may have written since, so that
// the revisions are as high again. So each revision belongs to an epoch, the run of the program that wrote the user's museum
// then, and a device names both. Epochs have names that no two runs share: what is written after a backup was put back is
// never taken for what was lost.

// fromTheStart is a cursor of who wants to hear even of what was taken down before they came.
const fromTheStart = -1

// newEpochName makes a name that there has never been.
func newEpochName() string {
	var name [8]byte
	_, _ = rand.Read(name[:]) // it does not fail
	return hex.EncodeToString(name[:])
}

// continuesEpoch tells whether what is to be written of a user's museum belongs to the epoch of what was written last.
func (r runner) continuesEpoch(ctx context.Context, userID int64) (bool, error) {
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
	all, err := r.staleTiles(ctx, userID, fromTheStart)
	if err != nil {
		return answer, err
	}
	if answer, err = r.answerSync(ctx, userID, fromTheStart, all); err != nil {
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

// traces is a folder in which processes that live for one request tell the next one what they wrote last. Each would begin an
// epoch of its own otherwise, with a row for each change. A trace is the stamp that a user's museum got with its last change:
// where the database has that very stamp, it was not put back to an older day in between. So the folder must lie outside of
// whatever is put back with the database, as that of the system for temporary files; who loses a trace begins an epoch, and
// that is all.
type traces string

// find gives the trace of a user's museum, "" for none.
func (t traces) find(userID int64) (stamp string) {
	t.within(func(folder *os.Root, name string) error {
		text, err := folder.ReadFile(name)
		stamp = string(text)
		return err
	}, userID)
	return stamp
}

// leave keeps a trace. Of two processes that do so at once one is found, and if it is the wrong one the next begins an epoch.
func (t traces) leave(userID int64, stamp string) {
	t.within(func(folder *os.Root, name string) error {
		err := folder.WriteFile(name, []byte(stamp), 0o600)
		if err != nil {
			_ = folder.Remove(name) // none is better than an old one
		}
		return err
	}, userID)
}

// within does something with a user's file. Others may write to the folder for temporary files too, so no link leads out.
func (t traces) within(do func(folder *os.Root, name string) error, userID int64) {
	if t == "" || os.MkdirAll(string(t), 0o700) != nil {
		return
	}
	folder, err := os.OpenRoot(string(t))
	if err != nil {
		return
	}
	defer folder.Close()
	_ = do(folder, strconv.FormatInt(userID, 10)) // see above: what fails here costs a row
}
