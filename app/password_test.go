package app_test

import (
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
)

func TestCheckPassword(t *testing.T) {
	const (
		like, short, common, digits = "too similar", "too short", "too common", "only digits"
	)
	for _, test := range []struct {
		password string
		want     []string
	}{
		{"violet-harbour-19", nil},
		{"Ünglaublich gut", nil},
		{"dragon violet harbour", nil},
		{"t7#kQz!w", nil},
		{"ann.archer", []string{like}},
		{"Archer2026", []string{like}},
		{"rehcra-nna", []string{like}},
		{"school.example", []string{like}},
		{"kq7#z", []string{short}},
		{"ünö#kq7", []string{short}},
		{"", []string{short}},
		{"83926105", []string{digits}},
		{"12345678", []string{common, digits}},
		{"1234", []string{short, common, digits}},
		{"password", []string{common}},
		{"P4ssw0rd!", []string{common}},
		{"p@$$w0rd", []string{common}},
		{"Summer2026!", []string{common}},
		{"2026summer", []string{common}},
		{"iloveyou", []string{common}},
		{"1q2w3e4r", []string{common}},
		{"qwertzuiop", []string{common}},
		{"asdf1234", []string{common}},
		{"abcdefgh", []string{common}},
		{"aaaaaaaa", []string{common}},
		{"monkeymonkey", []string{common}},
		{" letmein99 ", []string{common}},
	} {
		got := app.CheckPassword(test.password, app.Address{Email: "ann.archer@school.example"})
		if len(got) != len(test.want) {
			t.Errorf("%q: got %q, want %q", test.password, got, test.want)
			continue
		}
		for i, want := range test.want {
			if !strings.Contains(got[i], want) {
				t.Errorf("%q: got %q, want %q", test.password, got, test.want)
			}
		}
	}
}
