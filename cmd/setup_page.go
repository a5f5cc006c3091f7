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

// setupTokenFile is the file with the word that the set-up page asks for: who can read it may set the museum up.
const setupTokenFile = "setup-token.txt"

// errExposed is given for a data folder that the web server hands out to everybody.
var errExposed = errors.New("the data folder lies among the files that the web server hands out, so everybody could read the database. " +
	"Choose one outside of it with " + prefix + "DATA_DIR")

// newSetupPage is the page on which a museum is set up where there is no shell. It makes the token's file.
func newSetupPage(program Program, c *Config, r *http.Request) (*web.Setup, error) {
	if e := findExposure(r, c); e.folder == c.DataDir {
		return nil, fmt.Errorf("%s lies in %s: %w", e.folder, e.root, errExposed)
	}
	if err := c.prepareDataDir(); err != nil {
		return nil, folderError(c, err)
	}
	// The requests of the probe itself may lead here, where the server leads all that it does not have.
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

// pageToken reads the token of a page beside the museum, and makes one where there is none yet.
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

// removePageToken takes a token away that has done its work. A second press of the button may have done so.
func removePageToken(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// isWithin tells whether a path lies in a folder, links followed as far as they exist.
func isWithin(folder, path string) bool {
	rel, err := filepath.Rel(resolved(folder), resolved(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// resolved follows the links of a path, of which the end may not be there yet.
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
