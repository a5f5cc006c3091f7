package app

import "slices"

// ConceptTypes are the function families, in the order in which they hang on a new poster.
var ConceptTypes = []string{
	"linear", "quadratic", "cubic", "polynomial",
	"square_root", "cube_root", "absolute_value", "rational",
	"exponential", "logarithmic", "trigonometric", "piecewise",
}

// IsConceptType tells whether name is one of ConceptTypes, spelled exactly so.
func IsConceptType(name string) bool { return slices.Contains(ConceptTypes, name) }
