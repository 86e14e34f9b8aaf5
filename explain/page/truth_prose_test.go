package page_test

import (
	"fmt"
	"regexp"
	"strings"

	"unroll/series"
)

// checkShapes checks the shapes of weights: as they are with the numbers to learn, or for a layer of
// several neurons, in letters and for one size.
func (a *audit) checkShapes(rows [][]string) {
	run, size := a.run, ""
	if len(rows[0]) > 3 {
		_, size, _ = strings.Cut(rows[0][3], "= ")
		var err error
		if run, err = a.shapedAs(size); err != nil {
			a.wrong(rows[0][3], "%v", err)
			return
		}
	}
	for i, row := range rows[1:] {
		where := "the shape of " + row[0]
		if i >= len(run.Graph().Weights) || len(row) < len(rows[0]) {
			a.wrong(where, "there is no such weight, or a column is missing")
			continue
		}
		w := run.Graph().Weights[i]
		if a.weightAt(row[0]) != w.Name {
			a.wrong(where, "it is %s", w.Name)
			continue
		}
		a.counts["table cells"]++
		shape, count := w.Node.Shape.String(), w.Node.Shape.Len()
		switch {
		case w.Fixed:
			count = 0
		case w.PerSeries:
			count *= len(run.Data().Series)
		}
		switch {
		case size == "" && (inLetters(row[1]) != inLetters(shape) || row[2] != fmt.Sprint(count)):
			a.wrong(where, "%s with %s numbers, and it is %s with %d", row[1], row[2], shape, count)
		case size != "" && (inLetters(row[3]) != inLetters(shape) || strings.ReplaceAll(row[2], "H", size) != row[3]):
			a.wrong(where, "%s, with %s %s, and it is %s", row[2], rows[0][3], row[3], shape)
		}
	}
}

// inLetters is a shape without words: a number, in any language, is "".
func inLetters(shape string) string {
	if strings.HasPrefix(shape, "[") {
		return shape
	}
	return ""
}

const numberPattern = `−?[0-9]+(?:[./][0-9]+)?(?:·10(?:\^\{−?[0-9]+\}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?`

var (
	numberInProse   = regexp.MustCompile(numberPattern)
	equalityInProse = regexp.MustCompile(`(\pL\pM*[\pL\pM₀-₉]*_(?:\{−?[0-9]+\}|[0-9]+)) ([=≈]) (` + numberPattern + `)`)
	missedInProse   = regexp.MustCompile(`^[•\s]*(∂L/∂\S+): \D*?((?:≈ )?` + numberPattern + `)\D*?((?:≈ )?` + numberPattern + `)\D*$`)
)

// checkProse checks what sentences say of numbers: a value, ŷ_2 = 0.25; what a formula gives that
// looks at one step alone, and the derivative; what both sides of an identity are; the loss before a
// step, above the table of what it is after it.
func (a *audit) checkProse(text string, before, after block) {
	for _, m := range equalityInProse.FindAllStringSubmatch(text, -1) {
		f, err := a.words.formulaOf(m[1])
		if err != nil {
			a.wrong(text, "%v", err)
			continue
		}
		// The sentence doesn't say of which series.
		a.said(text, m[2]+" "+m[3], func(i int) (series.Array, error) { return a.value(f, moment{series: i}) })
	}
	if m := missedInProse.FindStringSubmatch(text); m != nil {
		r := a.slopeAt(m[1])
		direct, err := a.direct()
		if err != nil {
			fault("%v", err)
		}
		a.counts["numbers in sentences"] += 2
		a.cell(text, m[2], direct[r.by.name][0])
		a.cell(text, m[3], a.slope(r, moment{}))
	}
	numbers := numberInProse.FindAllString(text, -1)
	left, err := a.words.formulaOf(before.left)
	switch {
	case before.kind == chained && len(before.links) == 1 && err == nil && len(left.refs) > 1 && len(numbers) == 2:
		for _, n := range numbers {
			a.said(text, n, func(int) (series.Array, error) { return a.value(left, moment{}) })
		}
	case after.kind == table && isMoves(after.rows) && a.values["L"] != nil && len(numbers) == 1:
		a.said(text, numbers[0], func(int) (series.Array, error) { return a.values["L"](0, 0), nil })
	}
}

// said checks a number in a sentence, which may be of any series.
func (a *audit) said(where, number string, truth func(i int) (series.Array, error)) {
	a.counts["numbers in sentences"]++
	f, err := a.words.formulaOf(strings.TrimLeft(number, "=≈ "))
	if err != nil {
		a.wrong(where, "%v", err)
		return
	}
	page, err := a.value(f, moment{})
	for i := range a.world.series {
		if t, err2 := truth(i); err == nil && err2 == nil {
			if right, _ := shows(page, t); right {
				return
			}
		}
	}
	a.wrong(where, "%q is none of the fresh run's", number)
}
