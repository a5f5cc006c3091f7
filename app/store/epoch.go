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

// Devices must notice when the database is set back to an older state by a restored backup, a replica or a plain copy
// of the file. Four things serve this, and each is needed:
//
// 1. An epoch is the random name of one run of the program. A cursor (a revision number) alone is not enough: after a
// set-back others may have written until the numbers are as high as before. Devices therefore send cursor and epoch.
//
// 2. The table user_epochs records the revision from which each epoch wrote a user's museum. It tells up to which
// revision a device from an older epoch agrees with this database (commonRevision). A single id for the whole
// database, renewed by restore, would not do: it cannot say which revisions survived, and nothing renews it when
// somebody copies the file by hand.
//
// 3. users.stamp changes with every revision, and 4. epoch files keep the last stamp outside the database. They are
// for CGI, where each request is a run of its own: without them every change would begin an epoch and add a row. If
// file and database hold the same stamp, the database was not set back in between, and the epoch continues.

// fromTheStart is the cursor of a device that wants everything, tiles deleted before it came included.
const fromTheStart = -1

// newEpochName returns a name that is unique among all runs.
func newEpochName() string {
	var name [8]byte
	_, _ = rand.Read(name[:]) // never fails
	return hex.EncodeToString(name[:])
}

// continuesEpoch reports whether the next write to a user's museum belongs to the epoch of the last write.
func (r runner) continuesEpoch(ctx context.Context, userID int64) (bool, error) {
	_, again := r.revisions[userID]
	if _, begun := r.store.begun.Load(userID); begun || again {
		return true, nil
	}
	trace := r.store.epochFiles.find(userID)
	if trace == "" {
		return false, nil
	}
	var stamp string
	err := r.scan(ctx, `select stamp from users where id = $1`, []any{userID}, &stamp)
	return stamp == trace, err
}

// beginEpoch records that this run writes the user's museum from the given revision on.
func (r runner) beginEpoch(ctx context.Context, userID, revision int64) error {
	_, err := r.exec(ctx, `insert into user_epochs (user_id, since, epoch, began_at) values ($1, $2, $3, $4)`,
		userID, revision, r.store.epoch, micros(r.store.Now()))
	return err
}

// epochOf returns the epoch that wrote a revision, or "" if unknown.
func (r runner) epochOf(ctx context.Context, userID, revision int64) (epoch string, err error) {
	err = r.scan(ctx, `select epoch from user_epochs where user_id = $1 and since <= $2 order by since desc limit 1`,
		[]any{userID, revision}, &epoch)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return epoch, err
}

// commonRevision returns the last revision that the device and this database have in common: the device's cursor
// unless the database was set back. known is the user's current revision.
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
		return 0, nil // this epoch never wrote that revision
	case next == 0:
		return min(request.Cursor, known), nil
	}
	return min(request.Cursor, next-1), nil
}

// answerSetBack returns the user's whole museum for a device that has seen changes which are lost here, and for each
// tile the newest version that both have: the two histories diverge after the revision common.
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

// epochFiles is a folder with one file per user, which holds the user's stamp after the last change by a short-lived
// process. The folder must lie outside of everything that is backed up and restored with the database, such as the
// system's folder for temporary files. A lost file only begins a new epoch.
type epochFiles string

// find returns the stored stamp of a user, or "".
func (t epochFiles) find(userID int64) (stamp string) {
	t.within(func(folder *os.Root, name string) error {
		text, err := folder.ReadFile(name)
		stamp = string(text)
		return err
	}, userID)
	return stamp
}

// save stores a stamp. If two processes do so at once, one of them wins; if it is the wrong one, the next change
// begins a new epoch.
func (t epochFiles) save(userID int64, stamp string) {
	t.within(func(folder *os.Root, name string) error {
		err := folder.WriteFile(name, []byte(stamp), 0o600)
		if err != nil {
			_ = folder.Remove(name) // none is better than an old one
		}
		return err
	}, userID)
}

// within calls do with the name of a user's file. Others can write to the folder for temporary files too, so a root
// keeps links from leading out.
func (t epochFiles) within(do func(folder *os.Root, name string) error, userID int64) {
	if t == "" || os.MkdirAll(string(t), 0o700) != nil {
		return
	}
	folder, err := os.OpenRoot(string(t))
	if err != nil {
		return
	}
	defer folder.Close()
	_ = do(folder, strconv.FormatInt(userID, 10)) // a failure costs no more than a row in user_epochs
}
