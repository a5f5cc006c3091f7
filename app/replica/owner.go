package replica

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/file"
	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/superfly/ltx"
)

// ownerLevel is the level under which a place stores its owner. Litestream uses only levels 0 to 9, and all kinds of
// places can store a file of a level. The transaction numbers of these files count the owners: no file is ever
// overwritten, which SFTP servers refuse, and the highest one counts.
const ownerLevel = 10

// maxOwner is the limit of an owner file's size, in bytes.
const maxOwner = 1 << 20

// owner says whose replica is at a place, and who writes it.
type owner struct {
	Museum string    `json:"museum"` // see store.MuseumID
	Writer string    `json:"writer"` // random, renewed each time a process starts writing
	Host   string    `json:"host"`   // name of its computer, for messages
	Since  time.Time `json:"since"`

	number ltx.TXID
}

// PlaceError says why a replica may not be written to a place, and what to do about it.
type PlaceError struct{ Problem, Advice string }

func (e *PlaceError) Error() string { return e.Problem + ". " + e.Advice }

// errOwnerChanged makes a stream start over at a place that was emptied, or taken over by another process.
var errOwnerChanged = errors.New("the place of the replica has another owner")

// readOwner returns the owner of a place, or the zero value.
func readOwner(ctx context.Context, client litestream.ReplicaClient) (found owner, err error) {
	file, err := newestFile(ctx, client, ownerLevel)
	if err != nil || file.MaxTXID == 0 {
		return found, err
	}
	body, err := client.OpenLTXFile(ctx, ownerLevel, file.MinTXID, file.MaxTXID, 0, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil // replaced since it was listed; the next check finds the new one
	}
	if err != nil {
		return found, err
	}
	text, err := io.ReadAll(io.LimitReader(body, maxOwner))
	if err = errors.Join(err, body.Close()); err != nil {
		return found, err
	}
	if len(text) < ltx.HeaderSize || json.Unmarshal(text[ltx.HeaderSize:], &found) != nil {
		found = owner{} // truncated by a power failure: the place has no owner until somebody claims it
	}
	found.number = file.MaxTXID
	return found, nil
}

// newestFile returns the file of a level with the highest transaction, or the zero value.
func newestFile(ctx context.Context, client litestream.ReplicaClient, level int) (newest ltx.FileInfo, err error) {
	files, err := client.LTXFiles(ctx, level, 0, false)
	if err != nil {
		return newest, err
	}
	for files.Next() {
		if item := files.Item(); item.MaxTXID > newest.MaxTXID {
			newest = *item
		}
	}
	return newest, errors.Join(files.Err(), files.Close())
}

// writeOwner makes o the owner of a place and deletes the files of earlier owners.
func writeOwner(ctx context.Context, client litestream.ReplicaClient, o owner) error {
	header := ltx.Header{Version: ltx.Version, Flags: ltx.HeaderFlagNoChecksum, PageSize: 4096, Commit: 1,
		MinTXID: o.number, MaxTXID: o.number, Timestamp: o.Since.UnixMilli()}
	text, err := header.MarshalBinary()
	if err != nil {
		return err
	}
	words, err := json.Marshal(o)
	if err != nil {
		return err
	}
	if _, err := client.WriteLTXFile(ctx, ownerLevel, o.number, o.number, bytes.NewReader(append(text, words...))); err != nil {
		return fmt.Errorf("claim the place of the replica: %w", err)
	}
	var older []*ltx.FileInfo
	files, err := client.LTXFiles(ctx, ownerLevel, 0, false)
	if err != nil {
		return err
	}
	for files.Next() {
		if item := files.Item(); item.MaxTXID < o.number {
			older = append(older, &ltx.FileInfo{Level: ownerLevel, MinTXID: item.MinTXID, MaxTXID: item.MaxTXID})
		}
	}
	err = errors.Join(files.Err(), files.Close())
	if err == nil && len(older) > 0 {
		err = client.DeleteLTXFiles(ctx, older)
	}
	return err
}

// claim is this computer's record of a place, kept in Litestream's folder next to the database.
type claim struct {
	Place  string `json:"place"`  // without passwords
	Writer string `json:"writer"` // the writer in the last claim
	Before string `json:"before"` // the owner before that claim, which may have failed halfway
}

func (c claim) covers(writer string) bool {
	return writer != "" && (writer == c.Writer || writer == c.Before)
}

