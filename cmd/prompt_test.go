package cmd

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
)

// asked returns a prompt with typed input, both echoed and hidden, and its output.
func asked(seen string, readHidden ...string) (*prompt, *strings.Builder) {
	out := &strings.Builder{}
	next := func() (string, error) {
		if len(readHidden) == 0 {
			return "", io.EOF
		}
		line := readHidden[0]
		readHidden = readHidden[1:]
		return line, nil
	}
	return &prompt{bufio.NewReader(strings.NewReader(seen)), out, next}, out
}

func TestAddressIsAskedUntilItIsOne(t *testing.T) {
	q, out := asked("ann\n Ann@Example.com \n")
	address, err := q.address()
	if err != nil || address.Email != "ann@example.com" {
		t.Errorf("got %v, %v", address, err)
	}
	if got := strings.Count(out.String(), "Mail address: "); got != 2 {
		t.Errorf("asked %d times, want 2:\n%s", got, out)
	}
	q, _ = asked("")
	if _, err := q.address(); !errors.Is(err, errNoAnswer) {
		t.Errorf("at the end of input: %v", err)
	}
}

func TestPasswordIsAskedTwice(t *testing.T) {
	const good = "violet-harbour-19"
	for _, test := range []struct {
		name       string
		readHidden []string
		want       string
		err        error
		said       string
	}{
		{"right at once", []string{good, good}, good, nil, "Password again: "},
		{"none", []string{""}, "", nil, "Password (optional; "},
		{"a weak one first", []string{"password", good, good}, good, nil, "too common"},
		{"mistyped once", []string{good, "violet-harbor-19", good, good}, good, nil, "The passwords do not match"},
		{"given up", []string{good}, "", errNoAnswer, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			q, out := asked("", test.readHidden...)
			got, err := q.password(app.Address{Email: "ann@example.com"})
			if got != test.want || !errors.Is(err, test.err) || !strings.Contains(out.String(), test.said) {
				t.Errorf("got %q, %v; said:\n%s", got, err, out)
			}
			if strings.Contains(out.String(), good) {
				t.Errorf("the password is shown:\n%s", out)
			}
		})
	}
}
