package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// StatePatch is a change of a state, by its parts.
type StatePatch struct {
	Items   map[string]Value // items that were made or changed, by id
	Removed []string         // ids of items taken away
	Order   []string         // ids in their new order; nil: as before, what is new comes last
	Set     map[string]Value // other keys; those within "expressions" have that and a dot before their name
	Unset   []string
}

// ReadStatePatch reads a patch. What is wrong with it is said in FieldErrors under the name.
func ReadStatePatch(name string, document Value) (patch StatePatch, err error) {
	refuse := func(what string) (StatePatch, error) { return StatePatch{}, FieldErrors{name: {what}} }
	if hasNul(document) || hasLoneSurrogate(document) || hasInfinity(document) {
		return refuse("Value must be valid JSON, without null characters.")
	}
	object, ok := document.Object()
	if !ok {
		return refuse("A patch is an object.")
	}
	items, okItems := compactParts(object["items"])
	set, okSet := compactParts(object["set"])
	removed, okRemoved := texts(object["removed"])
	order, okOrder := texts(object["order"])
	unset, okUnset := texts(object["unset"])
	if max(len(items), len(set), len(removed), len(order), len(unset)) > maxParts {
		return refuse("The patch has too many parts.")
	}
	if !okItems || !okSet || !okRemoved || !okOrder || !okUnset {
		return refuse("items and set are objects; removed, order and unset are lists of texts.")
	}
	for id, item := range items {
		if found, ok := itemID(item); !ok || found != id {
			return refuse("Each of items is an object whose id is the key.")
		}
	}
	for key := range set {
		if key == "expressions" || key == innerPrefix+"list" {
			return refuse("The list of expressions is changed by items, removed and order.")
		}
	}
	return StatePatch{Items: items, Removed: removed, Order: order, Set: set, Unset: unset}, nil
}

// compactParts reads an object whose values are kept as text; nothing given is an empty one.
func compactParts(value Value) (map[string]Value, bool) {
	if value == nil {
		return nil, true
	}
	object, ok := value.Object()
	for key, part := range object {
		object[key] = Value(part.compact())
	}
	return object, ok
}

// texts reads a list of texts; nothing given is nil.
func texts(value Value) (list []string, ok bool) {
	if value == nil {
		return nil, true
	}
	if value.TypeName() != "list" {
		return nil, false
	}
	err := json.Unmarshal(value, &list)
	return list, err == nil
}

// ItemVersions says with which version of the tile each item of its state was last changed. What holds for the items
// that are not named stands under the empty id.
type ItemVersions map[string]int64

// of gives an item's version.
func (v ItemVersions) of(id string) int64 {
	if version, ok := v[id]; ok {
		return version
	}
	return v[""]
}

func (v ItemVersions) clone() ItemVersions {
	copied := make(ItemVersions, len(v))
	maps.Copy(copied, v)
	return copied
}

// merge applies a patch that was made by who had seen version base; next is the version that comes of it. conflicts are
// the ids of items that both sides changed, each in its own way: the arriving one stands.
func (s graphState) merge(versions ItemVersions, patch StatePatch, base, next int64) (graphState, ItemVersions, []string) {
	merged := graphState{slices.Clone(s.top), slices.Clone(s.inner), slices.Clone(s.items)}
	versions = versions.clone()
	var conflicts []string
	for _, id := range slices.Sorted(maps.Keys(patch.Items)) {
		item := patch.Items[id]
		i := find(merged.items, id)
		switch {
		case i < 0:
			merged.items = append(merged.items, part{id, item})
		case string(merged.items[i].value) == string(item):
			continue
		default:
			if versions.of(id) > base {
				conflicts = append(conflicts, id)
			}
			merged.items[i].value = item
		}
		versions[id] = next
	}
	for _, id := range patch.Removed {
		if i := find(merged.items, id); i >= 0 && versions.of(id) <= base { // what was changed elsewhere stays
			merged.items = slices.Delete(merged.items, i, i+1)
			delete(versions, id)
		}
	}
	if patch.Order != nil {
		merged.items = reorder(merged.items, patch.Order)
	}
	merged.set(patch)
	return merged, versions, conflicts
}

// set changes the keys that are no items. No conflict comes of them: the later arrival stands.
func (s *graphState) set(patch StatePatch) {
	for _, key := range slices.Sorted(maps.Keys(patch.Set)) {
		parts, name := s.place(key)
		if i := find(*parts, name); i >= 0 {
			(*parts)[i].value = patch.Set[key]
		} else {
			*parts = append(*parts, part{name, patch.Set[key]})
		}
	}
	for _, key := range patch.Unset {
		parts, name := s.place(key)
		if i := find(*parts, name); i >= 0 && (*parts)[i].value != nil {
			*parts = slices.Delete(*parts, i, i+1)
		}
	}
}

// place gives where a key of Set or Unset belongs, and its name there.
func (s *graphState) place(key string) (*[]part, string) {
	if name, ok := strings.CutPrefix(key, innerPrefix); ok {
		return &s.inner, name
	}
	return &s.top, key
}

// reorder puts items into an order. An item that the order does not name stays behind the one it stood behind.
func reorder(items []part, order []string) []part {
	var sorted []part
	for _, id := range order {
		if i := find(items, id); i >= 0 && find(sorted, id) < 0 {
			sorted = append(sorted, items[i])
		}
	}
	for i, item := range items {
		if find(sorted, item.key) >= 0 {
			continue
		}
		after := 0
		if i > 0 {
			after = find(sorted, items[i-1].key) + 1
		}
		sorted = slices.Insert(sorted, after, item)
	}
	return sorted
}
