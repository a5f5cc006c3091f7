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

// parseEnv parses lines of the form NAME=value. It does not use a library because those expand $NAME in values, which
// silently changes passwords that contain a dollar sign. Its errors do not repeat values, which may be secret.
func parseEnv(content []byte) (map[string]string, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return nil, errors.New("the file is not valid text; save it as UTF-8")
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
			return nil, fmt.Errorf("line %d does not have the form NAME=value", number)
		}
		text, err := unquote(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("line %d (%s): %w", number, name, err)
		}
		values[name] = text
	}
	return values, nil
}

// unquote removes the quotes around a value, or a comment after an unquoted one.
func unquote(text string) (string, error) {
	if text == "" || (text[0] != '"' && text[0] != '\'') {
		text, _, _ = strings.Cut(text, " #")
		return strings.TrimSpace(text), nil
	}
	inner, rest, found := strings.Cut(text[1:], text[:1])
	if rest = strings.TrimSpace(rest); !found || (rest != "" && rest[0] != '#') {
		return "", errors.New("the closing quote is missing or not at the end")
	}
	return inner, nil
}

// ownEnvironment returns the environment variables that begin with our prefix.
func ownEnvironment(environment []string) map[string]string {
	own := map[string]string{}
	for _, entry := range environment {
		if name, text, _ := strings.Cut(entry, "="); strings.HasPrefix(name, prefix) {
			own[name] = text
		}
	}
	return own
}

// knownNames returns the names of all variables that the program reads.
func knownNames() []string {
	names := []string{superuserPassword}
	for _, s := range settings {
		names = append(names, s.name)
	}
	return names
}

func isKnown(name string) bool { return slices.Contains(knownNames(), name) }

// nearest returns the candidate with the smallest edit distance to a name. Our prefix is ignored: all candidates
// share it, and it is easily forgotten.
func nearest(name string, candidates []string) string {
	core := func(name string) string { return strings.TrimPrefix(name, prefix) }
	return slices.MinFunc(candidates,
		func(a, b string) int { return distance(core(name), core(a)) - distance(core(name), core(b)) })
}

// isNear reports whether a name is probably a misspelling of a known one. A name without our prefix must otherwise be
// almost right: it may well belong to another program, and a wrong guess is worse than none.
func isNear(name, known string) bool {
	const slips = 2
	return strings.HasPrefix(name, prefix) || distance(name, strings.TrimPrefix(known, prefix)) <= slips
}

// distance returns the edit distance of a and b in bytes (Levenshtein).
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