const claimFile = "place.json"

func readClaim(folder string) (c claim) {
	if text, err := os.ReadFile(filepath.Join(folder, claimFile)); err != nil || json.Unmarshal(text, &c) != nil {
		return claim{} // like no claim: the whole museum is sent, nothing worse
	}
	return c
}

// forgetClaim makes the next claim one of a computer that has never written to the place, so that it takes the place
// over.
func forgetClaim(folder string) error {
	if err := os.Remove(filepath.Join(folder, claimFile)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func writeClaim(folder string, c claim) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	half := filepath.Join(folder, claimFile+".part")
	if err := os.WriteFile(half, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(half, filepath.Join(folder, claimFile))
}

// checkOwner returns a *PlaceError if a place belongs to another museum, or another copy of this one has taken it
// over.
func (r *Replica) checkOwner(found owner, mine claim) error {
	place := RedactURL(r.URL)
	switch {
	case found.Museum == "":
		return nil
	case found.Museum != r.museum:
		return &PlaceError{fmt.Sprintf("%s belongs to another museum, which the computer %q has written since %s. Nothing was sent there, and nothing there was changed",
			place, found.Host, found.Since.UTC().Format("2006-01-02 15:04 UTC")),
			"Give this museum a place of its own, such as another name at the end of the address. If the other museum is given up, empty the place instead"}
	case !mine.covers(found.Writer) && mine.Place == place && !r.TakeOver:
		return &PlaceError{fmt.Sprintf("another copy of this museum, on the computer %q, has written to %s since %s, and two must not write to one place. Nothing more is sent from here",
			found.Host, place, found.Since.UTC().Format("2006-01-02 15:04 UTC")),
			"If that copy is the museum now, stop this one or give it another place. If this one is, stop the other and give the command once: mathmuseums replicate --once --take-over"}
	}
	return nil
}

// claimPlace makes this process the writer of a place. Litestream's local files are deleted unless they continue
// those at the place; Litestream then sends the whole museum. succeeded reports whether another process was the
// writer before.
func (r *Replica) claimPlace(ctx context.Context, client litestream.ReplicaClient) (writer string, succeeded bool, err error) {
	folder := litestream.NewDB(r.Database).MetaPath()
	mine := readClaim(folder)
	found, err := readOwner(ctx, client)
	if err != nil {
		return "", false, err
	}
	if err := r.checkOwner(found, mine); err != nil {
		return "", false, err
	}
	continues := mine.covers(found.Writer)
	if continues {
		if continues, err = r.localContinues(ctx, client); err != nil {
			return "", false, err
		}
	}
	if !continues {
		if err := os.RemoveAll(litestream.NewDB(r.Database).LTXDir()); err != nil {
			return "", false, err
		}
		if err := deleteDamaged(ctx, client); err != nil {
			return "", false, err
		}
	}
	host, _ := os.Hostname()
	next := owner{Museum: r.museum, Writer: rand.Text(), Host: host, Since: time.Now().UTC().Truncate(time.Second), number: found.number + 1}
	if err := writeClaim(folder, claim{RedactURL(r.URL), next.Writer, found.Writer}); err != nil {
		return "", false, err
	}
	err = writeOwner(ctx, client, next)
	if place, ok := client.(*file.ReplicaClient); ok && err == nil {
		level := place.LTXLevelDir(ownerLevel)
		made := place.LTXFilePath(ownerLevel, next.number, next.number)
		err = copyOwners(r.Database, made, level, filepath.Dir(level), place.Path())
	}
	err = errors.Join(err, copyOwners(r.Database, filepath.Join(folder, claimFile), folder))
	return next.Writer, found.Writer != "" && !mine.covers(found.Writer), err
}

// copyOwners changes the owner of files that root has created to the owner of the database, who has to continue with them.
func copyOwners(database string, made ...string) (err error) {
	for _, path := range made {
		err = errors.Join(err, platform.CopyOwner(path, database))
	}
	return err
}

// localContinues reports whether Litestream's local files are whole and follow those at the place without a gap.
// After a power failure some may be empty.
func (r *Replica) localContinues(ctx context.Context, client litestream.ReplicaClient) (bool, error) {
	there, err := newestFile(ctx, client, 0)
	if err != nil {
		return false, err
	}
	db := litestream.NewDB(r.Database)
	_, last, err := db.MaxLTX()
	if err != nil || last < there.MaxTXID {
		return false, err
	}
	if same, err := isOurs(ctx, client, db, there); err != nil || !same {
		return false, err
	}
	for n := min(there.MaxTXID+1, last); n <= last && n > 0; n++ {
		if err := verifyFile(db.LTXPath(0, n, n)); err != nil {
			if errors.Is(err, fs.ErrPermission) {
				return false, err
			}
			return false, nil
		}
	}
	return true, nil
}

// deleteDamaged deletes the newest files of a place as long as they are damaged: Litestream would fetch the newest
// one and continue from it. Nothing can be restored from such a file, and the whole museum is about to be sent.
func deleteDamaged(ctx context.Context, client litestream.ReplicaClient) error {
	for {
		there, err := newestFile(ctx, client, 0)
		if err != nil || there.MaxTXID == 0 {
			return err
		}
		body, err := client.OpenLTXFile(ctx, 0, there.MinTXID, there.MaxTXID, 0, 0)
		if err != nil {
			return err
		}
		counted := &countingReader{Reader: body}
		damage := ltx.NewDecoder(counted).Verify()
		_, err = io.Copy(io.Discard, counted) // tells a damaged file from a broken connection
		if err = errors.Join(err, body.Close()); err != nil || counted.n != there.Size {
			return errors.Join(err, damage)
		}
		if damage == nil {
			return nil
		}
		if err := client.DeleteLTXFiles(ctx, []*ltx.FileInfo{{Level: 0, MinTXID: there.MinTXID, MaxTXID: there.MaxTXID}}); err != nil {
			return err
		}
	}
}

type countingReader struct {
	io.Reader
	n int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n += int64(n)
	return n, err
}

// isOurs reports whether a file at a place equals the local one of the same name. Another process that has not yet
// noticed that it lost the place may have written its own. The header contains the time to the millisecond.
func isOurs(ctx context.Context, client litestream.ReplicaClient, db *litestream.DB, there ltx.FileInfo) (bool, error) {
	if there.MaxTXID == 0 {
		return true, nil
	}
	local, err := os.Open(db.LTXPath(0, there.MinTXID, there.MaxTXID))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer local.Close()
	if info, err := local.Stat(); err != nil || info.Size() != there.Size {
		return false, err
	}
	remote, err := client.OpenLTXFile(ctx, 0, there.MinTXID, there.MaxTXID, 0, ltx.HeaderSize)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer remote.Close()
	here, got := make([]byte, ltx.HeaderSize), make([]byte, ltx.HeaderSize)
	if _, err := io.ReadFull(remote, got); err != nil {
		return false, nil
	}
	if _, err := io.ReadFull(local, here); err != nil {
		return false, nil
	}
	return bytes.Equal(here, got), nil
}

func verifyFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return ltx.NewDecoder(file).Verify()
}

// CheckPlace checks, without changing anything, whether a place can be reached and belongs to this museum. The error
// is a *PlaceError if it belongs to another.
func CheckPlace(ctx context.Context, o Options) error {
	client, err := newClient(o.URL, o.Keys)
	if err != nil {
		return err
	}
	museum, err := store.MuseumID(ctx, o.Database)
	if err != nil {
		return err
	}
	if err := connect(ctx, client); err != nil {
		return err
	}
	found, err := readOwner(ctx, client)
	if err != nil {
		return err
	}
	r := &Replica{Options: o, museum: museum}
	return r.checkOwner(found, readClaim(litestream.NewDB(o.Database).MetaPath()))
}

// isRestorable reports whether a place has all files needed to restore the newest state, up to the given transaction.
func isRestorable(ctx context.Context, client litestream.ReplicaClient, upTo ltx.TXID) (bool, error) {
	plan, err := litestream.CalcRestorePlan(ctx, client, 0, time.Time{}, slog.New(slog.DiscardHandler))
	if err != nil {
		if _, reached := newestFile(ctx, client, 0); reached != nil {
			return false, err
		}
		return false, nil // it can be read, but files are missing
	}
	last := ltx.TXID(0)
	for _, file := range plan {
		if file.Size < ltx.HeaderSize+ltx.TrailerSize { // empty after a power failure at the place
			return false, nil
		}
		last = max(last, file.MaxTXID)
	}
	return last >= upTo, nil
}
