package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// legacyText is what an older client wrote. It must be kept whatever follows, except for edits that are based on it.
type legacyText struct {
	concept, text string
	version       int64
}

// legacyTile is a tile as an older client knows it.
type legacyTile struct {
	ID          int64
	ConceptType string `json:"concept_type"`
	Description string
	Version     int64
	LastSynced  string `json:"last_synced"`
}

// legacyEdit makes an edit with an older client, which shares the session of a device and whose clock is wrong by up
// to a day.
func (w *world) legacyEdit() {
	d := w.device()
	w.count++
	value := fmt.Sprintf("legacy %d", w.count)
	skew := time.Duration(w.rng.IntN(48)-24) * time.Hour
	now := w.clock.Now().Add(skew).UTC().Format(time.RFC3339)
	concept := d.anyType()
	var tile *legacyTile
	var tiles []legacyTile
	if err := json.Unmarshal(d.call("GET", "/api/tiles/", nil).Body, &tiles); err != nil {
		w.t.Fatal(err)
	}
	for i := range tiles {
		if tiles[i].ConceptType == concept {
			tile = &tiles[i]
		}
	}
	n := w.rng.IntN(10)
	switch {
	case tile == nil || n < 3:
		w.legacySync(d, concept, value, now)
	case n < 5: // fetched earlier, unchanged or edited offline
		if old, ok := w.fetched[concept]; ok {
			if w.rng.IntN(2) == 0 {
				value = old.Description
			}
			w.legacySync(d, concept, value, old.LastSynced)
		}
		w.fetched[concept] = *tile
	case n < 6: // created while signed out
		w.legacySync(d, concept, value, nil)
	default:
		w.legacyPatch(d, tile, value, now)
	}
}

func (w *world) legacySync(d *simDevice, concept, value string, lastSynced any) {
	answer := d.call("POST", "/api/tiles/sync/", map[string]any{"tiles": []any{map[string]any{
		"concept_type": concept, "description": value, "last_synced": lastSynced,
	}}})
	var results []struct {
		Status string
		Data   struct{ Version int64 }
	}
	if err := json.Unmarshal(answer.Body, &results); err != nil || len(results) != 1 {
		w.t.Fatalf("an older client: %d %s", answer.Status, answer.Body)
	}
	w.model.overwrite(concept, value, results[0].Status, results[0].Data.Version)
	w.legacy = append(w.legacy, legacyText{concept, value, results[0].Data.Version})
}

// legacyPatch changes a tile, saying or not saying which version it has seen.
func (w *world) legacyPatch(d *simDevice, tile *legacyTile, value, now string) {
	fields := map[string]any{"description": value, "version": 1}
	if w.rng.IntN(2) == 0 {
		fields["last_synced"] = now
	}
	var headers []string
	seen := int64(0)
	if w.rng.IntN(2) == 0 {
		seen = tile.Version - int64(w.rng.IntN(2))
		headers = []string{"If-Match", fmt.Sprintf("%q", fmt.Sprint(seen))}
	}
	answer := d.call("PATCH", fmt.Sprintf("/api/tiles/%d/", tile.ID), fields, headers...)
	if headers != nil && seen != tile.Version {
		if answer.Status != http.StatusPreconditionFailed {
			w.t.Fatalf("a stale If-Match is answered with %d %s", answer.Status, answer.Body)
		}
		return
	}
	var after legacyTile
	if err := json.Unmarshal(answer.Body, &after); err != nil || answer.Status != http.StatusOK {
		w.t.Fatalf("PATCH: %d %s", answer.Status, answer.Body)
	}
	if seen != 0 { // a client that has seen a text may overwrite it
		w.absorb(tile.ConceptType, seen)
		if place := (editPlace{d.number, tile.ConceptType, "description"}); w.taken[place] == tile.Description {
			delete(w.taken, place)
		}
	}
	w.model.overwrite(tile.ConceptType, value, "updated", after.Version)
	w.legacy = append(w.legacy, legacyText{tile.ConceptType, value, after.Version})
}

// absorb stops tracking older clients' texts of a version: an edit that is based on it may take over its entry.
func (w *world) absorb(concept string, version int64) {
	for i := range w.legacy {
		if w.legacy[i].concept == concept && w.legacy[i].version == version {
			w.legacy[i].text = ""
		}
	}
}
