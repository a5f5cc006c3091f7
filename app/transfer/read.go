package transfer

import (
	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// What follows reads what append.go writes.

func readPreference(fields *app.Fields) *store.ImportedPreference {
	return &store.ImportedPreference{Preference: app.Preference{
		DisableOnboarding: readBool(fields, "disable_onboarding"),
		ImageSkill:        readBool(fields, "image_skill"),
		ThemePreference:   need(fields, "theme_preference", fields.Text("theme_preference", 20, false)),
		MuseumName:        need(fields, "museum_name", fields.Text("museum_name", 100, true)),
		ScreenFit:         readBool(fields, "screen_fit"),
		Version:           readCount(fields, "version"),
		CreatedAt:         readTime(fields, "created_at"),
		UpdatedAt:         readTime(fields, "updated_at"),
	}}
}

func readTile(fields *app.Fields) app.Revision {
	tile := app.Revision{
		Tile:               readContent(fields),
		Deleted:            readBool(fields, "deleted"),
		DescriptionVersion: readCount(fields, "description_version"),
		StateVersion:       readCount(fields, "state_version"),
		Items:              app.ItemVersions{},
	}
	tile.ID, tile.Version, tile.ZIndex = readCount(fields, "id"), readCount(fields, "version"), readInt(fields, "z_index")
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = readTime(fields, "created_at"), readTime(fields, "updated_at"), readTime(fields, "last_synced")
	items, ok := fields.Object["item_versions"].Object()
	if !ok {
		fields.Errors["item_versions"] = []string{"An object is required."}
	}
	numbers := &app.Fields{Object: items, Errors: app.FieldErrors{}}
	for id := range items {
		tile.Items[id] = readCount(numbers, id)
	}
	if len(numbers.Errors) > 0 {
		fields.Errors["item_versions"] = []string{"Whole numbers are required."}
	}
	return tile
}

// readVersion reads a version of a tile. It may have no content where it is what the tile is now.
func readVersion(fields *app.Fields, tile *app.Revision) *app.TileVersion {
	version := app.TileVersion{SavedAt: readTime(fields, "saved_at"), Device: app.Device{UserAgent: readExact(fields, "device")}}
	id, number := readCount(fields, "id"), readCount(fields, "version")
	if _, whole := fields.Object["concept_type"]; whole {
		version.Tile = readContent(fields)
		version.ZIndex = readInt(fields, "z_index")
		version.Deleted = readBool(fields, "deleted")
	} else {
		if id != tile.ID || number != tile.Version {
			fields.Errors[app.NonField] = []string{"This version has no content, and is not the present one of its tile."}
		}
		version.Tile, version.Deleted = tile.Tile, tile.Deleted
	}
	version.ID, version.Version = id, number
	conflict, ok := app.ParseConflict(readExact(fields, "conflict"))
	if !ok {
		fields.Errors["conflict"] = []string{"One of none, open and settled is required."}
	}
	version.Conflict = conflict
	return &version
}

// readContent reads the fields that every version of a tile has, but for its id and version.
func readContent(fields *app.Fields) app.Tile {
	return app.Tile{
		ConceptType: need(fields, "concept_type", fields.ConceptType("concept_type")),
		PositionX:   readInt(fields, "position_x"),
		PositionY:   readInt(fields, "position_y"),
		Width:       readInt(fields, "width"),
		Height:      readInt(fields, "height"),
		DesmosState: need(fields, "desmos_state", fields.JSON("desmos_state", false)),
		Description: readExact(fields, "description"),
		Completed:   readBool(fields, "completed"),
	}
}
