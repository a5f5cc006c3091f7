package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// databasePath returns the path of the museum's database.
func (c *Config) databasePath() string { return filepath.Join(c.DataDir, "museum.db") }

// hasDatabase reports whether a museum exists. An empty file does not count: opening it would create an empty museum.
func (c *Config) hasDatabase() bool {
	info, err := os.Stat(c.databasePath())
	return err == nil && info.Size() > 0
}

// noMuseumError returns the error of commands that need an existing museum: creating an empty one is not what was
// meant.
func noMuseumError(c *Config) error {
	return fmt.Errorf("there is no museum in %s; name its folder with --%s", c.DataDir, dataDirFlag)
}

// openStore opens the museum's database. It creates the folder, the key and the database if they are missing.
func openStore(ctx context.Context, program Program, c *Config) (*store.Store, error) {
	if err := c.prepareDataDir(); err != nil {
		return nil, folderError(c, err)
	}
	secret, err := store.LoadSecret(c.DataDir)
	key := filepath.Join(c.DataDir, store.SecretFile)
	switch _, missing := os.Stat(key); {
	case isFolderFault(err) && missing == nil:
		return nil, fmt.Errorf("this user may not read the key %s: %w. "+wrongUserAdvice, key, reason(err))
	case isFolderFault(err):
		return nil, folderError(c, err)
	case err != nil:
		return nil, err
	}
	return openDatabase(ctx, program, c, secret)
}

// openDatabase is like openStore, but for an existing folder and a given key.
func openDatabase(ctx context.Context, program Program, c *Config, secret app.Secret) (*store.Store, error) {
	if err := c.checkWritable(); err != nil {
		return nil, openError(c, err)
	}
	opened, err := store.Open(ctx, store.Options{Path: c.databasePath(), Schema: program.Schema, Secret: secret, Now: storeClock,
		Quota: int64(c.UserQuota) << 20, EpochFiles: c.epochFiles})
	switch {
	case errors.Is(err, store.ErrNotMuseum):
		return nil, &closedError{fmt.Sprintf("%s is not the database of a museum and was not changed. "+
			"Move it elsewhere, or choose another folder with --data-dir", c.databasePath()), err}
	case errors.Is(err, store.ErrNewer):
		return nil, &closedError{fmt.Sprintf("%s was made by a newer version of Math Museums and was not "+
			"changed. Use that version",
			c.databasePath()), err}
	case errors.Is(err, store.ErrSchema):
		return nil, &closedError{fmt.Sprintf("%v. Nothing was changed. Either a table was removed, or another "+
			"version of Math Museums made "+
			"this file. Use that version, or restore the newest backup: %s", err, c.command("restore --help")), err}
	case errors.Is(err, store.ErrDamaged):
		return nil, fmt.Errorf("%s is damaged and was not changed. Restore the newest backup: %s. %w",
			c.databasePath(), c.command("restore --help"), err)
	case err != nil:
		return nil, openError(c, err)
	}
	return opened, nil
}

// closedError wraps the reason why a museum cannot be opened with a message of its own.
type closedError struct {
	words string
	cause error
}

func (e *closedError) Error() string { return e.words }
func (e *closedError) Unwrap() error { return e.cause }

// openError returns why a database cannot be opened, in more detail than SQLite does.
func openError(c *Config, err error) error {
	why := c.checkWritable()
	if why == nil {
		why = err
	}
	if errors.Is(why, fs.ErrPermission) {
		return fmt.Errorf("this user may not write to %s or create files next to it: %w. "+wrongUserAdvice,
			c.databasePath(), reason(why))
	}
	return fmt.Errorf("the database %s cannot be opened: %w", c.databasePath(), reason(why))
}

// wrongUserAdvice says what to do if files belong to another user.
const wrongUserAdvice = "If the museum belongs to another user, run the command as that user; if root created " +
	"the file, " +
	"change its owner to that of the folder (chown)"

// checkWritable returns why an existing database cannot be written to, or nil. SQLite opens such a database all the
// same, and the museum would seem to work until the first write.
func (c *Config) checkWritable() error {
	if !c.hasDatabase() {
		return nil
	}
	return checkFileWritable(c.databasePath())
}

// errOutdated is the error for a database that needs a migration.
var errOutdated = errors.New("the database has an older version")

// openCurrentStore is like openStore, but does not accept a database that needs a migration: commands that run next
// to the server must not work on one.
func openCurrentStore(ctx context.Context, program Program, c *Config) (*store.Store, error) {
	opened, err := openStore(ctx, program, c)
	if err != nil {
		return nil, err
	}
	pending, err := opened.Pending(ctx)
	if err == nil && len(pending) > 0 {
		err = fmt.Errorf("%w; migrate it first: %s", errOutdated, c.command("migrate"))
	}
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return opened, nil
}

// isFolderFault reports whether err means that a folder cannot be read or written.
func isFolderFault(err error) bool {
	return errors.Is(err, fs.ErrPermission) || isNotFolder(err) || platform.IsReadOnly(err)
}

// isNotFolder reports whether err means that a path leads through a file.
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

func folderError(c *Config, err error) error {
	return fmt.Errorf("cannot write to the data folder %s: %w. Choose another with --data-dir or %s", c.DataDir,
		reason(err), dataDirSetting.name)
}

// reason returns the innermost part of an error about a file, without the path and the system call.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

// command returns the command line that does words for this museum. It also works in another terminal, where the
// environment may differ.
func (c *Config) command(words string) string {
	line := "mathmuseums " + words
	if c.source(dataDirFlag) != sourceDefault {
		line += " --" + dataDirFlag + " " + quotePath(c.DataDir)
	}
	return line
}

// quotePath quotes a path for a command line. On Windows backslashes are not escaped.
func quotePath(path string) string {
	if runtime.GOOS == "windows" {
		return `"` + path + `"`
	}
	return strconv.Quote(path)
}
