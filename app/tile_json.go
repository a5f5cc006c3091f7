package app

import "strconv"

// The JSON of tiles is built by hand: the graph state is copied as stored, since decoding and encoding it again would
// cost more than everything else.

// AppendTile appends a tile as in API responses.
func AppendTile(to []byte, tile *Tile) []byte {
	return append(AppendTileFields(append(to, '{'), tile), '}')
}

// TileSize returns about how many bytes AppendTile appends: a buffer of that size need not grow step by step.
func TileSize(tile *Tile) int {
	const others = 400 // all fields but these two
	return len(tile.DesmosState) + len(tile.Description) + others
}

// AppendTileFields appends the fields of a tile without the braces around them, so that others can follow.
func AppendTileFields(to []byte, tile *Tile) []byte {
	to = AppendTileContent(to, tile)
	to = AppendMoment(to, `,"created_at":`, tile.CreatedAt)
	to = AppendMoment(to, `,"updated_at":`, tile.UpdatedAt)
	return AppendMoment(to, `,"last_synced":`, tile.LastSynced)
}

// AppendTileContent appends the fields that all versions of a tile have, without braces.
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

// AppendVersion appends a version as in API responses to the session with the given id.
func AppendVersion(to []byte, version *TileVersion, sessionID int64) []byte {
	to = AppendTileContent(append(to, '{'), &version.Tile)
	to = AppendMoment(to, `,"saved_at":`, version.SavedAt)
	to = AppendText(to, `,"device":`, version.Device.UserAgent)
	to = AppendBool(to, `,"this_device":`, version.Device.SessionID == sessionID)
	to = AppendBool(to, `,"deleted":`, version.Deleted)
	return append(AppendText(to, `,"conflict":`, version.Conflict.String()), '}')
}

// AppendInt appends a key, which includes its colon and any preceding separator, and a number.
func AppendInt(to []byte, key string, n int64) []byte {
	return strconv.AppendInt(append(to, key...), n, 10)
}

// AppendText is like AppendInt for a string.
func AppendText(to []byte, key, text string) []byte {
	return append(append(to, key...), TextValue(text)...)
}

// AppendBool is like AppendInt for a boolean.
func AppendBool(to []byte, key string, yes bool) []byte {
	return strconv.AppendBool(append(to, key...), yes)
}
