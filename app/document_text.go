package app

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
)

// pythonString formats a value as Python's str does, because the earlier app did so for numbers that become text and
// for quotations in error messages. Strings are quoted only within lists and objects (quoted).
func pythonString(value Value, quoted bool) string {
	switch value.TypeName() {
	case "NoneType":
		return "None"
	case "bool":
		if value[0] == 't' {
			return "True"
		}
		return "False"
	case "float":
		return pythonFloat(value)
	case "str":
		text, _ := value.Text()
		if quoted {
			return "'" + strings.ReplaceAll(text, "'", "\\'") + "'"
		}
		return text
	case "list":
		list, _ := value.List()
		parts := make([]string, len(list))
		for i, item := range list {
			parts[i] = pythonString(item, true)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case "dict":
		object, _ := value.Object()
		parts := make([]string, 0, len(object))
		for key, item := range object {
			parts = append(parts, pythonString(TextValue(key), true)+": "+pythonString(item, true))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return string(value)
}

// pythonFloat formats the shortest digits that identify the number: 100.0, 12.5, 1e-07, 1e+16, inf.
func pythonFloat(value Value) string {
	f, err := strconv.ParseFloat(string(value), 64)
	if err != nil {
		return "inf"
	}
	if size := math.Abs(f); size != 0 && (size < 1e-4 || size >= 1e16) {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// escapes calls found with the code unit of each \u escape in JSON text and the text after it, until found returns
// false.
func escapes(value Value, found func(unit uint16, rest Value) bool) {
	for i := 0; ; i++ {
		next := bytes.IndexByte(value[i:], '\\')
		if next < 0 {
			return
		}
		i += next + 1
		if value[i] != 'u' || i+4 >= len(value) {
			continue
		}
		unit, err := strconv.ParseUint(string(value[i+1:i+5]), 16, 16)
		if err != nil || !found(uint16(unit), value[i+5:]) {
			return
		}
		i += 4
	}
}

// hasNul reports whether a string or key in the JSON contains the character NUL, which databases reject.
func hasNul(value Value) bool {
	has := false
	escapes(value, func(unit uint16, _ Value) bool {
		has = unit == 0
		return !has
	})
	return has
}

// hasLoneSurrogate reports whether the JSON contains an unpaired surrogate, which has no UTF-8 encoding.
func hasLoneSurrogate(value Value) bool {
	lone, low := false, false
	escapes(value, func(unit uint16, rest Value) bool {
		isHigh, isLow := unit>>10 == 0xd800>>10, unit>>10 == 0xdc00>>10
		lone = isLow != low || isHigh && !startsLow(rest)
		low = isHigh
		return !lone
	})
	return lone
}

// mended returns the JSON with U+FFFD in place of each NUL and each unpaired surrogate, which cannot be stored, and
// whether there were any.
func mended(value Value) (whole Value, changed bool) {
	low := false
	whole = value
	escapes(value, func(unit uint16, rest Value) bool {
		isHigh, isLow := unit>>10 == 0xd800>>10, unit>>10 == 0xdc00>>10
		isPair := isHigh && startsLow(rest)
		if unit == 0 || isLow != low || isHigh && !isPair {
			if !changed {
				whole, changed = slices.Clone(value), true
			}
			copy(whole[len(value)-len(rest)-len(`\uXXXX`):], `\ufffd`)
		}
		low = isPair
		return true
	})
	return whole, changed
}

// startsLow reports whether rest begins with the escape of a low surrogate.
func startsLow(rest Value) bool {
	if len(rest) < 6 || rest[0] != '\\' || rest[1] != 'u' {
		return false
	}
	unit, err := strconv.ParseUint(string(rest[2:6]), 16, 16)
	return err == nil && unit>>10 == 0xdc00>>10
}

// hasInfinity reports whether a number in the JSON overflows a float64.
func hasInfinity(value Value) bool {
	inText := false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case !inText && c >= '0' && c <= '9':
			start := i
			for i < len(value) && strings.IndexByte("+-.eE0123456789", value[i]) >= 0 {
				i++
			}
			number := value[start:i]
			if len(number) > 300 || bytes.ContainsAny(number, "eE") { // other numbers are too short to overflow
				if _, err := strconv.ParseFloat(string(number), 64); err != nil {
					return true
				}
			}
			i--
		}
	}
	return false
}
