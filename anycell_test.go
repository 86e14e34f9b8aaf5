package unroll_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/randcell"
	"unroll/series"
)

// TestAnyCell holds the derivative of random cells that may hold anything against differences, where
// the loss is smooth around the point, and against the complex step, which takes the derivative of
// the branch.
func TestAnyCell(t *testing.T) {
	t.Parallel()
	n := newCounts(randcell.Any)
	for range 4 { // of 100 cells each
		rapid.Check(t, func(rt *rapid.T) {
			c := randcell.Draw(rt, randcell.Any)
			if c.Has("row clip_gradient") {
				rt.Skip("its derivative isn't that of the value")
			}
			jiggle(rt, c)
			p := newPair(rt, c)
			p.sameLoss()
			if p.anyCell(n) {
				n.cell(c)
			}
		})
	}
	n.report(t, 0.25)
	for _, f := range randcell.Features(randcell.Any) {
		row := strings.HasPrefix(f, "row ") || strings.HasPrefix(f, "family ")
		if row && f != "row clip_gradient" && n.drawn[f] == 0 && n.cells >= 200 {
			t.Errorf("%s was never checked", f)
		}
	}
}

// jiggle moves the weights off the quarters that they are drawn from, where kinks are: what holds
// there is checked row by row.
func jiggle(t *rapid.T, c randcell.Cell) {
	for _, name := range sortedNames(c.Weights) {
		for i, a := range c.Weights[name] {
			c.Weights[name][i] = moved(a, func() float64 {
				return float64(rapid.IntRange(-999, 999).Draw(t, "jiggle")) / 33333
			})
		}
	}
}

// anyCell checks a cell's gradient in both ways. A derivative that is stopped is no limit of
// differences.
func (p *pair) anyCell(n *counts) bool {
	stops := p.c.Stop || p.c.Has("row stop")
	checked := false
	whole := p.gradient(p.derivative.Weight)
	for i, s := range whole {
		want, err := p.loss.Derivative(s.weight, s.copy, s.entry)
		if err == nil {
			p.near(s, want, 1e-9, whole)
			n.steps++
			checked = true
		}
		// Differences take thirty times as long, so not every entry has both.
		if stops || err == nil && i%4 != 0 {
			continue
		}
		checked = p.differs(s, whole, n) || checked
	}
	return checked
}

// differs holds a slope against differences. It is false where they don't settle: at a kink.
func (p *pair) differs(s slope, whole []slope, n *counts) bool {
	n.differences++
	want, off := p.difference(s)
	if !(off <= 3e-8*p.scale(want, whole)) {
		n.skipped++
		return false
	}
	p.near(s, want, 1e-7, whole)
	return true
}

// difference is the derivative by differences: Richardson's extrapolation over halved steps, of which
// the entry of the table is taken that differs least from those beside it, and by how much it does
// (Ridders 1982). Where the sides disagree the error is infinite.
func (p *pair) difference(s slope) (d, off float64) {
	at := func(h float64) float64 { return real(p.loss.Value(s.bump(h))) }
	const halvings = 12
	var table [halvings][halvings]float64
	d, off = math.NaN(), math.Inf(1)
	for i := range halvings {
		h := math.Ldexp(1, -5-i)
		table[i][0] = (at(h) - at(-h)) / (2 * h)
		for j := 1; j <= i; j++ {
			four := math.Ldexp(1, 2*j)
			table[i][j] = (four*table[i][j-1] - table[i-1][j-1]) / (four - 1)
			e := max(math.Abs(table[i][j]-table[i][j-1]), math.Abs(table[i][j]-table[i-1][j-1]))
			if e < off {
				d, off = table[i][j], e
			}
		}
	}
	if kinked(at) {
		return d, math.Inf(1)
	}
	return d, off
}

// kinked tells whether the differences to both sides come no nearer as the step gets smaller, nor
// are alike already.
func kinked(at func(h float64) float64) bool {
	here := at(0)
	gap := func(h float64) (gap, size float64) {
		right, left := (at(h)-here)/h, (here-at(-h))/h
		return math.Abs(right - left), max(math.Abs(right), math.Abs(left)) + math.Abs(here)
	}
	wide, size := gap(0x1p-14)
	narrow, _ := gap(0x1p-17)
	return !(narrow <= wide/3 || narrow <= 1e-8*size)
}

// sortedNames keeps what is drawn in an order.
func sortedNames(weights map[string][]series.Array) []string {
	return slices.Sorted(maps.Keys(weights))
}
