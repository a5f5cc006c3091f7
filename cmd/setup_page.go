package cmd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
)

// setupTokenFile holds the token that the set-up page asks for: whoever can read the file may set the museum up.
const setupTokenFile = "setup-token.txt"

// errExposed is the error for a data folder that the web server publishes.
var errExposed = errors.New("the data folder is among the files that the web server publishes, so anyone could " +
	"read the database. " +
	"Choose a folder elsewhere with " + prefix + "DATA_DIR")

// newSetupPage returns the page that sets up a museum on a host without a shell, and creates the file with its token.
func newSetupPage(program Program, c *Config, r *http.Request) (*web.Setup, error) {
	if e := findExposure(r, c); e.folder == c.DataDir {
		return nil, fmt.Errorf("%s is in %s: %w", e.folder, e.root, errExposed)
	}
	if err := c.prepareDataDir(); err != nil {
		return nil, folderError(c, err)
	}
	// Web servers may pass the probe's own requests on to this program; those do not end with a slash.
	address := ""
	if strings.HasSuffix(r.URL.Path, "/") {
		address = c.probeGateway(r)
	}
	if address != "" {
		return nil, fmt.Errorf("%s can be read at %s: %w", c.DataDir, address, errExposed)
	}
	token, err := pageToken(filepath.Join(c.DataDir, setupTokenFile))
	if err != nil {
		return nil, folderError(c, err)
	}
	return web.NewSetup(web.SetupOptions{
		Assets: assets.FS, Token: token, TokenFile: filepath.Join(c.DataDir, setupTokenFile),
		Create: func(ctx context.Context, superuser app.Address, password string) error {
			museum, err := openStore(ctx, program, c)
			if err != nil {
				return err
			}
			_, _, err = museum.SaveSuperuser(ctx, superuser, store.HashPassword(password))
			if err = errors.Join(err, museum.Close()); err != nil {
				return err
			}
			return removePageToken(filepath.Join(c.DataDir, setupTokenFile))
		},
	})
}

// pageToken returns the token in a file, which it creates if necessary.
func pageToken(path string) (string, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(file, rand.Text())
		err = errors.Join(err, file.Close())
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	text, err := os.ReadFile(path)
	return strings.TrimSpace(string(text)), err
}

// removePageToken deletes a token that was used. It may be gone already if the button was pressed twice.
func removePageToken(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// isWithin reports whether a path is in a folder, following symbolic links as far as they exist.
func isWithin(folder, path string) bool {
	rel, err := filepath.Rel(resolved(folder), resolved(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// resolved follows the symbolic links in a path, the end of which may not exist yet.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(resolved(parent), filepath.Base(path))
}
