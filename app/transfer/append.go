package transfer

import (
	"encoding/json"

	"github.com/mathmuseums/mathmuseums/app"
)

// What follows writes the fields that an export and an archive have in common, without the brackets around; read.go reads
// them.

// appendPreference writes what somebody likes.
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

// appendTile writes a tile without its versions.
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

// appendVersion writes a version of a tile.
func appendVersion(to []byte, version *app.TileVersion) []byte {
	to = app.AppendTileContent(to, &version.Tile)
	to = app.AppendBool(to, `,"deleted":`, version.Deleted)
	return appendSaved(to, version)
}

// appendSaved writes what is known of the saving of a version.
func appendSaved(to []byte, version *app.TileVersion) []byte {
	to = app.AppendMoment(to, `,"saved_at":`, version.SavedAt)
	to = app.AppendText(to, `,"device":`, version.Device.UserAgent)
	return app.AppendText(to, `,"conflict":`, version.Conflict.String())
}
