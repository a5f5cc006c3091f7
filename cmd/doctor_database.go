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

// oldBackup is the age from which the newest backup gets a warning: it no longer covers a week of lessons.
const oldBackup = 8 * 24 * time.Hour

// checkKey checks the key file and returns its key, or a zero key to continue with. It does not open the museum,
// which would replace a missing key and so sign everybody out.
func (d *doctor) checkKey() app.Secret {
	const check = "key"
	path := filepath.Join(d.config.DataDir, store.SecretFile)
	secret, err := store.ReadSecret(d.config.DataDir)
	switch {
	case err == nil:
		d.ok(check, path)
		return secret
	case errors.Is(err, fs.ErrNotExist):
		d.fault(check, path+" does not exist", "restore it from your copy. Otherwise the museum makes a new key "+
			"when it starts, and everybody has to sign in again")
	case isFolderFault(err):
		d.fault(check, fmt.Sprintf("%s: %v", path, reason(err)),
			"run this command as the museum's user, and make sure that this user may read the file")
	default:
		d.fault(check, path+" does not contain a key, so the museum cannot open",
			"restore it from your copy, or else delete the file: the museum makes a new key when it starts, and "+
				"everybody has to "+
				"sign in again; no work is lost")
	}
	return make(app.Secret, app.SecretSize)
}

// skip reports checks that cannot run before another problem is fixed.
func (d *doctor) skip(why string, checks ...string) {
	for _, check := range checks {
		d.advise(check, "not checked: "+why, "fix the problem above, then run doctor again")
	}
}

// checkDatabase checks the key, the database's version and integrity, and whether there is a superuser.
func (d *doctor) checkDatabase(ctx context.Context) {
	const check, integrity, superusers = "database", "integrity", "superusers"
	if !d.config.hasDatabase() {
		d.fault(check, "there is none at "+d.config.databasePath(),
			"start the museum to create it, or name its folder with --"+dataDirFlag)
		d.skip("there is no database", "key", integrity, superusers, "backups")
		return
	}
	museum, err := openDatabase(ctx, d.program, d.config, d.checkKey())
	if err != nil {
		d.fault(check, err.Error(), "as the message says; if the file is damaged or lacks tables: mathmuseums "+
			"restore --help")
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
		d.fault(check, "it has an older version; to do: "+strings.Join(pending, ", "), d.config.command("migrate"))
	default:
		d.ok(check, museum.Path()+" is up to date")
	}
	if d.quick {
		d.ok(integrity, "skipped (--quick)")
	} else if err := museum.CheckIntegrity(ctx); err != nil {
		d.fault(integrity, err.Error(),
			"restore the newest backup, which keeps the damaged file: mathmuseums restore --help")
		d.skip("the database is damaged", superusers)
		return
	} else {
		d.ok(integrity, "the whole database is sound")
	}
	if len(pending) > 0 {
		d.skip("the database has an older version", superusers)
		return
	}
	if err := museum.CheckHistory(ctx); err != nil {
		d.fault(integrity, err.Error(), "nothing is lost, but the space used is miscounted: please report this")
	}
	if has, err := museum.HasSuperuser(ctx); err != nil {
		d.fault(superusers, err.Error(), "see the checks above")
	} else if !has {
		d.advise(superusers, "there is none, so nobody can manage the museum", d.config.command("createsuperuser"))
	} else {
		d.ok(superusers, "at least one exists")
	}
}

// checkBackups checks the age of the newest backup.
func (d *doctor) checkBackups(ctx context.Context) {
	const check = "backups"
	if !d.config.hasDatabase() { // already reported
		return
	}
	secret, err := store.ReadSecret(d.config.DataDir)
	if err != nil {
		secret = nil // already reported; backups are found without it
	}
	place, err := d.config.backupPlace()
	if err != nil {
		return
	}
	newest, err := backup.NewestOf(ctx, place, secret, time.Now())
	name := newest.Name
	if err != nil {
		d.fault(check, fmt.Sprintf("those in %s cannot be read: %v", place.Where(""), err),
			"let this user read them; for a bucket, check its address and keys")
		return
	}
	taken, _ := backup.Taken(name)
	found := fmt.Sprintf("the newest one in %s is from %s", place.Where(""), formatTime(taken))
	if name == "" {
		found = "there is no backup in " + place.Where("")
	}
	if len(newest.Future) > 0 {
		d.fault(check, found+"; ignored because they are dated in the future: "+backup.JoinNames(newest.Future),
			"check the clock; if it is right, delete or rename them")
		return
	}
	if name == "" || time.Since(taken) > oldBackup {
		d.advise(check, found, "make one every day with cron or a timer: mathmuseums backup --help")
		return
	}
	d.ok(check, found)
}
