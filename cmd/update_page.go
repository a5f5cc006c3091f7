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

// updateTokenFile is the file with the word that the page of renewal asks for.
const updateTokenFile = "update-token.txt"

// newUpdatePage is the page on which the database is brought up to date where there is no shell. Nobody's
// visit does it: the web server may break a request off, and the copy wants room. It makes the token's file.
func newUpdatePage(program Program, c *Config, r *http.Request) (*web.Renewal, error) {
	if e := findExposure(r, c); e.folder == c.DataDir {
		return nil, fmt.Errorf("%w; and %s lies in %s: %w", errOutdated, e.folder, e.root, errExposed)
	}
	file := filepath.Join(c.DataDir, updateTokenFile)
	token, err := pageToken(file)
	if err != nil {
		return nil, folderError(c, err)
	}
	return web.NewRenewal(web.RenewalOptions{
		Assets: assets.FS, Token: token, TokenFile: updateTokenFile, // students see the page too, and no paths
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
