package web_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
)

func TestMissingPhotosAreNamed(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann, ben := museum.NewMember(t, "ann@example.com"), museum.NewMember(t, "ben@example.com")
	both, bens := apptest.PNG(t, 30, 30, 1), apptest.PNG(t, 30, 30, 2)
	post(ann, both)
	post(ben, both)
	post(ben, bens)
	nobodys := strings.Repeat("0", 64)
	ask := func(v *apptest.Visitor, body any) apptest.Answer { return v.Send("POST", "/api/images/missing/", body) }
	for name, test := range map[string]struct {
		who  *apptest.Visitor
		want []any
	}{
		"not hers, though the museum has it": {ann, []any{nobodys, hashOf(bens)}},
		"both his":                           {ben, []any{nobodys}},
	} {
		answer := ask(test.who, map[string]any{"sha256": []string{nobodys, hashOf(both), hashOf(bens)}})
		if got := answer.Object(t)["missing"]; answer.Status != 200 || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %d %s, want %v", name, answer.Status, answer.Body, test.want)
		}
	}
	if answer := ask(ann, map[string]any{"sha256": []string{}}); answer.Status != 200 || string(answer.Body) != `{"missing":[]}` {
		t.Errorf("none: %d %s", answer.Status, answer.Body)
	}
	many := make([]string, 201)
	for i := range many {
		many[i] = fmt.Sprintf("%064x", i)
	}
	if answer := ask(ann, map[string]any{"sha256": many[:200]}); answer.Status != 200 || len(answer.Object(t)["missing"].([]any)) != 200 {
		t.Errorf("200: %d", answer.Status)
	}
	for name, body := range map[string]any{
		"too many": map[string]any{"sha256": many}, "no list": map[string]any{"sha256": nobodys}, "none named": map[string]any{}, "no object": []string{nobodys},
		"no hash": map[string]any{"sha256": []string{"abc"}}, "a number": map[string]any{"sha256": []int{7}},
	} {
		if answer := ask(ann, body); answer.Status != 400 {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
		}
	}
	if answer := ask(museum.NewVisitor(t), map[string]any{"sha256": []string{nobodys}}); answer.Status != 403 {
		t.Errorf("a stranger: %d", answer.Status)
	}
}
