package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// StatePatch is a change of a graph state by its parts.
type StatePatch struct {
	Items   map[string]Value // new and changed items, by id
	Removed []string         // ids of removed items
	Order   []string         // ids in their new order; nil keeps the order and appends new items
	Set     map[string]Value // other keys; those within "expressions" are prefixed with innerPrefix
	Unset   []string
}

// ReadStatePatch reads a patch. Its error is a FieldErrors with the given name.
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

// compactParts reads an object and compacts its values; it returns nil if nothing was given.
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

// texts reads a list of strings; it returns nil if nothing was given.
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

// ItemVersions holds the version of the tile that last changed each item of its state. The entry with the empty id
// applies to all items that are not listed.
type ItemVersions map[string]int64

// of returns an item's version.
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

// merge applies a patch by a device that had seen version base; next is the resulting version. conflicts lists the
// ids of items that both sides changed differently, of which the arriving one is current.
func (s graphState) merge(versions ItemVersions, patch StatePatch, base, next int64) (graphState, ItemVersions, []string) {
	merged := graphState{slices.Clone(s.top), slices.Clone(s.inner), slices.Clone(s.items)}
	versions = versions.clone()
	var conflicts []string
	at := places(merged.items)
	for _, id := range slices.Sorted(maps.Keys(patch.Items)) {
		item := patch.Items[id]
		i, ok := at[id]
		switch {
		case !ok:
			at[id] = len(merged.items)
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
	gone := map[string]bool{}
	for _, id := range patch.Removed {
		if _, ok := at[id]; ok && !gone[id] && versions.of(id) <= base { // an item that was changed elsewhere stays
			gone[id] = true
			delete(versions, id)
		}
	}
	merged.items = without(merged.items, gone)
	if patch.Order != nil {
		merged.items = reorder(merged.items, patch.Order)
	}
	merged.top = setParts(merged.top, "", patch)
	merged.inner = setParts(merged.inner, innerPrefix, patch)
	return merged, versions, conflicts
}

// without removes parts.
func without(parts []part, gone map[string]bool) []part {
	if len(gone) == 0 {
		return parts
	}
	return slices.DeleteFunc(parts, func(p part) bool { return gone[p.key] })
}

// setParts applies Set and Unset to the keys with a prefix. They cause no conflicts: the later arrival wins.
func setParts(parts []part, prefix string, patch StatePatch) []part {
	at := places(parts)
	for _, key := range slices.Sorted(maps.Keys(patch.Set)) {
		name, ok := partName(key, prefix)
		if !ok {
			continue
		}
		if i, there := at[name]; there {
			parts[i].value = patch.Set[key]
		} else {
			at[name] = len(parts)
			parts = append(parts, part{name, patch.Set[key]})
		}
	}
	gone := map[string]bool{}
	for _, key := range patch.Unset {
		name, ok := partName(key, prefix)
		if i, there := at[name]; ok && there && parts[i].value != nil {
			gone[name] = true
		}
	}
	return without(parts, gone)
}

// partName returns the name of a key of Set or Unset if it belongs to the object with the prefix, "" or innerPrefix.
func partName(key, prefix string) (name string, ok bool) {
	name, isInner := strings.CutPrefix(key, innerPrefix)
	return name, isInner == (prefix == innerPrefix)
}

// reorder sorts items into an order. An item that the order does not list stays behind its predecessor.
func reorder(items []part, order []string) []part {
	at := places(items)
	named := make(map[string]bool, len(order))
	for _, id := range order {
		named[id] = true
	}
	behind := map[string][]part{} // by the id of the preceding listed item; "" for the front
	last := ""
	for _, item := range items {
		if named[item.key] {
			last = item.key
		} else {
			behind[last] = append(behind[last], item)
		}
	}
	sorted := append(make([]part, 0, len(items)), behind[""]...)
	for _, id := range order {
		if i, ok := at[id]; ok && named[id] {
			named[id] = false // once
			sorted = append(append(sorted, items[i]), behind[id]...)
		}
	}
	return sorted
}
