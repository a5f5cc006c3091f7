package app

import "strconv"

// The JSON of tiles is built by hand: the graph state goes through as it is stored, since decoding and encoding it again
// would cost more than all else.

// AppendTile writes a tile as the API answers it.
func AppendTile(to []byte, tile *Tile) []byte {
	to = AppendTileContent(append(to, '{'), tile)
	to = AppendMoment(to, `,"created_at":`, tile.CreatedAt)
	to = AppendMoment(to, `,"updated_at":`, tile.UpdatedAt)
	return append(AppendMoment(to, `,"last_synced":`, tile.LastSynced), '}')
}

// AppendTileContent writes the fields that every version of a tile has, without the brackets around.
func AppendTileContent(to []byte, tile *Tile) []byte {
	to = AppendInt(to, `"id":`, tile.ID)
	to = AppendText(to, `,"concept_type":`, tile.ConceptType)
	to = AppendInt(to, `,"position_x":`, int64(tile.PositionX))
	to = AppendInt(to, `,"position_y":`, int64(tile.PositionY))
	to = AppendInt(to, `,"width":`, int64(tile.Width))
	to = AppendInt(to, `,"height":`, int64(tile.Height))
	to = AppendInt(to, `,"z_index":`, int64(tile.ZIndex))
	to = append(append(to, `,"desmos_state":`...), tile.DesmosState...)
	to = AppendText(to, `,"description":`, tile.Description)
	to = AppendBool(to, `,"completed":`, tile.Completed)
	return AppendInt(to, `,"version":`, tile.Version)
}

// AppendVersion writes a version as the API answers it, to a reader in a session.
func AppendVersion(to []byte, version *TileVersion, sessionID int64) []byte {
	to = AppendTileContent(append(to, '{'), &version.Tile)
	to = AppendMoment(to, `,"saved_at":`, version.SavedAt)
	to = AppendText(to, `,"device":`, version.Device.UserAgent)
	to = AppendBool(to, `,"this_device":`, version.Device.SessionID == sessionID)
	to = AppendBool(to, `,"deleted":`, version.Deleted)
	return append(AppendText(to, `,"conflict":`, version.Conflict.String()), '}')
}

// AppendInt writes a key, with its colon and what goes before, and a number.
func AppendInt(to []byte, key string, n int64) []byte {
	return strconv.AppendInt(append(to, key...), n, 10)
}

// AppendText is AppendInt for a text.
func AppendText(to []byte, key, text string) []byte {
	return append(append(to, key...), TextValue(text)...)
}

// AppendBool is AppendInt for yes or no.
func AppendBool(to []byte, key string, yes bool) []byte {
	return strconv.AppendBool(append(to, key...), yes)
}
