package cmd_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// TestKilledMuseumIsRestoredFromItsReplica writes to the real program continuously, with a replica in a bucket, kills
// it, and restores the replica as if the disk were lost too. The restored database is sound and a state that existed;
// it lacks only the last second or so. In every other round the network to the bucket is cut for a while, and in half
// of those it is still cut when the museum is killed: then everything since the cut is missing, and nothing else.
//
// MATHMUSEUMS_REPLICA_KILLS sets the number of kills, MATHMUSEUMS_CUT_SECONDS the maximum length of a cut.
func TestKilledMuseumIsRestoredFromItsReplica(t *testing.T) {
	kills, cutFor := testenv.Number(t, "MATHMUSEUMS_REPLICA_KILLS", 4, 4), testenv.Number(t, "MATHMUSEUMS_CUT_SECONDS", 2, 2)
	s3 := apptest.NewS3(t)
	link := apptest.NewLink(t, s3.Address)
	url := s3.URL("museum", link.Address)
	h := newHome(t, "MATHMUSEUMS_CODES_PER_HOUR=1000", "MATHMUSEUMS_S3_KEY_ID="+apptest.S3KeyID, "MATHMUSEUMS_S3_SECRET="+apptest.S3Secret,
		"MATHMUSEUMS_REPLICA="+url)
	s := h.serve(t)
	w := newWriter(t, s)
	var plain, cut []time.Duration // how much was lost
	for kill := range kills {
		h.waitForDrill(t, "nothing would be lost") // it may have to catch up with what was written while the network was cut
		life := time.Second + rand.N(2*time.Second)
		var cutAt time.Time
		switch kill % 4 {
		case 1: // cut, and mended before the end
			life += time.Duration(cutFor)*time.Second + replicaCatchUp
			time.AfterFunc(time.Second, link.Cut)
			time.AfterFunc(time.Second+time.Duration(cutFor)*time.Second, link.Mend)
		case 3: // cut until the end
			life += time.Duration(cutFor) * time.Second
			cutAt = time.Now().Add(life - time.Duration(cutFor)*time.Second)
			time.AfterFunc(time.Until(cutAt), link.Cut)
		}
		before := w.acknowledged
		w.writeFor(s, life)
		killed := time.Now()
		link.Mend()
		got := h.restoredNumber(t, url, filepath.Join(t.TempDir(), "museum.db"))
		if got > w.sent || got < before {
			t.Fatalf("round %d: the replica has edit %d; %d was acknowledged before, %d sent", kill, got, before, w.sent)
		}
		lost := w.lostSince(got, killed)
		t.Logf("round %d: %d edits in %s, %d lost, the oldest %.2f s old; the network was cut %.2f s before", kill,
			w.acknowledged-before, life.Round(time.Millisecond), max(0, w.acknowledged-got), lost.Seconds(), since(cutAt, killed).Seconds())
		if cutAt.IsZero() {
			plain = append(plain, lost)
		} else if cut = append(cut, lost-since(cutAt, killed)); lost == 0 {
			t.Errorf("round %d: nothing is lost although the network was cut", kill)
		}
		s = h.serve(t)
		if kept := w.keptNumber(s); kept < w.acknowledged {
			t.Fatalf("round %d: the museum itself has edit %d, %d was acknowledged", kill, kept, w.acknowledged)
		}
	}
	report(t, "killed", plain)
	report(t, "killed while the network was cut, besides the time since then", cut)
	if slices.Max(append(plain, cut...)) > patience {
		t.Errorf("more is lost than a busy machine explains")
	}
}

// replicaCatchUp is more time than the replica needs to catch up after a cut: it retries after 15 s at most.
const replicaCatchUp = 20 * time.Second

// lostSince returns the age of the oldest acknowledged edit that was lost.
func (w *writer) lostSince(kept int, now time.Time) time.Duration {
	first := len(w.times)
	for first > 0 && w.numbers[first-1] > kept {
		first--
	}
	if first == len(w.times) {
		return 0
	}
	return now.Sub(w.times[first])
}

func since(moment, now time.Time) time.Duration {
	if moment.IsZero() {
		return 0
	}
	return now.Sub(moment)
}

func report(t *testing.T, what string, lost []time.Duration) {
	t.Helper()
	if len(lost) > 0 {
		slices.Sort(lost)
		t.Logf("%s, %d times: the last %.2f s were lost in the median, %.2f s at most", what, len(lost), lost[len(lost)/2].Seconds(), lost[len(lost)-1].Seconds())
	}
}

// restoredNumber restores a replica elsewhere and returns the writer's count in it.
func (h *home) restoredNumber(t *testing.T, url, into string) int {
	t.Helper()
	h.run(t, "restore", url, "--into", into).want(t, 0, into+" is now the replica s3://copies/museum", "")
	return numberIn(t, into)
}

// numberIn returns the writer's count in a restored database, which must be sound and without partial transactions.
func numberIn(t *testing.T, database string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var verdict, description string
	var ofUser, ofTile int64
	if err := db.QueryRow("pragma integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("the restored database is %q, %v", verdict, err)
	}
	err = db.QueryRow("select description, users.revision, tiles.revision from tiles join users on users.id = user_id").Scan(&description, &ofUser, &ofTile)
	if err == sql.ErrNoRows {
		return 0
	}
	if err != nil || ofUser != ofTile {
		t.Fatalf("half an edit: the user is at revision %d, the tile at %d, %v", ofUser, ofTile, err)
	}
	_, _ = fmt.Sscanf(description, "edit %d", &n)
	return n
}

// A museum that was restored from a replica is replicated to the same place again, and can be restored again.
func TestRestoredMuseumIsReplicatedAgain(t *testing.T) {
	h := newHome(t)
	h.environ = append(h.environ, "MATHMUSEUMS_REPLICA="+fileURL(filepath.Join(h.dir, "copy")))
	admit := func(email string) {
		t.Helper()
		h.run(t, "createsuperuser", "--noinput", "--email", email, "--data-dir", "museum").want(t, 0, "is a superuser now", "")
	}
	admit("ann@example.com")
	s := h.serve(t)
	s.stderr.waitFor(t, written)
	h.waitForDrill(t, "1 people")
	time.Sleep(20 * time.Millisecond) // Litestream stores times in milliseconds
	early := time.Now().UTC().Format(time.RFC3339Nano)
	time.Sleep(20 * time.Millisecond)
	admit("bob@example.com")
	h.waitForDrill(t, "2 people and 0 tiles; nothing would be lost")
	h.run(t, "restore", "replica", "--data-dir", "museum").want(t, 1, "", "is open in another program")
	s.stop(t)
	h.run(t, "restore", "replica", "--at", "yesterday", "--data-dir", "museum").want(t, 2, "", `"yesterday" is not a time`)
	h.run(t, "restore", "replica", "--at", "2020-01-01 00:00", "--data-dir", "museum").want(t, 1, "", "nothing from before 2020-01-01T00:00:00Z")
	h.run(t, "restore", "replica", "--at", early, "--data-dir", "museum").want(t, 0, "with 1 people and 0 tiles. To undo this", "")

	s = h.serve(t)
	s.stderr.waitFor(t, written)
	admit("cem@example.com")
	admit("dil@example.com")
	h.waitForDrill(t, "3 people and 0 tiles; nothing would be lost")
	s.stop(t)
	h.run(t, "restore", "replica", "--data-dir", "museum").want(t, 0, "with 3 people", "")
}
