package transfer

import (
	"math"
	"slices"
	"strconv"

	"github.com/mathmuseums/mathmuseums/app"
)

// setPosition sets a tile's position and size from a .mathmuseums file, or to its family's default. The earlier app
// measured in percent: sizes of the longer side of the poster, and positions such that 0 is one edge and 100 the
// other, whatever the size.
func setPosition(concept app.Object, tile *app.Tile) {
	position, _ := concept["position"].Object()
	size, _ := concept["size"].Object()
	place := readNumbers(position["x"], position["y"], size["width"], size["height"])
	if place == nil {
		anchor, _ := concept["coordinates"].Object()
		if place = readNumbers(anchor["centerX"], anchor["centerY"], anchor["width"], anchor["height"]); place != nil {
			width, height := place[2]/100*posterWidth, place[3]/100*posterWidth
			place = []float64{place[0] / 100 * (posterWidth - width), place[1] / 100 * (posterHeight - height),
				width, height}
		}
	}
	if place == nil {
		place = defaultPlace(tile.ConceptType)
	}
	tile.PositionX, tile.PositionY = int32(math.Round(place[0])), int32(math.Round(place[1]))
	tile.Width, tile.Height = int32(math.Round(place[2])), int32(math.Round(place[3]))
	if z, err := strconv.ParseInt(string(concept["zIndex"]), 10, 32); err == nil {
		tile.ZIndex = int32(z)
	}
}

// readNumbers returns nil if any value is not a number.
func readNumbers(values ...app.Value) (numbers []float64) {
	for _, value := range values {
		n, err := strconv.ParseFloat(string(value), 64)
		if err != nil {
			return nil
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// Size of the poster in its units, as in assets/js/museum/poster.js.
const (
	posterWidth  = 1200.0
	posterHeight = 900.0
)

// defaultPlace returns a family's default position: left, top, width and height.
func defaultPlace(concept string) []float64 {
	return gridPlace(max(0, slices.Index(app.FamilyTypes(), concept)), len(app.FamilyTypes()))
}

// gridPlace returns the cell of work i of n in a grid of four columns and as many rows as they need, as defaultPlace in
// assets/js/museum/poster.js does.
func gridPlace(i, n int) []float64 {
	const columns, gapX, gapY = 4, 18, 16
	width, height := posterWidth/columns, math.Floor(posterHeight/float64((n+columns-1)/columns))
	return []float64{float64(i%columns)*width + gapX, float64(i/columns)*height + gapY, width - 2*gapX, height - 2*gapY}
}
