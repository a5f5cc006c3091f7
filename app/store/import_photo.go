package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"regexp"
	"slices"

	"github.com/mathmuseums/mathmuseums/app"
)

// hashForm matches the hash of a photo wherever a graph or a text names it.
var hashForm = regexp.MustCompile(`[0-9a-f]{64}`)

// cleaned returns a record whose photos have been through app.CleanImage, like uploaded ones: a file may come from an
// earlier version or another source. If that changes a photo, and so its hash, later records of the file are changed to
// name the new hash.
func (i *importer) cleaned(record Record) Record {
	switch {
	case record.Photo != nil:
		photo := app.CleanImage(record.Photo)
		if !bytes.Equal(photo, record.Photo) {
			i.renamed[app.ImageHash(sha256.Sum256(record.Photo))] = app.ImageHash(sha256.Sum256(photo))
			record.Photo = photo
		}
	case record.User != nil:
		user := *record.User
		user.Photos = slices.Clone(user.Photos)
		for at, hash := range user.Photos {
			if renamed, ok := i.renamed[hash]; ok {
				user.Photos[at] = renamed
			}
		}
		record.User = &user
	case record.Tile != nil:
		tile := *record.Tile
		i.cleanTile(&tile.Tile)
		record.Tile = &tile
	case record.Version != nil:
		version := *record.Version
		i.cleanTile(&version.Tile)
		record.Version = &version
	}
	return record
}

func (i *importer) cleanTile(tile *app.Tile) {
	tile.DesmosState = i.withNewNames(app.CleanStatePhotos(tile.DesmosState))
	tile.Description = i.withNewNames(tile.Description)
}

// withNewNames replaces the hashes of photos that cleaning has changed.
func (i *importer) withNewNames(text string) string {
	if len(i.renamed) == 0 {
		return text
	}
	return hashForm.ReplaceAllStringFunc(text, func(name string) string {
		if hash, ok := app.ParseImageHash(name); ok {
			if renamed, ok := i.renamed[hash]; ok {
				return renamed.String()
			}
		}
		return name
	})
}

// takePhotos makes the person an owner of the file's photos.
func (i *importer) takePhotos(ctx context.Context, record Record) error {
	for _, hash := range record.User.Photos {
		var id int64
		err := i.scan(ctx, `select id from images where sha256 = $1`, []any{hash[:]}, &id)
		if errors.Is(err, sql.ErrNoRows) || err == nil && id <= i.lastPhoto && !i.photosHere[id] {
			return rowError(record, "the photo %s is not in the file, at least not before this line", hash) // knowing the hash is not enough
		}
		if err != nil {
			return err
		}
		if _, err := i.exec(ctx, `insert into image_owners (user_id, image_id, checked_at) values ($1, $2, $3) on conflict do nothing`,
			i.person.id, id, micros(i.store.Now())); err != nil {
			return err
		}
	}
	return nil
}

// takePhoto stores a photo. Its owners follow in later records.
func (i *importer) takePhoto(ctx context.Context, record Record) error {
	image, err := app.ReadImage(bytes.NewReader(record.Photo))
	if err != nil {
		return rowError(record, "%w", err)
	}
	image.Hash, image.Size = sha256.Sum256(record.Photo), int64(len(record.Photo))
	err = i.scan(ctx, `select id from images where sha256 = $1`, []any{image.Hash[:]}, &image.ID)
	if err == nil {
		if image.ID <= i.lastPhoto {
			i.photosHere[image.ID] = true
		}
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	i.report.Photos++
	_, err = i.createImage(ctx, image, i.store.Now(), func(id int64) error { return i.saveChunks(ctx, id, record.Photo) })
	return err
}
