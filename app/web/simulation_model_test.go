package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
)

// simMuseum is what the rules of merging make of the changes that have arrived, told a second time in few words: the museum
// is held against it. Tiles are known by their type.
type simMuseum map[string]*simWork

type simWork struct {
	exists, deleted bool
	version         int64
	description     simMark
	items           map[string]simMark
	others          map[string]string // completed, x, "set KEY": the later arrival stands
}

// simMark is a value, and the version with which it came.
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

// has reports whether the notes or an item of a tile, which hangs, are so already.
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

// merge takes a change, and tells whether it and others have changed the same thing. version is the tile's after it.
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
		return false // it has taken away what never was, of a tile that is not there
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

// overwrite takes the notes of an older client, as the server has answered.
func (m simMuseum) overwrite(concept, text, status string, version int64) {
	if status == "created" {
		delete(m, concept)
	}
	if status == "server_newer" {
		m.work(concept).version = version // what was sent is kept as a version before this one
	} else {
		w := m.work(concept)
		w.exists, w.version = true, version
		if w.description.value != text {
			w.description = simMark{text, version}
		}
	}
}

// fits tells whether a tile is as it should be. The order of the items is not looked at here.
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

// sameText tells whether two pieces of JSON say the same.
func sameText(a, b string) bool {
	var left, right any
	return json.Unmarshal([]byte(a), &left) == nil && json.Unmarshal([]byte(b), &right) == nil && fmt.Sprint(left) == fmt.Sprint(right)
}
