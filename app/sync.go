package app

import (
	"errors"
	"fmt"
	"regexp"
)

// MaxChanges is the maximum number of changes in one sync.
const MaxChanges = 200

// maxEpoch is the maximum length of an epoch's name; ours have 16 letters.
const maxEpoch = 64

// SyncRequest is one round of a device: its changes, and the point up to which it knows the changes of others.
type SyncRequest struct {
	Cursor      int64  // the user's revision that the device has seen; 0 for none
	Epoch       string // the epoch of that revision, see SyncAnswer; "" if unknown
	Changes     []SyncChange
	Preferences *PreferenceEdit // nil if nothing changed
}

// SyncChange is a change as sent by a device. Err is the reason why it cannot be applied; it does not affect other
// changes.
type SyncChange struct {
	Change
	Mended bool // it is stored otherwise than it was sent, see readFields, so the device must be told
	Err    error
}

// PreferenceEdit is a change of the preferences as sent by a device.
type PreferenceEdit struct {
	PreferenceChange
	ID  string
	Err error
}

// ChangeStatus is the result of a change.
type ChangeStatus string

// Results of a change.
const (
	ChangeSaved    ChangeStatus = "saved"
	ChangeConflict ChangeStatus = "conflict" // saved, and the overwritten value was kept as a marked version
	ChangeError    ChangeStatus = "error"    // nothing was saved
)

// ChangeResult is the response to a change.
type ChangeResult struct {
	ID       string
	Status   ChangeStatus
	TileID   int64       // 0 if there is none yet
	Version  int64       // the tile's current version
	Conflict int64       // for ChangeConflict: the version that lost
	Errors   FieldErrors // for ChangeError
}

// SyncedTile is a tile in the response to a sync.
type SyncedTile struct {
	Tile
	Deleted   bool
	Conflicts []int64 // versions that lost an unresolved conflict
	Common    int64   // for SetBack: the newest version that the device and the server have in common
}

// SyncAnswer is the response to a SyncRequest.
type SyncAnswer struct {
	Account     int64  // the user's id; an address that was deleted and returns gets a new one
	Cursor      int64  // the revision up to which the device now knows everything
	Epoch       string // identifies the run of the program that wrote the revision Cursor; the device sends both back
	SetBack     bool   // the database was restored to an older state: no change was applied, and Tiles lists all tiles
	Results     []ChangeResult
	Tiles       []SyncedTile // tiles that others changed since the device's cursor
	Preferences *Preference  // nil if unchanged
}

var changeIDForm = regexp.MustCompile(`^[0-9A-Za-z_-]{8,64}$`)

// ReadSyncRequest reads the body of a sync. A change without a valid id fails the whole request, since it could not
// be answered; any other error concerns only that change.
func ReadSyncRequest(document Value) (request SyncRequest, err error) {
	fields, err := ReadFields(document)
	if err != nil {
		return request, err
	}
	if cursor, given := fields.Object["cursor"]; given && !cursor.IsNull() {
		if request.Cursor, err = readCount(cursor); err != nil {
			return request, FieldErrors{"cursor": {err.Error()}}
		}
	}
	if epoch, given := fields.Object["epoch"]; given && !epoch.IsNull() {
		var ok bool
		if request.Epoch, ok = epoch.Text(); !ok || len(request.Epoch) > maxEpoch {
			return request, FieldErrors{"epoch": {fmt.Sprintf("Expected a text of at most %d bytes.", maxEpoch)}}
		}
	}
	var changes []Value
	if sent, given := fields.Object["changes"]; given {
		list, ok := sent.List()
		if !ok {
			return request, FieldErrors{"changes": {fmt.Sprintf("Expected a list of changes, but got %s.",
				sent.TypeName())}}
		}
		changes = list
	}
	if len(changes) > MaxChanges {
		return request, Errorf(KindTooLarge,
			"There are more than %d changes in one sync. Please send them in parts.", MaxChanges)
	}
	for i, sent := range changes {
		change, err := readChange(sent)
		if err != nil {
			return request, FieldErrors{"changes": {fmt.Sprintf("Change %d: %v", i+1, err)}}
		}
		request.Changes = append(request.Changes, change)
	}
	if sent, given := fields.Object["preferences"]; given && !sent.IsNull() {
		edit, err := readPreferenceEdit(sent)
		if err != nil {
			return request, FieldErrors{"preferences": {err.Error()}}
		}
		request.Preferences = &edit
	}
	return request, nil
}

