package app

import (
	"fmt"
	"time"
)

// MaxSyncItems is how many tiles one sync of an older client may hold. A museum has twelve.
const MaxSyncItems = 100

// SyncItem is a tile as an older client holds it.
type SyncItem struct {
	ConceptType Value      // as it came, for the answer; never falsy
	LastSynced  *time.Time // nil: the server's tile stands, if there is one
	Change      TileChange
	LastErr     error // why LastSynced cannot be compared; counts only where the server has the tile
	Err         error // FieldErrors of the change; they count only where it is taken
}

// SyncStatus is what became of a SyncItem.
type SyncStatus string

// What becomes of a SyncItem.
const (
	SyncCreated     SyncStatus = "created"
	SyncUpdated     SyncStatus = "updated"
	SyncServerNewer SyncStatus = "server_newer" // the server's tile stands
	SyncError       SyncStatus = "error"
)

// SyncResult answers a SyncItem.
type SyncResult struct {
	ConceptType Value
	Status      SyncStatus
	Tile        Tile        // the server's, but for SyncError
	Errors      FieldErrors // for SyncError
}

// ReadSyncItems reads the body of a sync. Items without a concept type are left out. A batch with an item that is no
// object is refused whole.
func ReadSyncItems(document Value) ([]SyncItem, error) {
	object, ok := document.Object()
	if !ok {
		return nil, FieldErrors{NonField: {fmt.Sprintf("Invalid data. Expected a dictionary, but got %s.", document.TypeName())}}
	}
	tiles, given := object["tiles"]
	if !given {
		return nil, nil
	}
	list, ok := tiles.List()
	if !ok {
		return nil, FieldErrors{"tiles": {fmt.Sprintf("Expected a list of tiles, but got %s.", tiles.TypeName())}}
	}
	if len(list) > MaxSyncItems {
		return nil, Errorf(KindTooLarge, "There are more than %d tiles in one sync. Please send them in parts.", MaxSyncItems)
	}
	var items []SyncItem
	for i, value := range list {
		fields, ok := value.Object()
		if !ok {
			return nil, FieldErrors{"tiles": {fmt.Sprintf("Tile %d is not an object but %s.", i+1, value.TypeName())}}
		}
		if fields["concept_type"].IsFalsy() {
			continue
		}
		items = append(items, readSyncItem(value, fields))
	}
	return items, nil
}

func readSyncItem(value Value, fields Object) SyncItem {
	item := SyncItem{ConceptType: fields["concept_type"]}
	item.Change, item.Err = readTileFields(value, &Fields{fields, FieldErrors{}}, false, false)
	item.Change.cleanPhotos()
	sent := fields["last_synced"]
	if sent.IsFalsy() || isBeyondCalendar(sent) {
		return item
	}
	if item.LastSynced = item.Change.LastSynced; item.LastSynced == nil {
		item.LastErr = item.Err
	}
	return item
}

// isBeyondCalendar tells of years with more than four digits, which are no times here, and no mistake of the student's
// either: such a tile never takes the server's place.
func isBeyondCalendar(sent Value) bool {
	text, _ := sent.Text()
	_, ok := ParseTimestamp(text)
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return !ok && i > 4 && text[i] == '-'
		}
	}
	return false
}
