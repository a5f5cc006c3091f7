package transfer

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// demoColours are the first colours that the grapher assigns.
var demoColours = []string{"#c74440", "#2d70b3", "#388c46", "#6042a6", "#fa7e19", "#000000"}

// demoFamily describes the students' work on one family.
type demoFamily struct {
	latex  string
	ranges []demoRange // ranges of its parameters
	found  []string    // where students saw such a curve
}

// demoRange is the range of a parameter. nonZero excludes 0 if that would not be a curve of the family.
type demoRange struct {
	name      string
	low, high float64
	nonZero   bool
}

var (
	rangeA = demoRange{"a", -3, 3, true}
	rangeH = demoRange{"h", -4, 4, false}
	rangeK = demoRange{"k", -3, 3, false}
)

var demoFamilies = map[string]demoFamily{
	"linear":         {`y=mx+b`, []demoRange{{"m", -3, 3, true}, {"b", -4, 4, false}}, []string{"the ramp in front of the school", "the rail of our stairs", "what a phone costs by the month"}},
	"quadratic":      {`y=a\left(x-h\right)^{2}+k`, []demoRange{rangeA, rangeH, rangeK}, []string{"the arch of the old bridge", "water from the drinking fountain", "a basketball on its way"}},
	"cubic":          {`y=a\left(x-h\right)^{3}+k`, []demoRange{{"a", -1, 1, true}, rangeH, rangeK}, []string{"a slide at the pool", "the volume of a cube of dough"}},
	"polynomial":     {`y=a\left(x-p\right)\left(x-q\right)\left(x-r\right)\left(x-s\right)`, []demoRange{{"a", -0.5, 0.5, true}, {"p", -4, -2.5, false}, {"q", -2, -0.5, false}, {"r", 0.5, 2, false}, {"s", 2.5, 4, false}}, []string{"the roller coaster at the fair", "hills behind the town"}},
	"square_root":    {`y=a\sqrt{x-h}+k`, []demoRange{rangeA, rangeH, rangeK}, []string{"half of an egg on its side", "how far one sees from a tower"}},
	"cube_root":      {`y=a\sqrt[3]{x-h}+k`, []demoRange{rangeA, rangeH, rangeK}, []string{"the handle of a cup", "the edge of a box by its volume"}},
	"absolute_value": {`y=a\left|x-h\right|+k`, []demoRange{rangeA, rangeH, rangeK}, []string{"the roof of the gym", "a folded sheet of paper", "the tip of a star"}},
	"rational":       {`y=\frac{a}{x-h}+k`, []demoRange{rangeA, rangeH, rangeK}, []string{"the light of a lamp on the wall", "minutes to school by speed"}},
	"exponential":    {`y=ab^{x-h}+k`, []demoRange{rangeA, {"b", 1.2, 3, false}, rangeH, rangeK}, []string{"mould on my bread, day by day", "a chain that hangs, at first sight"}},
	"logarithmic":    {`y=a\ln\left(x-h\right)+k`, []demoRange{rangeA, rangeH, rangeK}, []string{"the bend of the river on the map", "how loud it seems"}},
	"trigonometric":  {`y=a\sin\left(b\left(x-h\right)\right)+k`, []demoRange{rangeA, {"b", 0.5, 3, false}, rangeH, rangeK}, []string{"waves in the harbour", "the hours of daylight in a year", "my sister's hair"}},
	"piecewise":      {`y=\left\{x<p:mx+k,x\ge p:a\left(x-p\right)^{2}+mp+k\right\}`, []demoRange{{"p", -2, 2, false}, {"m", -2, 2, true}, {"a", -1, 1, true}, rangeK}, []string{"the bus: first it waits, then it goes", "the side of a teapot"}},
}

// values returns random parameters.
func (f demoFamily) values(d *demo) []float64 {
	values := make([]float64, len(f.ranges))
	for i, r := range f.ranges {
		for values[i] = d.between(r.low, r.high); r.nonZero && values[i] == 0; {
			values[i] = d.between(r.low, r.high)
		}
	}
	return values
}

// number formats a value without unnecessary digits.
func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// state returns the graph state of a curve with a slider for each parameter.
func (f demoFamily) state(values []float64, colour string, random *rand.Rand) string {
	type item struct {
		Type  string `json:"type"`
		ID    string `json:"id"`
		Color string `json:"color"`
		Latex string `json:"latex"`
	}
	items := []item{{"expression", "1", colour, f.latex}}
	for i, r := range f.ranges {
		items = append(items, item{"expression", strconv.Itoa(i + 2), demoColours[1], r.name + "=" + number(values[i])})
	}
	var list strings.Builder
	encoder := json.NewEncoder(&list)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(items); err != nil {
		panic(err) // texts can always be encoded
	}
	return fmt.Sprintf(`{"version":11,"randomSeed":"%016x%016x","graph":{"viewport":{"xmin":-10,"ymin":-7.5,"xmax":10,"ymax":7.5}},"expressions":{"list":%s}}`,
		random.Uint64(), random.Uint64(), strings.TrimSpace(list.String()))
}

// notes returns a student's notes on a curve.
func (f demoFamily) notes(d *demo, values []float64) string {
	r := d.random.IntN(len(values))
	name, value := f.ranges[r].name, number(values[r])
	begin := fmt.Sprintf([]string{"I saw it in %s.", "This is %s.", "My photo will be of %s."}[d.random.IntN(3)],
		f.found[d.random.IntN(len(f.found))])
	middle := fmt.Sprintf([]string{"With %s = %s it fits best.", "I set %s to %s and it came close.",
		"When %s goes past %s, it turns away from the curve."}[d.random.IntN(3)], name, value)
	end := []string{"", " The ends do not fit yet.", " I want to try another one tomorrow.",
		"\nQuestion: why is it so steep there?", " It surprised me that it is no straight line."}[d.random.IntN(5)]
	return begin + " " + middle + end
}
