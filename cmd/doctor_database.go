package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// oldBackup is the age at which a backup no longer covers a week of lessons.
const oldBackup = 8 * 24 * time.Hour

// checkDatabase looks at the key, and at the database from its version to its last page.
func (d *doctor) checkDatabase(ctx context.Context) {
	const check = "database"
	if !d.config.hasDatabase() {
		d.fault(check, "there is none at "+d.config.databasePath(), "start the museum, which makes it, or say where it is with --"+dataDirFlag)
		return
	}
	// Opening the museum would make a new key, and everybody would be signed out for it.
	key := filepath.Join(d.config.DataDir, store.SecretFile)
	if _, err := os.Stat(key); err != nil {
		d.fault("key", fmt.Sprintf("%s: %v", key, reason(err)), "put it back from where you keep a copy. Without it the museum makes a new one when it starts, and everybody signs in anew")
		return
	}
	museum, err := openStoreAsItIs(ctx, d.program, d.config)
	if err != nil {
		d.fault(check, err.Error(), "see what it says; if the file is damaged or lacks tables: mathmuseums restore --help")
		return
	}
	defer museum.Close()
	d.ok("key", key)
	pending, err := museum.Pending(ctx)
	switch {
	case err != nil:
		d.fault(check, err.Error(), "if it is damaged: mathmuseums restore --help")
		return
	case len(pending) > 0:
		d.fault(check, "it is of an older version; to do: "+strings.Join(pending, ", "), d.config.command("migrate"))
	default:
		d.ok(check, museum.Path()+" is up to date")
	}
	if err := museum.Examine(ctx); err != nil {
		d.fault("integrity", err.Error(), "put the newest backup back, which keeps this file aside: mathmuseums restore --help")
		return
	}
	d.ok("integrity", "every page and every link in it is sound")
	if len(pending) > 0 {
		return
	}
	if has, err := museum.HasSuperuser(ctx); err == nil && !has {
		d.advise("superusers", "nobody may run the museum", d.config.command("createsuperuser"))
	} else if err == nil {
		d.ok("superusers", "there are some")
	}
}

// checkBackups looks for the newest backup.
func (d *doctor) checkBackups(ctx context.Context) {
	const check = "backups"
	if !d.config.hasDatabase() { // which is told already
		return
	}
	secret, err := store.ReadSecret(d.config.DataDir)
	if err != nil {
		secret = nil // which is told already: they are found without it
	}
	place, err := d.config.backupPlace()
	if err != nil {
		return
	}
	newest, err := backup.NewestOf(ctx, place, secret, time.Now())
	name := newest.Name
	if err != nil {
		d.fault(check, fmt.Sprintf("those in %s cannot be read: %v", place.Where(""), err), "let this user read there; of a bucket, look at its address and keys")
		return
	}
	taken, _ := backup.Taken(name)
	found := fmt.Sprintf("the newest in %s is of %s", place.Where(""), atMoment(taken))
	if name == "" {
		found = "there is no backup in " + place.Where("")
	}
	if len(newest.Future) > 0 {
		d.fault(check, found+"; dated in the future, and so not counted: "+backup.Several(newest.Future), "look at the clock; if that is right, delete them or give them another name")
		return
	}
	if name == "" || time.Since(taken) > oldBackup {
		d.advise(check, found, "make one every day, by cron or a timer: mathmuseums backup --help")
		return
	}
	d.ok(check, found)
}