// readCount reads a non-negative whole number.
func readCount(value Value) (n int64, err error) {
	if value.TypeName() == "int" && len(value) <= 18 {
		_, err = fmt.Sscan(string(value), &n)
	}
	if value.TypeName() != "int" || len(value) > 18 || err != nil || n < 0 {
		return 0, errors.New("a whole number is required, 0 or more")
	}
	return n, nil
}

// readChange reads one change. Errors of the change are stored in it; err means that it cannot even be answered.
func readChange(value Value) (change SyncChange, err error) {
	object, ok := value.Object()
	if !ok {
		return change, fmt.Errorf("expected an object, but got %s", value.TypeName())
	}
	if change.ID, err = readChangeID(object); err != nil {
		return change, err
	}
	fields := &Fields{object, FieldErrors{}}
	fields.Require("concept_type")
	if conceptType := fields.ConceptType("concept_type"); conceptType != nil {
		change.ConceptType = *conceptType
	}
	if sent, given := object["base_version"]; given {
		if change.Base, err = readCount(sent); err != nil {
			fields.refuse("base_version", "%v", err)
		}
	}
	if deleted, given := object["deleted"]; given && !deleted.IsFalsy() {
		change.Deleted = true
	}
	change.Resolves = readVersions(object["resolves"])
	change.Err = fields.Err()
	if sent, given := object["fields"]; given && change.Err == nil {
		change.Err = change.readFields(sent)
	}
	return change, nil
}

func readChangeID(object Object) (string, error) {
	id, _ := object["change_id"].Text()
	if !changeIDForm.MatchString(id) {
		return "", errors.New("change_id must be 8 to 64 letters, digits, - or _")
	}
	return id, nil
}

// readVersions reads a list of versions and ignores invalid elements.
func readVersions(value Value) (versions []int64) {
	list, _ := value.List()
	for _, sent := range list[:min(len(list), MaxChanges)] {
		if version, err := readCount(sent); err == nil {
			versions = append(versions, version)
		}
	}
	return versions
}

// readFields reads the changed fields of the tile. Unlike the older endpoints it keeps the description unchanged,
// because the device compares the response with what was typed.
//
// NUL and unpaired surrogates cannot be stored. They come from a paste or a faulty keyboard, and rejecting them would
// hold back everything that was typed around them. Embedded photos go through CleanImage like uploaded ones.
func (c *SyncChange) readFields(sent Value) error {
	sent, c.Mended = mended(sent)
	if clean := CleanStatePhotos(string(sent)); clean != string(sent) {
		sent, c.Mended = Value(clean), true
	}
	fields, err := ReadFields(sent)
	if err != nil {
		return err
	}
	if c.Fields, err = readTileFields(sent, fields, true, false); err != nil {
		return err
	}
	c.Fields.Description = fields.Exact("description")
	c.Fields.ConceptType, c.Fields.LastSynced = nil, nil
	if patch, given := fields.Object["desmos_patch"]; given {
		read, err := ReadStatePatch("desmos_patch", patch)
		if err != nil {
			return err
		}
		c.Patch = &read
	}
	return fields.Err()
}

// readPreferenceEdit reads a change of the preferences. Errors of the change are stored in it; err means that it
// cannot even be answered.
func readPreferenceEdit(value Value) (edit PreferenceEdit, err error) {
	object, ok := value.Object()
	if !ok {
		return edit, fmt.Errorf("expected an object, but got %s", value.TypeName())
	}
	if edit.ID, err = readChangeID(object); err != nil {
		return edit, err
	}
	fields, _ := mended(object["fields"])
	edit.PreferenceChange, edit.Err = ReadPreferenceChange(fields)
	return edit, nil
}
