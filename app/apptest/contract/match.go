package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	momentForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$`)
	longForm   = regexp.MustCompile(`^<str of (\d+), sha256 ([0-9a-f]+)>$`)
	nestedForm = regexp.MustCompile(`^<list nested (\d+) deep>$`)
)

// match compares a value with a recorded one. With strict, keys that were not recorded are errors.
func (p *player) match(where string, want, got any, strict bool) error {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %v, want an object", where, got)
		}
		for key, value := range want {
			have, ok := object[key]
			if !ok {
				return fmt.Errorf("%s/%s is missing", where, key)
			}
			if err := p.match(where+"/"+key, value, have, strict || key == "desmos_state" || key == "errors"); err != nil {
				return err
			}
		}
		if strict && len(object) != len(want) {
			return fmt.Errorf("%s is %v, want %v", where, got, want)
		}
		return nil
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return fmt.Errorf("%s is %v, want a list of %d", where, got, len(want))
		}
		for i := range want {
			if err := p.match(fmt.Sprintf("%s/%d", where, i), want[i], list[i], strict); err != nil {
				return err
			}
		}
		return nil
	case string:
		return p.matchText(where, want, got)
	case float64:
		number, _ := got.(json.Number)
		have, err := number.Float64()
		if err != nil || have != want {
			return fmt.Errorf("%s is %v, want %v", where, got, want)
		}
		return nil
	}
	if want != got {
		return fmt.Errorf("%s is %v, want %v", where, got, want)
	}
	return nil
}

// matchText compares a value with a recorded text, which may be a placeholder.
func (p *player) matchText(where, want string, got any) error {
	text, isText := got.(string)
	fault := fmt.Errorf("%s is %.200v, want %s", where, got, want)
	switch {
	case want == "<int>" || strings.HasPrefix(want, "<int:"):
		number, ok := got.(json.Number)
		if _, err := strconv.Atoi(string(number)); !ok || err != nil {
			return fault
		}
		name := strings.TrimSuffix(strings.TrimPrefix(want, "<int:"), ">")
		if captured, ok := p.captured[name]; ok && fmt.Sprint(captured) != string(number) {
			return fmt.Errorf("%w, which is %v", fault, captured)
		}
		return nil
	case strings.HasPrefix(want, "<datetime "):
		_, name, named := strings.Cut(want, ">=")
		moment, err := time.Parse(time.RFC3339Nano, text)
		if !momentForm.MatchString(text) || err != nil || time.Since(moment).Abs() > 48*time.Hour {
			return fault
		}
		if captured, ok := p.captured[name]; named && ok && captured != text {
			return fmt.Errorf("%w, which is %v", fault, captured)
		}
		return nil
	case strings.HasPrefix(want, "JSON parse error - "):
		if !strings.HasPrefix(text, "JSON parse error - ") {
			return fault
		}
		return nil
	case strings.HasPrefix(where, "/detail") && strings.HasPrefix(want, "CSRF Failed: "):
		if !strings.HasPrefix(text, "CSRF Failed: ") {
			return fault
		}
		return nil
	}
	if m := longForm.FindStringSubmatch(want); m != nil {
		sum := sha256.Sum256([]byte(text))
		if strconv.Itoa(utf8.RuneCountInString(text)) != m[1] || !strings.HasPrefix(hex.EncodeToString(sum[:]), m[2]) {
			return fault
		}
		return nil
	}
	if m := nestedForm.FindStringSubmatch(want); m != nil {
		depth := 0
		for list, ok := got.([]any); ok; depth++ {
			if len(list) == 0 {
				list, ok = nil, false
				continue
			}
			list, ok = list[0].([]any)
		}
		if strconv.Itoa(depth) != m[1] {
			return fmt.Errorf("%s is nested %d deep, want %s", where, depth, m[1])
		}
		return nil
	}
	if !isText || text != strings.ReplaceAll(want, "<base>", p.museum.URL) {
		return fault
	}
	return nil
}
