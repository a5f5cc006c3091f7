package transfer

import (
	"fmt"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// readTiles reads the list of tiles, each version by itself.
func (r *archiveReader) readTiles() error {
	if err := r.open('['); err != nil {
		return err
	}
	for r.More() {
		if err := r.readTile(); err != nil {
			return err
		}
	}
	return r.close()
}

// readTile reads a tile, whose versions come last in it.
func (r *archiveReader) readTile() error {
	object, size, given, line := app.Object{}, 0, false, 0
	err := r.object(func(key string) error {
		if line == 0 {
			line = r.line()
		}
		if given {
			return fmt.Errorf("line %d: %q comes after \"versions\", which has to be the last of a tile", r.line(), key)
		}
		if key == "versions" {
			given = true
			if err := r.giveTile(object, line); err != nil {
				return err
			}
			return r.readList(func(fields *app.Fields, record *store.Record) error {
				if r.lost {
					return nil
				}
				record.Version = readVersion(fields, &r.tile)
				return fields.Err()
			})
		}
		value, at, fatal, err := r.value()
		if fatal {
			return err
		}
		if err != nil {
			return r.complain(at, err) // what lacks is named with the tile
		}
		if size += len(key) + len(value); size > maxLine {
			return fmt.Errorf("line %d: %w", line, errLong())
		}
		object[key] = value
		return nil
	})
	if err == nil && !given {
		err = r.giveTile(object, line)
	}
	return err
}

// giveTile passes a tile on.
func (r *archiveReader) giveTile(object app.Object, line int) error {
	fields := &app.Fields{Object: object, Errors: app.FieldErrors{}}
	r.tile = readTile(fields)
	err := fields.Err()
	if r.lost = err != nil; r.lost {
		return r.complain(line, err)
	}
	tile := r.tile
	return r.give(store.Record{Line: line, Tile: &tile}, nil)
}
