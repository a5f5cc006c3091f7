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

// databasePath is where the museum's database lies.
func (c *Config) databasePath() string { return filepath.Join(c.DataDir, "museum.db") }

// hasDatabase tells whether there is a museum already. An empty file is none: it would become an empty museum.
func (c *Config) hasDatabase() bool {
	info, err := os.Stat(c.databasePath())
	return err == nil && info.Size() > 0
}

// noMuseumError is the error of commands that work on an existing museum. They must not make a new, empty one.
func noMuseumError(c *Config) error {
	return fmt.Errorf("there is no museum in %s; name its folder with --%s", c.DataDir, dataDirFlag)
}

// openStore opens the museum's database and makes folder, key and database where they are missing.
func openStore(ctx context.Context, program Program, c *Config) (*store.Store, error) {
	if err := c.prepareDataDir(); err != nil {
		return nil, folderError(c, err)
	}
	secret, err := store.LoadSecret(c.DataDir)
	key := filepath.Join(c.DataDir, store.SecretFile)
	switch _, missing := os.Stat(key); {
	case isFolderFault(err) && missing == nil:
		return nil, fmt.Errorf("this user may not read the key %s: %w. "+belongsToAnother, key, reason(err))
	case isFolderFault(err):
		return nil, folderError(c, err)
	case err != nil:
		return nil, err
	}
	return openDatabase(ctx, program, c, secret)
}

// openDatabase is openStore for a folder that is there, and with a key.
func openDatabase(ctx context.Context, program Program, c *Config, secret app.Secret) (*store.Store, error) {
	if err := c.checkWritable(); err != nil {
		return nil, openError(c, err)
	}
	opened, err := store.Open(ctx, store.Options{Path: c.databasePath(), Schema: program.Schema, Secret: secret, Now: storeClock,
		Quota: int64(c.UserQuota) << 20, Traces: c.traces})
	switch {
	case errors.Is(err, store.ErrNotMuseum):
		return nil, &closedError{fmt.Sprintf("%s is not the database of a museum. It was left as it is. "+
			"Move it away, or choose another folder with --data-dir", c.databasePath()), err}
	case errors.Is(err, store.ErrNewer):
		return nil, &closedError{fmt.Sprintf("%s was made by a newer version of Math Museums. It was left as it is. Start that newer version", c.databasePath()), err}
	case errors.Is(err, store.ErrSchema):
		return nil, &closedError{fmt.Sprintf("%v. Nothing was changed. Either a table was taken out, or another version of Math Museums made this file. "+
			"Start that version, or put the newest backup back: %s", err, c.command("restore --help")), err}
	case errors.Is(err, store.ErrDamaged):
		return nil, fmt.Errorf("%s is damaged. It was left as it is. Put the newest backup back: %s. %w", c.databasePath(), c.command("restore --help"), err)
	case err != nil:
		return nil, openError(c, err)
	}
	return opened, nil
}

// closedError says in words of its own why a museum cannot be opened.
type closedError struct {
	words string
	cause error
}

func (e *closedError) Error() string { return e.words }
func (e *closedError) Unwrap() error { return e.cause }

// openError says why a database cannot be opened, better than SQLite does.
func openError(c *Config, err error) error {
	why := c.checkWritable()
	if why == nil {
		why = err
	}
	if errors.Is(why, fs.ErrPermission) {
		return fmt.Errorf("this user may not write to %s, or make files beside it: %w. "+belongsToAnother, c.databasePath(), reason(why))
	}
	return fmt.Errorf("the database %s cannot be opened: %w", c.databasePath(), reason(why))
}

// belongsToAnother is what to do where files are there, and not for this user.
const belongsToAnother = "If the museum belongs to another user, give the command as that one; if root has put the file there, give it to whom the folder belongs (chown)"

// checkWritable tells why a database that is there cannot be written to: SQLite opens it all the same, and the museum would seem
// open until somebody writes.
func (c *Config) checkWritable() error {
	if !c.hasDatabase() {
		return nil
	}
	return checkFileWritable(c.databasePath())
}

// errOutdated is given for a database of an older version.
var errOutdated = errors.New("the database is of an older version")

// openCurrentStore is openStore for commands beside the server, which must not change an older database under it.
func openCurrentStore(ctx context.Context, program Program, c *Config) (*store.Store, error) {
	opened, err := openStore(ctx, program, c)
	if err != nil {
		return nil, err
	}
	pending, err := opened.Pending(ctx)
	if err == nil && len(pending) > 0 {
		err = fmt.Errorf("%w; bring it up to date first: %s", errOutdated, c.command("migrate"))
	}
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return opened, nil
}

// isFolderFault tells whether a folder cannot be written to.
func isFolderFault(err error) bool {
	return errors.Is(err, fs.ErrPermission) || isNotFolder(err) || platform.IsReadOnly(err)
}

// isNotFolder tells whether a path leads through a file.
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

func folderError(c *Config, err error) error {
	return fmt.Errorf("cannot write to the data folder %s: %w. Choose another with --data-dir or %s", c.DataDir, reason(err), dataDirSetting.name)
}

// reason is the innermost part of an error about a file, without path and system call.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

// command is how a command is typed for this museum, also in another terminal, where the environment may be another.
func (c *Config) command(words string) string {
	line := "mathmuseums " + words
	if c.source(dataDirFlag) != sourceDefault {
		line += " --" + dataDirFlag + " " + quotePath(c.DataDir)
	}
	return line
}

// typed is a path as it is typed in a command, whatever blanks it has. On Windows a backslash is no more than that.
func quotePath(path string) string {
	if runtime.GOOS == "windows" {
		return `"` + path + `"`
	}
	return strconv.Quote(path)
}
