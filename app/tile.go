package app

import (
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// Tile is one work in a student's museum. A user has at most one tile of each concept type.
type Tile struct {
	ID          int64
	UserID      int64
	ConceptType string // one of FamilyTypes
	PositionX   int32  // units of the poster's plane, 1200 wide
	PositionY   int32  // units of the poster's plane, 900 high
	Width       int32
	Height      int32
	ZIndex      int32  // higher ones are in front
	DesmosState string // any compact JSON but null
	Description string
	Completed   bool
	Version     int64 // incremented by each change
	CreatedAt   time.Time
	UpdatedAt   time.Time
	LastSynced  time.Time // compared by older clients; see IsNewer
}

// NewTile returns a new tile of a concept type.
func NewTile(conceptType string) Tile {
	return Tile{ConceptType: conceptType, Width: 250, Height: 200, DesmosState: "{}"}
}

// SameContent reports whether two tiles have the same content, regardless of their ids, versions and times.
func (t *Tile) SameContent(other *Tile) bool {
	return t.ConceptType == other.ConceptType && t.PositionX == other.PositionX && t.PositionY == other.PositionY &&
		t.Width == other.Width && t.Height == other.Height && t.ZIndex == other.ZIndex && t.DesmosState == other.DesmosState &&
		t.Description == other.Description && t.Completed == other.Completed
}

// TileChange holds the fields of a tile to change; nil leaves a field unchanged.
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

// MaxTileText is the maximum size of a tile's document in bytes without its graph state, which may be larger since
// older clients embed photos in it.
const MaxTileText = 1 << 20

// ReadTileChange reads the fields of a tile from a document. With partial, concept_type is optional; with isForm, the
// graph state is JSON within a string. Its error is a FieldErrors, or a KindTooLarge.
func ReadTileChange(document Value, partial, isForm bool) (TileChange, error) {
	fields, err := ReadFields(document)
	if err != nil {
		return TileChange{}, err
	}
	change, err := readTileFields(document, fields, partial, isForm)
	change.cleanPhotos()
	return change, err
}

// cleanPhotos applies CleanImage to embedded photos. Older clients embed them as the camera made them; our own page
// re-encodes each photo.
func (c *TileChange) cleanPhotos() {
	if c.DesmosState != nil {
		clean := CleanStatePhotos(*c.DesmosState)
		c.DesmosState = &clean
	}
}

func readTileFields(document Value, fields *Fields, partial, isForm bool) (TileChange, error) {
	if len(document)-len(fields.Object["desmos_state"]) > MaxTileText {
		return TileChange{}, Errorf(KindTooLarge,
			"The text is too long to save: more than %d characters. Please shorten it.", MaxTileText)
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

// Apply sets the fields and reports whether any of them except LastSynced changed.
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

// assign sets a field to the given value, if any, and reports whether it changed.
func assign[T comparable](field *T, given *T) bool {
	if given == nil || *field == *given {
		return false
	}
	*field = *given
	return true
}

// IsNewer reports whether a tile that an older client sends with lastSynced replaces the server's: it does if it is
// at least as new, since a client that edits offline sends the time it got from the server. If the stored LastSynced
// is later than the server's last change, it came from a client whose clock is ahead, and the time of that change is
// used instead, so that other clients need not wait for it.
func (t Tile) IsNewer(lastSynced time.Time) bool {
	reference := t.LastSynced
	if t.UpdatedAt.Before(reference) {
		reference = t.UpdatedAt
	}
	return !lastSynced.Before(reference.Truncate(time.Millisecond)) // browsers truncate to milliseconds
}

// cutText truncates a text to at most size bytes, at the end of a character.
func cutText(text string, size int) string {
	if len(text) <= size {
		return text
	}
	for size > 0 && !utf8.RuneStart(text[size]) {
		size--
	}
	return text[:size]
}

// Device is the origin of a change: the session and its browser's User-Agent.
type Device struct {
	SessionID int64
	UserAgent string
}

// NewUserAgent truncates a User-Agent header to what is stored.
func NewUserAgent(header string) string { return cutText(header, 200) }

// TileVersion is an earlier state of a tile. CreatedAt and LastSynced are not kept.
type TileVersion struct {
	Tile
	Deleted  bool // the tile was deleted in this version
	SavedAt  time.Time
	Device   Device
	Conflict Conflict
}

// Conflict is the state of the conflict in which a version lost against an edit by another device, if it did.
type Conflict int

// States of a version's conflict.
const (
	NoConflict   Conflict = iota
	OpenConflict          // the student has yet to choose
	SettledConflict
)

var conflictNames = []string{"none", "open", "settled"}

// String returns the conflict's name in the API.
func (c Conflict) String() string { return conflictNames[c] }

// ParseConflict parses the output of String.
func ParseConflict(name string) (Conflict, bool) {
	i := slices.Index(conflictNames, name)
	return Conflict(max(i, 0)), i >= 0
}
