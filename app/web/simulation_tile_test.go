package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// simTile is a tile on a device.
type simTile struct {
	version int64 // the newest that the device has seen
	known   simContent
	pending map[string]simPending // by what was edited: description, completed, x, "item ID", order, "set KEY", deleted
}

// simPending is an edit: its present value, and the version that the device had seen when it began.
type simPending struct {
	base  int64
	value string // JSON; empty: deleted
}

// simContent is what a tile shows.
type simContent struct {
	deleted     bool
	description string
	completed   bool
	x           int
	items       []simItem
	set         map[string]string
}

type simItem struct{ id, text string }

// touch records a new value.
func (t *simTile) touch(what, value string) {
	p, ok := t.pending[what]
	if !ok {
		p.base = t.version
	}
	p.value = value
	t.pending[what] = p
}

// groups splits pending edits by the version they are based on, oldest first. Edits that cannot conflict go with the
// last group.
func (t *simTile) groups() (groups []simChange) {
	bases := map[int64]map[string]string{}
	last := int64(0)
	for _, p := range t.pending {
		last = max(last, p.base)
	}
	for what, p := range t.pending {
		base := p.base
		if what != "description" && what != "deleted" && !strings.HasPrefix(what, "item ") {
			base = last
		}
		if bases[base] == nil {
			bases[base] = map[string]string{}
		}
		bases[base][what] = p.value
	}
	for _, base := range slices.Sorted(maps.Keys(bases)) {
		groups = append(groups, simChange{base: base, values: bases[base]})
	}
	return groups
}

// shown returns what the student sees: the server's state with the pending edits applied.
func (t *simTile) shown() simContent {
	shown := t.known.clone()
	for _, group := range t.groups() {
		shown.apply(group.values)
	}
	return shown
}

func (c simContent) clone() simContent {
	c.items, c.set = slices.Clone(c.items), maps.Clone(c.set)
	if c.set == nil {
		c.set = map[string]string{}
	}
	return c
}

// apply applies a change, like the server if nobody else had changed anything.
func (c *simContent) apply(values map[string]string) {
	if values["deleted"] != "" {
		*c = simContent{deleted: true, set: map[string]string{}}
		return
	}
	c.deleted = false
	for _, what := range slices.Sorted(maps.Keys(values)) {
		value := values[what]
		id, isItem := strings.CutPrefix(what, "item ")
		key, isSet := strings.CutPrefix(what, "set ")
		i := slices.IndexFunc(c.items, func(item simItem) bool { return item.id == id })
		switch {
		case isItem && value == "" && i >= 0:
			c.items = slices.Delete(c.items, i, i+1)
		case isItem && value != "" && i >= 0:
			c.items[i].text = value
		case isItem && value != "":
			c.items = append(c.items, simItem{id, value})
		case isSet:
			c.set[key] = value
		case what == "description":
			_ = json.Unmarshal([]byte(value), &c.description)
		case what == "completed":
			c.completed = value == "true"
		case what == "x":
			_, _ = fmt.Sscan(value, &c.x)
		}
	}
	if order := values["order"]; order != "" {
		var ids []string
		_ = json.Unmarshal([]byte(order), &ids)
		c.reorder(ids)
	}
}

func (c *simContent) reorder(ids []string) {
	place := func(items []simItem, id string) int {
		return slices.IndexFunc(items, func(item simItem) bool { return item.id == id })
	}
	var sorted []simItem
	for _, id := range ids {
		if i := place(c.items, id); i >= 0 && place(sorted, id) < 0 {
			sorted = append(sorted, c.items[i])
		}
	}
	for i, item := range c.items {
		if place(sorted, item.id) < 0 {
			after := 0
			if i > 0 {
				after = place(sorted, c.items[i-1].id) + 1
			}
			sorted = slices.Insert(sorted, after, item)
		}
	}
	c.items = sorted
}
