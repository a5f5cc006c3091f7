package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// parseEnv reads lines NAME=value. It is our own for being simple: the libraries replace $NAME in values, and so
// change passwords with a dollar in them without a word. Its errors do not repeat values, which may be secret.
func parseEnv(content []byte) (map[string]string, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return nil, errors.New("the file is not plain text; save it as UTF-8")
	}
	values := map[string]string{}
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, text, found := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		name = strings.TrimSpace(name)
		if !found || name == "" || strings.ContainsAny(name, " \t'\"") {
			return nil, fmt.Errorf("line %d is not of the form NAME=value", number)
		}
		text, err := unquote(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("line %d (%s): %w", number, name, err)
		}
		values[name] = text
	}
	return values, nil
}

// unquote takes away the quotes around a value, or a comment behind one without quotes.
func unquote(text string) (string, error) {
	if text == "" || (text[0] != '"' && text[0] != '\'') {
		text, _, _ = strings.Cut(text, " #")
		return strings.TrimSpace(text), nil
	}
	inner, rest, found := strings.Cut(text[1:], text[:1])
	if rest = strings.TrimSpace(rest); !found || (rest != "" && rest[0] != '#') {
		return "", errors.New("the quotes do not close at the end")
	}
	return inner, nil
}

// ownEnvironment are those of the environment that are meant for us.
func ownEnvironment(environment []string) map[string]string {
	own := map[string]string{}
	for _, entry := range environment {
		if name, text, _ := strings.Cut(entry, "="); strings.HasPrefix(name, prefix) {
			own[name] = text
		}
	}
	return own
}

// knownNames are all variables that mean something to us.
func knownNames() []string {
	names := []string{superuserPassword}
	for _, s := range settings {
		names = append(names, s.name)
	}
	return names
}

func isKnown(name string) bool { return slices.Contains(knownNames(), name) }

// nearest is the candidate that the fewest keystrokes turn a name into. The prefix that all have says nothing of which is
// meant, and is easily left out.
func nearest(name string, candidates []string) string {
	core := func(name string) string { return strings.TrimPrefix(name, prefix) }
	return slices.MinFunc(candidates, func(a, b string) int { return distance(core(name), core(a)) - distance(core(name), core(b)) })
}

// isNear reports whether a name is likely to be meant for a known one. One without our prefix has to be nearly right but for that:
// it may as well be another program's, and a wrong guess is worse than none.
func isNear(name, known string) bool {
	const slips = 2
	return strings.HasPrefix(name, prefix) || distance(name, strings.TrimPrefix(known, prefix)) <= slips
}

// distance counts the characters to put in, take out or replace to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func sortedNames(values map[string]string) []string { return slices.Sorted(maps.Keys(values)) }
