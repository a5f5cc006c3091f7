package cmd

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
)

// updateTokenFile holds the token that the update page asks for.
const updateTokenFile = "update-token.txt"

// newUpdatePage returns the page that migrates the database on a host without a shell, and creates the file with its
// token. An ordinary visit does not migrate: the web server may abort the request, and the copy needs disk space.
func newUpdatePage(program Program, c *Config, r *http.Request) (*web.UpdatePage, error) {
	if e := findExposure(r, c); e.folder == c.DataDir {
		return nil, fmt.Errorf("%w; and %s is in %s: %w", errOutdated, e.folder, e.root, errExposed)
	}
	file := filepath.Join(c.DataDir, updateTokenFile)
	token, err := pageToken(file)
	if err != nil {
		return nil, folderError(c, err)
	}
	return web.NewUpdatePage(web.UpdatePageOptions{
		Assets: assets.FS, Token: token, TokenFile: updateTokenFile, // the name only: students see the page too
		Migrate: func(ctx context.Context) error {
			museum, err := openStore(ctx, program, c)
			if err != nil {
				return err
			}
			if err := errors.Join(migrate(ctx, os.Stderr, museum), museum.Close()); err != nil {
				return err
			}
			return removePageToken(file)
		},
	})
}
