package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
)

// simMuseum is an independent, short implementation of the rules of merging, which the museum is compared with. Tiles
// are identified by their type.
type simMuseum map[string]*simWork

type simWork struct {
	exists, deleted bool
	version         int64
	description     simMark
	items           map[string]simMark
	others          map[string]string // completed, x, "set KEY": the later arrival wins
}

// simMark is a value, and the version that it came with.
type simMark struct {
	value   string
	version int64
}

func (m simMuseum) work(concept string) *simWork {
	if m[concept] == nil {
		m[concept] = &simWork{items: map[string]simMark{}, others: map[string]string{}}
	}
	return m[concept]
}

func (m simMuseum) clone() simMuseum {
	copied := simMuseum{}
	for concept, work := range m {
		each := *work
		each.items, each.others = maps.Clone(work.items), maps.Clone(work.others)
		copied[concept] = &each
	}
	return copied
}

// has reports whether the notes or an item of an existing tile have a value already.
func (m simMuseum) has(concept, what, value string) bool {
	w := m[concept]
	if w == nil || !w.exists || w.deleted || value == "" {
		return false
	}
	if what == "description" {
		return w.description.value == textIn(value)
	}
	return w.items[strings.TrimPrefix(what, "item ")].value == value
}

// merge applies a change, and reports whether it conflicts with others' changes. version is the tile's version
// afterwards.
func (m simMuseum) merge(change simChange, version int64) (conflict bool) {
	w := m.work(change.tile)
	unseen := func(mark simMark) bool { return mark.version > change.base }
	if change.values["deleted"] != "" {
		if w.exists && w.version <= change.base { // what was changed elsewhere stays
			w.deleted = true
		} else if !w.exists {
			w.exists, w.deleted = true, true
		}
		w.version = version
		return false
	}
	if version == 0 {
		return false // it deleted something that never was, in a tile that does not exist
	}
	w.exists, w.deleted, w.version = true, false, version
	for what, value := range change.values {
		id, isItem := strings.CutPrefix(what, "item ")
		item, isThere := w.items[id]
		switch {
		case isItem && value == "" && unseen(item): // changed elsewhere: it stays
		case isItem && value == "":
			delete(w.items, id)
		case isItem && item.value != value:
			conflict = conflict || isThere && unseen(item)
			w.items[id] = simMark{value, version}
		case isItem:
		case what == "description":
			text := textIn(value)
			if w.description.value != text {
				conflict = conflict || unseen(w.description)
				w.description = simMark{text, version}
			}
		case what != "order":
			w.others[what] = value
		}
	}
	return conflict
}

// overwrite applies the notes of an older client, according to the server's answer.
func (m simMuseum) overwrite(concept, text, status string, version int64) {
	if status == "created" {
		delete(m, concept)
	}
	if status == "server_newer" {
		m.work(concept).version = version // what was sent is kept as the version before
	} else {
		w := m.work(concept)
		w.exists, w.version = true, version
		if w.description.value != text {
			w.description = simMark{text, version}
		}
	}
}

// fits reports whether a tile is as it should be, ignoring the order of items.
func (w *simWork) fits(tile simContent) bool {
	if w == nil || !w.exists || w.deleted {
		return tile.deleted
	}
	if tile.deleted || tile.description != w.description.value || len(tile.items) != len(w.items) {
		return false
	}
	for _, item := range tile.items {
		if w.items[item.id].value != item.text {
			return false
		}
	}
	for what, value := range w.others {
		got := map[string]string{"completed": fmt.Sprint(tile.completed), "x": fmt.Sprint(tile.x)}
		for key, text := range tile.set {
			got["set "+key] = text
		}
		if got[what] != value && !sameText(got[what], value) {
			return false
		}
	}
	return true
}

// sameText reports whether two JSON texts are equal.
func sameText(a, b string) bool {
	var left, right any
	return json.Unmarshal([]byte(a), &left) == nil && json.Unmarshal([]byte(b), &right) == nil && fmt.Sprint(left) == fmt.Sprint(right)
}
