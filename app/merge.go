package app

import "maps"

// Change is what a device changed in one tile since it last saw the tile.
type Change struct {
	ID          string // created by the device; a change that is sent twice has one effect
	ConceptType string
	Base        int64 // the version that the device had seen; 0 for none
	Deleted     bool  // the tile was deleted
	Fields      TileChange
	Patch       *StatePatch // instead of Fields.DesmosState
	Resolves    []int64     // versions whose conflict the student has resolved
}

// Revision is a tile with the data that merging needs.
type Revision struct {
	Tile
	Deleted            bool
	DescriptionVersion int64 // the version that last changed the description; 0 for never
	StateVersion       int64 // the same for the graph state
	Items              ItemVersions
}

// NewRevision returns a tile that was never changed.
func NewRevision(userID int64, conceptType string) Revision {
	tile := NewTile(conceptType)
	tile.UserID = userID
	return Revision{Tile: tile, Items: ItemVersions{}}
}

// Outcome is the result of merging a change.
type Outcome struct {
	Changed   bool     // the revision has changed and has the next version
	Otherwise bool     // the tile differs from what the change alone would have produced, so its device must be told
	Conflicts []string // what both sides changed differently: "description", "desmos_state", or "item " and an id
}

// Merge applies a change to a tile. Fields that the change does not contain stay. If both sides changed the
// description, the graph state or an item in it, the arriving value becomes current, and the outcome lists the
// conflict so that the other value can be kept as a marked version. For all other fields the later arrival wins. An
// edit revives a deleted tile, and a deletion has no effect on a tile that was changed since.
func (c Change) Merge(r *Revision) (outcome Outcome) {
	next := r.Version + 1
	if c.Deleted {
		if r.Deleted || r.Version > c.Base {
			return Outcome{Otherwise: !r.Deleted}
		}
		r.Deleted, r.Version = true, next
		return Outcome{Changed: true}
	}
	others := c.Fields
	others.Description, others.DesmosState, others.LastSynced = nil, nil, nil
	outcome.Changed = others.Apply(&r.Tile)
	if r.Deleted {
		r.Deleted, outcome.Changed, outcome.Otherwise = false, true, true
	}
	if text := c.Fields.Description; text != nil && *text != r.Description {
		if r.DescriptionVersion > c.Base {
			outcome.Conflicts = append(outcome.Conflicts, "description")
		}
		r.Description, r.DescriptionVersion, outcome.Changed = *text, next, true
	}
	c.mergeState(r, next, &outcome)
	if outcome.Changed {
		r.Version = next
	}
	return outcome
}

// mergeState merges the graph state, item by item if both sides have the right structure.
func (c Change) mergeState(r *Revision, next int64, outcome *Outcome) {
	if c.Patch == nil && (c.Fields.DesmosState == nil || *c.Fields.DesmosState == r.DesmosState) {
		return
	}
	current, ok := parseState(r.DesmosState)
	patch := c.Patch
	if patch == nil && ok {
		var sent graphState
		if sent, ok = parseState(*c.Fields.DesmosState); ok {
			whole := current.patchTo(sent, r.Items, c.Base)
			patch = &whole
		}
	}
	if !ok {
		c.replaceState(r, next, outcome)
		return
	}
	merged, versions, conflicts := current.merge(r.Items, *patch, c.Base, next)
	left := places(merged.items)
	for _, id := range patch.Removed {
		_, isThere := left[id]
		outcome.Otherwise = outcome.Otherwise || isThere
	}
	if text := merged.text(); text != r.DesmosState {
		r.DesmosState, r.StateVersion, r.Items, outcome.Changed = text, next, versions, true
	}
	for _, id := range conflicts {
		outcome.Conflicts = append(outcome.Conflicts, "item "+id)
	}
}

// replaceState replaces the whole state. If a patch arrives for a state that no longer has items, its items become
// the new state.
func (c Change) replaceState(r *Revision, next int64, outcome *Outcome) {
	text := ""
	if c.Fields.DesmosState != nil {
		text = *c.Fields.DesmosState
	} else {
		merged, _, _ := graphState{}.merge(ItemVersions{}, *c.Patch, c.Base, next)
		text, outcome.Otherwise = merged.text(), true
	}
	if text == r.DesmosState {
		return
	}
	if r.StateVersion > c.Base {
		outcome.Conflicts = append(outcome.Conflicts, "desmos_state")
	}
	r.DesmosState, r.StateVersion, r.Items, outcome.Changed = text, next, ItemVersions{"": next}, true
}

// patchTo returns the patch that is equivalent to a whole state sent by a device that had seen version base: it
// removes only what existed in that version.
func (s graphState) patchTo(sent graphState, versions ItemVersions, base int64) StatePatch {
	patch := StatePatch{Items: map[string]Value{}, Set: map[string]Value{}, Order: []string{}}
	for _, item := range sent.items {
		patch.Items[item.key] = item.value
		patch.Order = append(patch.Order, item.key)
	}
	there := places(sent.items)
	for _, item := range s.items {
		if _, ok := there[item.key]; !ok && versions.of(item.key) <= base {
			patch.Removed = append(patch.Removed, item.key)
		}
	}
	for prefix, parts := range map[string][2][]part{"": {s.top, sent.top}, innerPrefix: {s.inner, sent.inner}} {
		for _, p := range parts[1] {
			if p.value != nil {
				patch.Set[prefix+p.key] = p.value
			}
		}
		there := places(parts[1])
		for _, p := range parts[0] {
			if _, ok := there[p.key]; !ok && p.value != nil {
				patch.Unset = append(patch.Unset, prefix+p.key)
			}
		}
	}
	return patch
}

// Touch updates the version fields after a change by an older client, which does not report what it had seen. old is
// the tile before the change; r.Version is already the new one.
func (r *Revision) Touch(old Tile) {
	if r.Description != old.Description {
		r.DescriptionVersion = r.Version
	}
	if r.DesmosState == old.DesmosState {
		return
	}
	r.StateVersion = r.Version
	was, okWas := parseState(old.DesmosState)
	is, okIs := parseState(r.DesmosState)
	if !okWas || !okIs {
		r.Items = ItemVersions{"": r.Version}
		return
	}
	r.Items = r.Items.clone()
	before, after := places(was.items), places(is.items)
	for _, item := range is.items {
		if i, ok := before[item.key]; !ok || string(was.items[i].value) != string(item.value) {
			r.Items[item.key] = r.Version
		}
	}
	maps.DeleteFunc(r.Items, func(id string, _ int64) bool {
		_, ok := after[id]
		return id != "" && !ok
	})
}
