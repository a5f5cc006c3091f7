package transfer

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// maxCount is the largest integer that all programs represent exactly.
const maxCount = 1<<53 - 1

// The functions below read required fields. For an invalid field they return the zero value and add an error to
// fields, which fields.Err reports.

func readCount(fields *app.Fields, name string) int64 {
	value, given := fields.Object[name]
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || n < 0 || n > maxCount || !given {
		fields.Errors[name] = []string{"A whole number from 0 on is required."}
	}
	return n
}

// need returns the value that was read, or adds an error if the field is missing.
func need[T any](fields *app.Fields, name string, read *T) (value T) {
	if read == nil {
		if fields.Errors[name] == nil {
			fields.Require(name)
		}
		return value
	}
	return *read
}

func readExact(fields *app.Fields, name string) string { return need(fields, name, fields.Exact(name)) }

func readBool(fields *app.Fields, name string) bool {
	return need(fields, name, fields.Boolean(name))
}

func readInt(fields *app.Fields, name string) int32 {
	return need(fields, name, fields.Integer(name))
}

func readTime(fields *app.Fields, name string) time.Time {
	return need(fields, name, fields.Timestamp(name))
}

// readMaybeTime returns the zero time for null.
func readMaybeTime(fields *app.Fields, name string) time.Time {
	if fields.Object[name].IsNull() {
		return time.Time{}
	}
	return readTime(fields, name)
}

// readAddress reads a mail address.
func readAddress(fields *app.Fields, name string) app.Address {
	text := readExact(fields, name)
	address, err := app.ParseAddress(text)
	if err != nil && fields.Errors[name] == nil {
		fields.Errors[name] = []string{strconv.Quote(text) + " is not an e-mail address."}
	}
	return address
}

// The append functions below write the fields that exports and archives have in common, without braces. The read
// functions after them are their counterparts.

// appendPreference appends preferences.
func appendPreference(to []byte, preference app.Preference) []byte {
	to = app.AppendBool(to, `"disable_onboarding":`, preference.DisableOnboarding)
	to = app.AppendBool(to, `,"image_skill":`, preference.ImageSkill)
	to = app.AppendText(to, `,"theme_preference":`, preference.ThemePreference)
	to = app.AppendText(to, `,"museum_name":`, preference.MuseumName)
	to = app.AppendBool(to, `,"screen_fit":`, preference.ScreenFit)
	to = app.AppendInt(to, `,"version":`, preference.Version)
	to = app.AppendMoment(to, `,"created_at":`, preference.CreatedAt)
	return app.AppendMoment(to, `,"updated_at":`, preference.UpdatedAt)
}

// appendTile appends a tile without its versions.
func appendTile(to []byte, tile *app.Revision) ([]byte, error) {
	items, err := json.Marshal(tile.Items) // keys are sorted
	if err != nil {
		return nil, err
	}
	to = app.AppendTileContent(to, &tile.Tile)
	to = app.AppendBool(to, `,"deleted":`, tile.Deleted)
	to = app.AppendMoment(to, `,"created_at":`, tile.CreatedAt)
	to = app.AppendMoment(to, `,"updated_at":`, tile.UpdatedAt)
	to = app.AppendMoment(to, `,"last_synced":`, tile.LastSynced)
	to = app.AppendInt(to, `,"description_version":`, tile.DescriptionVersion)
	to = app.AppendInt(to, `,"state_version":`, tile.StateVersion)
	return append(append(to, `,"item_versions":`...), items...), nil
}

// appendVersion appends a version of a tile.
func appendVersion(to []byte, version *app.TileVersion) []byte {
	to = app.AppendTileContent(to, &version.Tile)
	to = app.AppendBool(to, `,"deleted":`, version.Deleted)
	return appendSaved(to, version)
}

// appendSaved appends when and by which device a version was saved, and its conflict.
func appendSaved(to []byte, version *app.TileVersion) []byte {
	to = app.AppendMoment(to, `,"saved_at":`, version.SavedAt)
	to = app.AppendText(to, `,"device":`, version.Device.UserAgent)
	return app.AppendText(to, `,"conflict":`, version.Conflict.String())
}

// The functions below read what the append functions write.

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
	tile.ID, tile.Version, tile.ZIndex = readCount(fields, "id"), readCount(fields, "version"), readInt(fields,
		"z_index")
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = readTime(fields, "created_at"), readTime(fields,
		"updated_at"), readTime(fields, "last_synced")
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

// readVersion reads a version of a tile. It may lack the content if it equals the current tile.
func readVersion(fields *app.Fields, tile *app.Revision) *app.TileVersion {
	version := app.TileVersion{SavedAt: readTime(fields, "saved_at"),
		Device: app.Device{UserAgent: readExact(fields, "device")}}
	id, number := readCount(fields, "id"), readCount(fields, "version")
	if _, whole := fields.Object["concept_type"]; whole {
		version.Tile = readContent(fields)
		version.ZIndex = readInt(fields, "z_index")
		version.Deleted = readBool(fields, "deleted")
	} else {
		if id != tile.ID || number != tile.Version {
			fields.Errors[app.NonField] = []string{"This version has no content and is not the current version " +
				"of its tile."}
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

// readContent reads the fields that all versions of a tile have, except for the id and version.
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
