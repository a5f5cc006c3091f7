package app

import (
	"fmt"
	"time"
)

// MaxSyncItems is the maximum number of tiles in one sync of an older client. A museum has twelve.
const MaxSyncItems = 100

// SyncItem is a tile sent by an older client.
type SyncItem struct {
	ConceptType Value      // as sent, for the response; never falsy
	LastSynced  *time.Time // nil keeps the server's tile, if there is one
	Change      TileChange
	LastErr     error // why LastSynced cannot be compared; matters only if the server has the tile
	Err         error // FieldErrors of the change; they matter only if it is applied
}

// SyncStatus is the result of a SyncItem.
type SyncStatus string

// Results of a SyncItem.
const (
	SyncCreated     SyncStatus = "created"
	SyncUpdated     SyncStatus = "updated"
	SyncServerNewer SyncStatus = "server_newer" // the server's tile was kept
	SyncError       SyncStatus = "error"
)

// SyncResult is the response to a SyncItem.
type SyncResult struct {
	ConceptType Value
	Status      SyncStatus
	Tile        Tile        // the server's tile, except for SyncError
	Errors      FieldErrors // for SyncError
}

// ReadSyncItems reads the body of a sync by an older client. Items without a concept type are ignored. If any item is
// not an object, the whole request fails.
func ReadSyncItems(document Value) ([]SyncItem, error) {
	object, ok := document.Object()
	if !ok {
		return nil, FieldErrors{NonField: {fmt.Sprintf("Invalid data. Expected a dictionary, but got %s.",
			document.TypeName())}}
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
		return nil, Errorf(KindTooLarge, "There are more than %d tiles in one sync. Please send them in parts.",
			MaxSyncItems)
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

// isBeyondCalendar reports whether a time has a year of more than four digits. Such a time cannot be represented and
// is not the student's mistake: the tile is accepted, but never replaces the server's.
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
