package app

import (
	"errors"
	"fmt"
	"regexp"
)

// MaxChanges is how many changes one sync may hold.
const MaxChanges = 200

// maxEpoch is how long the name of an epoch may be; ours have 16 letters.
const maxEpoch = 64

// SyncRequest is one round of a device: what it changed, and up to where it knows what others changed.
type SyncRequest struct {
	Cursor      int64  // the user's revision that the device has seen; 0: none
	Epoch       string // what the server called the time in which it was, see SyncAnswer; "": it did not say
	Changes     []SyncChange
	Preferences *PreferenceEdit // nil: nothing changed
}

// SyncChange is a change as it was sent. Err says why it cannot be taken; it harms no other.
type SyncChange struct {
	Change
	Mended bool // something in it could not be stored, and U+FFFD stands in its place: the device must be told
	Err    error
}

// PreferenceEdit is a change of the preferences as it was sent.
type PreferenceEdit struct {
	PreferenceChange
	ID  string
	Err error
}

// ChangeStatus is what became of a change.
type ChangeStatus string

// What becomes of a change.
const (
	ChangeSaved    ChangeStatus = "saved"
	ChangeConflict ChangeStatus = "conflict" // saved, and what it overwrote is kept as a marked version
	ChangeError    ChangeStatus = "error"    // nothing was saved
)

// ChangeResult answers a change.
type ChangeResult struct {
	ID       string
	Status   ChangeStatus
	TileID   int64       // 0 where there is still none
	Version  int64       // the tile's now
	Conflict int64       // the version that lost, for ChangeConflict
	Errors   FieldErrors // for ChangeError
}

// SyncedTile is a tile as devices are told of it.
type SyncedTile struct {
	Tile
	Deleted   bool
	Conflicts []int64 // versions that lost a conflict which is not settled yet
	Common    int64   // for SetBack: the newest version that the device and the server both know to be the same
}

// SyncAnswer answers a SyncRequest.
type SyncAnswer struct {
	Account     int64  // the user's number: an address that is deleted and comes back gets another
	Cursor      int64  // up to where the device knows everything now
	Epoch       string // names the run of the program that wrote the revision Cursor: the device sends both again
	SetBack     bool   // the database was put back to an older day: nothing was taken, and Tiles are all that there are
	Results     []ChangeResult
	Tiles       []SyncedTile // what others changed since the device's cursor
	Preferences *Preference  // nil: as the device knows them
}

var changeIDForm = regexp.MustCompile(`^[0-9A-Za-z_-]{8,64}$`)

// ReadSyncRequest reads the body of a sync. A change whose id cannot be read refuses the whole, since it could not be
// answered; any other fault is that change's own.
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
			return request, FieldErrors{"changes": {fmt.Sprintf("Expected a list of changes, but got %s.", sent.TypeName())}}
		}
		changes = list
	}
	if len(changes) > MaxChanges {
		return request, Errorf(KindTooLarge, "There are more than %d changes in one sync. Please send them in parts.", MaxChanges)
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

// readCount reads a whole number that is not negative.
func readCount(value Value) (n int64, err error) {
	if value.TypeName() == "int" && len(value) <= 18 {
		_, err = fmt.Sscan(string(value), &n)
	}
	if value.TypeName() != "int" || len(value) > 18 || err != nil || n < 0 {
		return 0, errors.New("a whole number is required, 0 or more")
	}
	return n, nil
}

// readChange reads one change. Its own error is kept in it; err says that it cannot even be answered.
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

// readVersions reads a list of versions, and passes over what is none.
func readVersions(value Value) (versions []int64) {
	list, _ := value.List()
	for _, sent := range list[:min(len(list), MaxChanges)] {
		if version, err := readCount(sent); err == nil {
			versions = append(versions, version)
		}
	}
	return versions
}

// readFields reads what is changed of the tile. Unlike the older endpoints it keeps the description to the letter: the
// device compares what comes back with what was typed.
//
// NUL and half of a character cannot be stored. They come of a paste or a faulty keyboard, and to refuse them would hold back
// all that was typed around them.
func (c *SyncChange) readFields(sent Value) error {
	sent, c.Mended = mended(sent)
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

// readPreferenceEdit reads a change of the preferences. Its own error is kept in it; err says that it cannot even be
// answered.
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
