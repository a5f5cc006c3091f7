package backup_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/backup"
)

// ask requests a backup by the address.
func (p *place) ask(t *testing.T, keep backup.Keep) (backup.Backup, error) {
	t.Helper()
	return backup.Run(t.Context(), backup.Options{Store: p.store, To: p.to, Program: "test", Keep: keep, OnRequest: true})
}

// TestWhoAsksAllTheTimePushesNothingOut requests a backup every five minutes for days while only the newest is to be
// kept: there is always a backup older than a day, and none older than four days.
func TestWhoAsksAllTheTimePushesNothingOut(t *testing.T) {
	p := newPlace(t)
	begun := p.store.Now()
	made := 0
	for p.store.Now().Before(begun.Add(6 * 24 * time.Hour)) {
		got, err := p.ask(t, backup.Keep{Newest: 1})
		if err != nil {
			t.Fatal(err)
		}
		if !got.Existing {
			made++
		}
		ages := backupAges(t, p)
		if oldest := ages[0]; p.store.Now().Sub(begun) > 3*24*time.Hour && (oldest < 24*time.Hour || oldest > 4*24*time.Hour) {
			t.Fatalf("after %s the backups are %v old", p.store.Now().Sub(begun), ages)
		}
		if len(ages) > 4 {
			t.Fatalf("%d backups are kept", len(ages))
		}
		p.clock.Advance(5 * time.Minute)
	}
	if want := 6 * 24 * 60 / 45; made < want-2 || made > want+2 {
		t.Errorf("%d backups were made in six days, want one each 45 minutes: %d", made, want)
	}
}

// backupAges returns the ages of a place's backups, oldest first.
func backupAges(t *testing.T, p *place) (ages []time.Duration) {
	t.Helper()
	for _, name := range apptest.FileNames(t, p.to.Path) {
		if taken, ok := backup.Taken(name); ok {
			ages = append(ages, p.store.Now().Sub(taken))
		}
	}
	return ages
}

func TestABackupIsMadeEachHourForWhoAsks(t *testing.T) {
	p := newPlace(t)
	for hour := range 5 {
		if made, err := p.ask(t, backup.Keep{Newest: 9}); err != nil || made.Existing {
			t.Fatalf("in hour %d: %+v, %v", hour, made, err)
		}
		p.clock.Advance(time.Hour - 3*time.Minute) // schedules of hosts are not exact
	}
	newest := p.run(t, backup.Keep{Newest: 9})
	if got, err := p.ask(t, backup.Keep{Newest: 9}); err != nil || !got.Existing || got.Name != newest.Name {
		t.Errorf("beside one just made by command: %+v, %v", got, err)
	}
}

// TestABackupFromTheFutureIsNotFresh has a backup that was made while the clock was ahead.
func TestABackupFromTheFutureIsNotFresh(t *testing.T) {
	p := newPlace(t)
	p.clock.Advance(time.Hour)
	p.run(t, backup.Keep{Newest: 9})
	p.clock.Advance(-time.Hour)
	if made, err := p.ask(t, backup.Keep{Newest: 9}); err != nil || made.Existing {
		t.Errorf("%+v, %v", made, err)
	}
}

// TestATryThatFailsIsNotMadeAgainAtOnce backs up to a place that is not a folder.
func TestATryThatFailsIsNotMadeAgainAtOnce(t *testing.T) {
	p := newPlace(t)
	if err := os.WriteFile(p.to.Path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := p.ask(t, backup.Keep{Newest: 5}); err == nil || app.KindOf(err) == app.KindTooMany {
			t.Fatalf("a try: %v", err)
		}
		_, err := p.ask(t, backup.Keep{Newest: 5})
		if tooSoon, ok := errors.AsType[*app.Error](err); !ok || tooSoon.Kind != app.KindTooMany || tooSoon.RetryAfter <= 14*time.Minute || tooSoon.RetryAfter > 15*time.Minute {
			t.Fatalf("a try at once after it: %v", err)
		}
		p.clock.Advance(15 * time.Minute)
	}
}

// TestABackupTellsWhoRunsTheMuseum looks up the superusers of a lost museum.
func TestABackupTellsWhoRunsTheMuseum(t *testing.T) {
	p := newPlace(t)
	secret := p.store.Secret()
	want := func(secret app.Secret, want ...string) {
		t.Helper()
		got, err := backup.Superusers(t.Context(), p.to, secret)
		if err != nil || len(got) != len(want) || (len(want) > 0 && got[len(got)-1] != want[len(want)-1]) {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	want(secret)
	p.addUser(t, "ann@example.com")
	p.run(t, backup.Keep{Newest: 5})
	p.addUser(t, "bob@example.com")
	execIn(t, p.store.Path(), "insert into users (email, mailbox, date_joined) values ('kim@example.com', 'kim@example.com', 0)")
	second := p.run(t, backup.Keep{Newest: 5})
	want(secret, "ann@example.com", "bob@example.com")
	want(nil, "ann@example.com", "bob@example.com") // the key is lost
	manifest := filepath.Join(p.to.Path, second.Name[:len(second.Name)-len("db")]+"json")
	if err := os.WriteFile(manifest, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(secret, "ann@example.com")
	other := newPlace(t)
	other.to = p.to
	other.addUser(t, "eve@example.com")
	other.run(t, backup.Keep{Newest: 5})
	want(secret, "ann@example.com")
	want(nil) // two museums: ambiguous
}

// execIn runs a statement on a database, bypassing the store.
func execIn(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}
