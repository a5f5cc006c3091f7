package app

import (
	"slices"
	"strings"
)

// A graph state is taken apart only as far as merging needs: into its items (the expressions, tables, photos of the list)
// by id, and everything else by key. The parts stay as the text that they came as.

// innerPrefix marks the keys of a state's "expressions" in StatePatch.Set and Unset: "expressions.ticker".
const innerPrefix = "expressions."

// part is a key of an object and its value; for an item the key is its id.
type part struct {
	key   string
	value Value
}

// maxParts is how many parts an object or the list may have to be merged by them: real states have some dozen. Beyond it a
// state is replaced whole, so that nobody can make the server compare millions of parts with each other.
const maxParts = 2000

// graphState is a state in parts, in the order of its text.
type graphState struct {
	top   []part // the value of "expressions" is nil: it is inner and items
	inner []part // the value of "list" is nil: it is items
	items []part
}

// parseState takes a state apart. It fails for what has another shape than graph states, or an item without an id of its
// own: such a state can only be replaced whole.
func parseState(text string) (state graphState, ok bool) {
	top := Value(text)
	if top.TypeName() != "dict" {
		return state, false
	}
	var inner Value
	ok = true
	put := adder(&state.top)
	top.split(func(key, value Value) {
		if !ok {
			return
		}
		name, _ := key.Text()
		if name == "expressions" {
			inner, value = value, nil
		}
		ok = !strings.HasPrefix(name, innerPrefix) && put(name, value)
	})
	var list Value
	if inner != nil {
		ok = ok && inner.TypeName() == "dict"
	}
	if inner != nil && ok {
		put := adder(&state.inner)
		inner.split(func(key, value Value) {
			if !ok {
				return
			}
			name, _ := key.Text()
			if name == "list" {
				list, value = value, nil
			}
			ok = put(name, value)
		})
	}
	if list != nil {
		ok = ok && list.TypeName() == "list"
	}
	if list != nil && ok {
		put := adder(&state.items)
		list.split(func(_, item Value) {
			if !ok {
				return
			}
			id, found := itemID(item)
			ok = found && put(id, item)
		})
	}
	return state, ok
}

// adder returns a function that adds a part, and fails where its key is there already, or where there are too many.
func adder(parts *[]part) func(key string, value Value) bool {
	there := map[string]bool{}
	return func(key string, value Value) bool {
		if len(*parts) >= maxParts || there[key] {
			return false
		}
		there[key] = true
		*parts = append(*parts, part{key, value})
		return true
	}
}

// places returns where each key is. A device may send many patches of many parts at once, for each of which a search would
// take too long.
func places(parts []part) map[string]int {
	at := make(map[string]int, len(parts))
	for i, p := range parts {
		at[p.key] = i
	}
	return at
}

// find gives the place of a key, -1 if it is not there.
func find(parts []part, key string) int {
	return slices.IndexFunc(parts, func(p part) bool { return p.key == key })
}

// itemID gives the id of an item of the list.
func itemID(item Value) (id string, ok bool) {
	if item.TypeName() != "dict" {
		return "", false
	}
	var value Value
	item.split(func(key, part Value) {
		if name, _ := key.Text(); name == "id" {
			value = part // of a key that is given twice the last counts
		}
	})
	id, ok = value.Text()
	return id, ok && id != ""
}

// text puts the state together again.
func (s graphState) text() string {
	if find(s.top, "expressions") < 0 && (len(s.inner) > 0 || len(s.items) > 0) {
		s.top = append(s.top, part{key: "expressions"})
	}
	if find(s.inner, "list") < 0 && len(s.items) > 0 {
		s.inner = append(s.inner, part{key: "list"})
	}
	var items []byte
	for i, item := range s.items {
		if i > 0 {
			items = append(items, ',')
		}
		items = append(items, item.value...)
	}
	list := slices.Concat([]byte("["), items, []byte("]"))
	return string(appendParts(nil, s.top, appendParts(nil, s.inner, list)))
}

// appendParts writes an object; a part without value gets the one given.
func appendParts(to []byte, parts []part, nested []byte) []byte {
	to = append(to, '{')
	for i, p := range parts {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(append(to, TextValue(p.key)...), ':')
		if p.value == nil {
			to = append(to, nested...)
		} else {
			to = append(to, p.value...)
		}
	}
	return append(to, '}')
}
