package backup

import (
	"context"
	"errors"
	"slices"

	"github.com/mathmuseums/mathmuseums/app"
)

// Superusers returns the mail addresses of the superusers from the newest backup with a readable manifest, for when
// the museum's database cannot be read. See ofMuseum for the secret.
func Superusers(ctx context.Context, in Place, secret app.Secret) ([]string, error) {
	names, err := ofMuseum(ctx, in, secret)
	if err != nil {
		return nil, err
	}
	var failed []error
	for _, name := range slices.Backward(names) {
		manifest, err := readManifest(ctx, in, name)
		if err == nil {
			return manifest.Superusers, nil
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

// ofMuseum returns the names of a museum's backups that count, oldest first. The key of a lost museum may be lost
// too, or be new: if there are no backups under it, those of the only museum that has any are returned.
func ofMuseum(ctx context.Context, in Place, secret app.Secret) (names []string, err error) {
	if secret != nil {
		if names, err = list(ctx, in, museumTag(secret)); err != nil || len(names) > 0 {
			return names, err
		}
	}
	all, err := list(ctx, in, "")
	if err != nil || len(all) == 0 {
		return nil, err
	}
	_, museum, _ := parseName(all[0])
	for _, name := range all {
		if _, of, _ := parseName(name); of != museum {
			return nil, nil
		}
	}
	return all, nil
}
