package app

import (
	"bytes"
	"os"
	"testing"
)

// TestPagesHaveTheTableOfFamilies compares the module of the pages with the table that it is made from.
func TestPagesHaveTheTableOfFamilies(t *testing.T) {
	module, err := os.ReadFile("../assets/js/lib/families.js")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(module, append(bytes.TrimSpace(familiesJSON), ";\n"...)) {
		t.Error(`assets/js/lib/families.js is not made from app/families.json: run "go generate ./app"`)
	}
	seen := map[string]bool{}
	for _, family := range Families() {
		if seen[family.Type] || family.Type == "" || family.Name == "" || family.Form == "" || family.Hint == "" || family.Curve == "" {
			t.Errorf("%+v is listed twice or lacks a field", family)
		}
		seen[family.Type] = true
	}
	if len(seen) < 12 || !IsFamilyType("square_root") || IsFamilyType("Square_root") {
		t.Errorf("the table has the types %v", FamilyTypes())
	}
}
