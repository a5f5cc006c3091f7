package backup_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
	"github.com/mathmuseums/mathmuseums/app/backup"
)

// counter writes continuously from its own connection. Each transaction sets the same number, one higher than before,
// in two rows, and adds a row: this tells states that existed from those that did not.
type counter struct {
	name      string
	committed atomic.Int64
}

func (c *counter) run(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=busy_timeout(60000)")
	if err != nil {
		return err
	}
	defer db.Close()
	padding := make([]byte, 3000) // makes a transaction touch several pages
	for n := int64(1); ctx.Err() == nil; n++ {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		for _, side := range []string{"left", "right"} {
			_, err := tx.Exec(`insert into throttles (kind, subject, browser, count, expires_at) values ('test', $1, x'', $2, 0) on conflict (kind, subject, browser) do update set count = $2`,
				c.name+" "+side, n)
			if err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`insert into throttles (kind, subject, browser, count, expires_at) values ('test', $1, x'', $2, 0)`, fmt.Sprintf("%s row %d %x", c.name, n, padding), n); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
		c.committed.Store(n)
		time.Sleep(time.Millisecond) // otherwise the other counter hardly gets a turn
	}
	return nil
}

// check fails unless a database has a state that the counter once had.
func (c *counter) check(db *sql.DB, least, most int64) error {
	var left, right, rows, highest int64
	err := db.QueryRow(`select
		(select count from throttles where subject = $1 || ' left'), (select count from throttles where subject = $1 || ' right'),
		(select count(*) from throttles where subject like $1 || ' row %'), (select max(count) from throttles where subject like $1 || ' row %')`,
		c.name).Scan(&left, &right, &rows, &highest)
	switch {
	case err != nil:
		return err
	case left != right || left != rows || left != highest:
		return fmt.Errorf("%s: left %d, right %d, %d rows up to %d: such a state never was", c.name, left, right, rows, highest)
	case left < least || left > most:
		return fmt.Errorf("%s: the state is number %d; it was %d when the backup began and %d when it was made", c.name, left, least, most)
	}
	return nil
}

// TestABackupIsAStateThatWas makes backups while two programs write, and restores each of them elsewhere.
//
// MATHMUSEUMS_BACKUP_SECONDS sets for how long; CI uses 60.
func TestABackupIsAStateThatWas(t *testing.T) {
	seconds := testenv.Number(t, "MATHMUSEUMS_BACKUP_SECONDS", 3, 60)
	p := newPlace(t)
	counters := []*counter{{name: "one"}, {name: "two"}}
	writing, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for _, c := range counters {
		group.Go(func() {
			if err := c.run(writing, p.store.Path()); err != nil {
				t.Error(err)
				stop()
			}
		})
	}
	defer group.Wait()
	defer stop()
	for _, c := range counters { // wait for the first state of each
		for c.committed.Load() == 0 && writing.Err() == nil {
			time.Sleep(time.Millisecond)
		}
	}
	taken := 0
	for end := time.Now().Add(time.Duration(seconds) * time.Second); time.Now().Before(end) && writing.Err() == nil; taken++ {
		var least []int64
		for _, c := range counters {
			least = append(least, c.committed.Load())
		}
		made := p.run(t, backup.Keep{Newest: 3})
		into := filepath.Join(t.TempDir(), "back.db")
		if _, err := p.restore(t, made.Name, into); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", into)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range counters {
			if err := c.check(db, least[i], c.committed.Load()+1); err != nil {
				t.Error(err)
			}
		}
		db.Close()
		os.Remove(into)
	}
	t.Logf("%d backups in %d s, beside %d and %d transactions", taken, seconds, counters[0].committed.Load(), counters[1].committed.Load())
	if taken < 2 {
		t.Errorf("only %d backups were made", taken)
	}
}

// TestACopyIsOfOneMoment writes between the steps of a copy.
func TestACopyIsOfOneMoment(t *testing.T) {
	s := apptest.OpenStore(t, t.TempDir(), time.Now)
	db, err := sql.Open("sqlite", "file:"+s.Path()+"?_pragma=busy_timeout(60000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
		insert into throttles (kind, subject, browser, count, expires_at) select 'test', i || hex(randomblob(2000)), x'', 0, 0 from n`) // 8 MB: some steps
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	copying, stop := context.WithCancel(t.Context())
	defer stop()
	path := filepath.Join(t.TempDir(), "copy.db")
	contents, err := s.Copy(copying, path, func(int, int) {
		if steps++; steps > 100 {
			stop() // it restarts with each write, and would never end
		}
		if _, err := db.Exec(`update throttles set count = $1`, steps); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if steps < 3 || contents.Rows["throttles"] != 2000 {
		t.Fatalf("%d steps, %v", steps, contents)
	}
	copied, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	var least, most int
	if err := copied.QueryRow(`select min(count), max(count) from throttles`).Scan(&least, &most); err != nil || least != 0 || most != 0 {
		t.Errorf("the copy has counts from %d to %d, %v; want those of the moment it began", least, most, err)
	}
}
