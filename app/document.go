package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Value is JSON text that has been checked by ParseJSON, or a part of such text. Its zero value stands for nothing
// given.
type Value json.RawMessage

// Object is a JSON object, one Value a key.
type Object map[string]Value

// MaxNesting is how deep JSON may be nested. Real graph states stay under twenty.
const MaxNesting = 500

// maxInteger is how many digits a number may have: what the earlier app read.
const maxInteger = 4300

// maxValues is how many values one text may hold: more than a museum has, and few enough to be taken apart in no time.
const maxValues = 300_000

// ParseJSON checks that text is one JSON value, in UTF-8, not nested too deep, with no endless number in it and not made of too many values. The
// error is for a programmer, such as reads a log or an answer's detail.
func ParseJSON(text []byte) (Value, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("the text is not UTF-8")
	}
	if err := checkShape(text); err != nil { // before the decoder: it recurses
		return nil, err
	}
	if !json.Valid(text) {
		var raw json.RawMessage
		return nil, json.Unmarshal(text, &raw) // says where
	}
	return Value(bytes.TrimSpace(text)), nil
}

// checkShape finds what json.Unmarshal would take but we do not: deep nesting, endless numbers and millions of values.
func checkShape(text []byte) error {
	depth, digits, values := 0, 0, 0
	inText := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '[' || c == '{':
			if depth++; depth > MaxNesting {
				return fmt.Errorf("it is nested more than %d deep", MaxNesting)
			}
		case c == ']' || c == '}':
			depth--
		case c == ',':
			if values++; values >= maxValues {
				return fmt.Errorf("it has more than %d values", maxValues)
			}
		case c >= '0' && c <= '9':
			if digits++; digits > maxInteger {
				return fmt.Errorf("it has a number of more than %d digits", maxInteger)
			}
			continue
		}
		digits = 0
	}
	return nil
}

// TypeName is what the value is called in error texts: dict, list, str, bool, int, float or NoneType.
func (v Value) TypeName() string {
	if len(v) == 0 {
		return "NoneType"
	}
	switch v[0] {
	case '{':
		return "dict"
	case '[':
		return "list"
	case '"':
		return "str"
	case 't', 'f':
		return "bool"
	case 'n':
		return "NoneType"
	}
	if bytes.ContainsAny(v, ".eE") {
		return "float"
	}
	return "int"
}

// IsNull tells whether the value is JSON null; nothing given is not.
func (v Value) IsNull() bool { return len(v) > 0 && v[0] == 'n' }

// IsFalsy tells whether the value counts as not given: nothing, null, false, zero, or an empty text, list or object.
func (v Value) IsFalsy() bool {
	switch v.TypeName() {
	case "NoneType":
		return true
	case "bool":
		return v[0] == 'f'
	case "int", "float":
		f, err := strconv.ParseFloat(string(v), 64)
		return err == nil && f == 0
	case "dict", "list":
		return len(bytes.Trim(v, "[]{} \t\r\n")) == 0
	}
	return string(v) == `""`
}

// Object reads the value as an object. Of a key that is given twice the last counts.
func (v Value) Object() (Object, bool) {
	if v.TypeName() != "dict" {
		return nil, false
	}
	object := Object{}
	v.split(func(key, value Value) {
		name, _ := key.Text()
		object[name] = value
	})
	return object, true
}

// List reads the value as a list.
func (v Value) List() ([]Value, bool) {
	if v.TypeName() != "list" {
		return nil, false
	}
	list := []Value{}
	v.split(func(_, value Value) { list = append(list, value) })
	return list, true
}

// split calls found with each part of an object or a list; key is nil in a list. The text has been checked by ParseJSON,
// so that one look at each byte is enough: a batch of tiles is split in a fifth of the time that decoding takes.
func (v Value) split(found func(key, value Value)) {
	isObject := v[0] == '{'
	for i := v.skipFiller(1); i < len(v)-1; i = v.skipFiller(i) {
		var key Value
		if isObject {
			end := v.skipValue(i)
			key = v[i:end]
			i = v.skipFiller(end)
		}
		end := v.skipValue(i)
		found(key, v[i:end])
		i = end
	}
}

// compact gives the value's text without the white space between its parts.
func (v Value) compact() string {
	inText := false
	var text strings.Builder // hands over what it has built: a copy of a large state is worth avoiding
	text.Grow(len(v))
	for i := 0; i < len(v); i++ {
		c := v[i]
		isFiller := !inText && (c == ' ' || c == '\n' || c == '\t' || c == '\r')
		if c == '"' {
			inText = !inText
		}
		if !isFiller {
			text.WriteByte(c)
		}
		if inText && c == '\\' {
			i++
			text.WriteByte(v[i])
		}
	}
	return text.String()
}

// skipFiller gives where the next value begins: after white space, commas and colons.
func (v Value) skipFiller(i int) int {
	for i < len(v) && strings.IndexByte(" \t\r\n,:", v[i]) >= 0 {
		i++
	}
	return i
}

// skipValue gives where the value ends that begins at i.
func (v Value) skipValue(i int) int {
	for depth := 0; i < len(v); {
		switch c := v[i]; c {
		case '"':
			for i++; v[i] != '"'; i++ {
				if v[i] == '\\' {
					i++
				}
			}
			i++
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
		default:
			i++
			if depth == 0 && (i == len(v) || strings.IndexByte(" \t\r\n,:}]", v[i]) >= 0) {
				return i
			}
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return i
}

// Text reads the value as a text.
func (v Value) Text() (string, bool) {
	if v.TypeName() != "str" {
		return "", false
	}
	if inner := v[1 : len(v)-1]; bytes.IndexByte(inner, '\\') < 0 {
		return string(inner), true
	}
	var text string
	err := json.Unmarshal(v, &text)
	return text, err == nil
}

// TextValue makes the Value of a text, as when it comes from a form.
func TextValue(text string) Value {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return encoded
}
