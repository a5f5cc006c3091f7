package app

import (
	"slices"
	"strings"
)

// A graph state is parsed only as far as merging needs: into its items (the expressions, tables and photos of the
// list) by id, and everything else by key. The parts keep their original text.

// innerPrefix is the prefix of keys in StatePatch.Set and Unset that belong to the state's "expressions" object, such
// as "expressions.ticker".
const innerPrefix = "expressions."

// part is a key of an object with its value; for an item, the key is its id.
type part struct {
	key   string
	value Value
}

// maxParts is the maximum number of parts of an object or list for merging by parts; real states have a few dozen. A
// larger state is replaced as a whole, which bounds the work that a request can cause.
const maxParts = 2000

// graphState is a parsed state. The parts are in their original order.
type graphState struct {
	top   []part // the value of "expressions" is nil and stands for inner and items
	inner []part // the value of "list" is nil and stands for items
	items []part
}

// parseState parses a state. It fails if the text does not have the structure of a graph state or if an item lacks a
// unique id: such a state can only be replaced as a whole.
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

// adder returns a function that appends a part. That function returns false if the key exists already or if there are
// too many parts.
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

// places returns the index of each key. Devices may send many patches with many parts, for which linear searches
// would take too long.
func places(parts []part) map[string]int {
	at := make(map[string]int, len(parts))
	for i, p := range parts {
		at[p.key] = i
	}
	return at
}

// find returns the index of a key, or -1 if it does not exist.
func find(parts []part, key string) int {
	return slices.IndexFunc(parts, func(p part) bool { return p.key == key })
}

// itemID returns the id of an item of the list.
func itemID(item Value) (id string, ok bool) {
	if item.TypeName() != "dict" {
		return "", false
	}
	var value Value
	item.split(func(key, part Value) {
		if name, _ := key.Text(); name == "id" {
			value = part // if a key occurs twice, the last one counts
		}
	})
	id, ok = value.Text()
	return id, ok && id != ""
}

// text returns the state as JSON.
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

// appendParts appends an object; nested is the value of the part that has none of its own.
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
