package app

import (
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// Tile is one work in a student's museum. A user has at most one of each concept type.
type Tile struct {
	ID          int64
	UserID      int64
	ConceptType string // one of ConceptTypes
	PositionX   int32  // units of the poster's plane, 1200 wide
	PositionY   int32  // units of the poster's plane, 900 high
	Width       int32
	Height      int32
	ZIndex      int32  // the higher one hangs in front
	DesmosState string // any JSON but null, compact
	Description string
	Completed   bool
	Version     int64 // grows by one with each kept change
	CreatedAt   time.Time
	UpdatedAt   time.Time
	LastSynced  time.Time // what older clients compare; see IsNewer
}

// NewTile is a tile of a type as it begins.
func NewTile(conceptType string) Tile {
	return Tile{ConceptType: conceptType, Width: 250, Height: 200, DesmosState: "{}"}
}

// SameContent tells whether two tiles would look the same, wherever and whenever they were made.
func (t *Tile) SameContent(other *Tile) bool {
	return t.ConceptType == other.ConceptType && t.PositionX == other.PositionX && t.PositionY == other.PositionY &&
		t.Width == other.Width && t.Height == other.Height && t.ZIndex == other.ZIndex && t.DesmosState == other.DesmosState &&
		t.Description == other.Description && t.Completed == other.Completed
}

// TileChange names the fields of a tile to be changed; nil leaves a field as it is.
type TileChange struct {
	ConceptType *string
	PositionX   *int32
	PositionY   *int32
	Width       *int32
	Height      *int32
	ZIndex      *int32
	DesmosState *string
	Description *string
	Completed   *bool
	LastSynced  *time.Time
}

// MaxTileText is the largest size of a tile's document in bytes without its graph state, which alone may be larger
// since older clients put photos into it.
const MaxTileText = 1 << 20

// ReadTileChange reads the fields of a tile from a document. partial lets concept_type be left out; isForm says that the
// graph state is JSON within a text. What is wrong comes as FieldErrors, a text that is too large as KindTooLarge.
func ReadTileChange(document Value, partial, isForm bool) (TileChange, error) {
	fields, err := ReadFields(document)
	if err != nil {
		return TileChange{}, err
	}
	change, err := readTileFields(document, fields, partial, isForm)
	change.cleanPhotos()
	return change, err
}

// cleanPhotos takes out of embedded photos what CleanImage does. Older clients embed them as the camera made them; our own page
// draws each photo anew before it is kept.
func (c *TileChange) cleanPhotos() {
	if c.DesmosState != nil {
		clean := CleanStatePhotos(*c.DesmosState)
		c.DesmosState = &clean
	}
}

func readTileFields(document Value, fields *Fields, partial, isForm bool) (TileChange, error) {
	if len(document)-len(fields.Object["desmos_state"]) > MaxTileText {
		return TileChange{}, Errorf(KindTooLarge, "The text is too long to be kept: more than %d characters. Please shorten it.", MaxTileText)
	}
	if !partial {
		fields.Require("concept_type")
	}
	change := TileChange{
		ConceptType: fields.ConceptType("concept_type"),
		PositionX:   fields.Integer("position_x"),
		PositionY:   fields.Integer("position_y"),
		Width:       fields.Integer("width"),
		Height:      fields.Integer("height"),
		ZIndex:      fields.Integer("z_index"),
		DesmosState: fields.JSON("desmos_state", isForm),
		Description: fields.Text("description", math.MaxInt, true),
		Completed:   fields.Boolean("completed"),
		LastSynced:  fields.Timestamp("last_synced"),
	}
	return change, fields.Err()
}

// Apply changes the tile's fields and tells whether any but LastSynced is another now.
func (c TileChange) Apply(tile *Tile) (changed bool) {
	changed = assign(&tile.ConceptType, c.ConceptType)
	changed = assign(&tile.PositionX, c.PositionX) || changed
	changed = assign(&tile.PositionY, c.PositionY) || changed
	changed = assign(&tile.Width, c.Width) || changed
	changed = assign(&tile.Height, c.Height) || changed
	changed = assign(&tile.ZIndex, c.ZIndex) || changed
	changed = assign(&tile.DesmosState, c.DesmosState) || changed
	changed = assign(&tile.Description, c.Description) || changed
	changed = assign(&tile.Completed, c.Completed) || changed
	if c.LastSynced != nil {
		tile.LastSynced = *c.LastSynced
	}
	return changed
}

// assign sets a field to what is given, and tells whether that made a difference.
func assign[T comparable](field *T, given *T) bool {
	if given == nil || *field == *given {
		return false
	}
	*field = *given
	return true
}

// IsNewer tells whether a tile that an older client sends with a last_synced takes the place of the server's: it does
// when it is as new or newer, since a client that edits offline sends the time that the server gave it. A time beyond the
// server's last change was written by a client's clock that runs ahead; the others need not wait for it.
func (t Tile) IsNewer(lastSynced time.Time) bool {
	reference := t.LastSynced
	if t.UpdatedAt.Before(reference) {
		reference = t.UpdatedAt
	}
	return !lastSynced.Before(reference.Truncate(time.Millisecond)) // browsers cut to milliseconds
}

// cutText shortens a text to at most size bytes, at a character's end.
func cutText(text string, size int) string {
	if len(text) <= size {
		return text
	}
	for size > 0 && !utf8.RuneStart(text[size]) {
		size--
	}
	return text[:size]
}

// Device is who changes something: the session, and how its browser calls itself.
type Device struct {
	SessionID int64
	UserAgent string
}

// NewUserAgent cuts what a browser says of itself to what is kept.
func NewUserAgent(header string) string { return cutText(header, 200) }

// TileVersion is a tile as it was. Its creation and last sync are not kept.
type TileVersion struct {
	Tile
	Deleted  bool // the tile was taken down with this version
	SavedAt  time.Time
	Device   Device
	Conflict Conflict
}

// Conflict says whether a version lost against an edit of another device.
type Conflict int

// What can be said of a version.
const (
	NoConflict   Conflict = iota
	OpenConflict          // the student has still to choose
	SettledConflict
)

var conflictNames = []string{"none", "open", "settled"}

// String is the conflict as the API names it.
func (c Conflict) String() string { return conflictNames[c] }

// ParseConflict reads what String writes.
func ParseConflict(name string) (Conflict, bool) {
	i := slices.Index(conflictNames, name)
	return Conflict(max(i, 0)), i >= 0
}
