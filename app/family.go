package app

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

// families.json is the one table of families. The pages have it as a module, assets/js/lib/families.js, which this makes:
//
//go:generate go run family_generate.go

//go:embed families.json
var familiesJSON []byte

// Family is a family of functions. A museum has a tile for each.
type Family struct {
	Type  string `json:"type"` // concept_type of its tile
	Name  string `json:"name"`
	Form  string `json:"form"`  // usual form of its formula, as plain text
	Hint  string `json:"hint"`  // what to look for, one short sentence
	Curve string `json:"curve"` // sentence that describes a curve of the family to screen readers
}

// Families returns all families in the order of the poster.
var Families = sync.OnceValue(func() []Family {
	var families []Family
	if err := json.Unmarshal(familiesJSON, &families); err != nil {
		panic(err) // the file is part of the program
	}
	return families
})

// FamilyTypes returns the types of all families in the order of the poster.
var FamilyTypes = sync.OnceValue(func() []string {
	types := make([]string, 0, len(Families()))
	for _, family := range Families() {
		types = append(types, family.Type)
	}
	return types
})

// IsFamilyType reports whether name is the type of a family, in exactly this spelling.
func IsFamilyType(name string) bool { return slices.Contains(FamilyTypes(), name) }
