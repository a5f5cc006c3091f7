package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// oldBackup is the age at which a backup no longer covers a week of lessons.
const oldBackup = 8 * 24 * time.Hour

// checkKey looks at the key, and returns it, or one to look further with. Opening the museum would make a new key where it is
// missing, and everybody would be signed out for it.
func (d *doctor) checkKey() app.Secret {
	const check = "key"
	path := filepath.Join(d.config.DataDir, store.SecretFile)
	secret, err := store.ReadSecret(d.config.DataDir)
	switch {
	case err == nil:
		d.ok(check, path)
		return secret
	case errors.Is(err, fs.ErrNotExist):
		d.fault(check, path+" is not there", "put it back from where you keep a copy. Without it the museum makes a new one when it starts, and everybody signs in anew")
	case isFolderFault(err):
		d.fault(check, fmt.Sprintf("%s: %v", path, reason(err)), "run the command as the user of the museum, and see that this one may read it")
	default:
		d.fault(check, path+" holds something else than a key, so the museum cannot open", "put it back from where you keep a copy. Without one take the file away: "+
			"the museum makes a new key when it starts, and everybody signs in anew; no work is lost")
	}
	return make(app.Secret, app.SecretSize)
}

// skip lists checks that cannot be made before something else is put right.
func (d *doctor) skip(why string, checks ...string) {
	for _, check := range checks {
		d.advise(check, "not looked at: "+why, "see above, then run doctor again")
	}
}

// checkDatabase looks at the key, and at the database from its version to its last page.
func (d *doctor) checkDatabase(ctx context.Context) {
	const check, integrity, superusers = "database", "integrity", "superusers"
	if !d.config.hasDatabase() {
		d.fault(check, "there is none at "+d.config.databasePath(), "start the museum, which makes it, or say where it is with --"+dataDirFlag)
		d.skip("there is no database", "key", integrity, superusers, "backups")
		return
	}
	museum, err := openDatabase(ctx, d.program, d.config, d.checkKey())
	if err != nil {
		d.fault(check, err.Error(), "see what it says; if the file is damaged or lacks tables: mathmuseums restore --help")
		d.skip("the database cannot be opened", integrity, superusers)
		return
	}
	defer museum.Close()
	pending, err := museum.Pending(ctx)
	switch {
	case err != nil:
		d.fault(check, err.Error(), "if it is damaged: mathmuseums restore --help")
		d.skip("the database cannot be read", integrity, superusers)
		return
	case len(pending) > 0:
		d.fault(check, "it is of an older version; to do: "+strings.Join(pending, ", "), d.config.command("migrate"))
	default:
		d.ok(check, museum.Path()+" is up to date")
	}
	if d.quick {
		d.ok(integrity, "left out, as --quick asks")
	} else if err := museum.Examine(ctx); err != nil {
		d.fault(integrity, err.Error(), "put the newest backup back, which keeps this file aside: mathmuseums restore --help")
		d.skip("the database is damaged", superusers)
		return
	} else {
		d.ok(integrity, "every page and every link in it is sound")
	}
	if len(pending) > 0 {
		d.skip("the database is of an older version", superusers)
		return
	}
	if err := museum.CheckHistory(ctx); err != nil {
		d.fault(integrity, err.Error(), "nothing is lost, but room is counted wrongly: please report this")
	}
	if has, err := museum.HasSuperuser(ctx); err != nil {
		d.fault(superusers, err.Error(), "see the checks above")
	} else if !has {
		d.advise(superusers, "nobody may run the museum", d.config.command("createsuperuser"))
	} else {
		d.ok(superusers, "there are some")
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
	found := fmt.Sprintf("the newest in %s is of %s", place.Where(""), formatTime(taken))
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
