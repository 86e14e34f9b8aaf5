package unroll_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/internal/randcell"
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
			if refused(c) {
				n.refused++
				rt.Skip("its shapes aren't found")
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
	t.Logf("%d cells were refused", n.refused)
	if n.refused > 2+n.cells/50 {
		t.Error("more than one in fifty")
	}
	for _, f := range randcell.Features(randcell.Any) {
		row := strings.HasPrefix(f, "row ") || strings.HasPrefix(f, "family ")
		if row && f != "row clip_gradient" && n.drawn[f] == 0 && n.cells >= 200 {
			t.Errorf("%s was never checked", f)
		}
	}
}

// refused tells whether a cell can't be bound. Few are: shapes that are found too late.
func refused(c randcell.Cell) bool {
	cell, err := unroll.Parse("random.cell", c.Text)
	if err == nil {
		_, err = cell.Bind(c.Data, options(c))
	}
	return err != nil
}

// jiggle moves the weights off the quarters that they are drawn from, where kinks are: what holds
// there is checked row by row.
func jiggle(t *rapid.T, c randcell.Cell) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "jiggle"), 0))
	for _, name := range slices.Sorted(maps.Keys(c.Weights)) {
		for i, a := range c.Weights[name] {
			c.Weights[name][i] = moved(a, func() float64 { return 0.04 * (random.Float64() - 0.5) })
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

// differs holds a slope against differences. It is false where they don't settle: at a kink, or near
// one, where other steps give another number.
func (p *pair) differs(s slope, whole []slope, n *counts) bool {
	n.differences++
	want, off := p.difference(s, 1)
	size := p.scale(want, whole)
	if !(math.Abs(s.got-want) <= 1e-7*size) && off <= 3e-8*size {
		again, _ := p.difference(s, 1./7)
		off = math.Abs(want - again)
	}
	if !(off <= 3e-8*size) {
		n.skipped++
		return false
	}
	p.near(s, want, 1e-7, whole)
	return true
}

// difference is the derivative by differences, and how far off it may be: that to the right and that
// to the left, and what they differ by. At a kink they do. The steps are of a size.
func (p *pair) difference(s slope, size float64) (d, off float64) {
	here := real(p.loss.Value())
	slopeTo := func(side float64) float64 {
		return extrapolated(func(h float64) float64 {
			h *= side * size
			return (real(p.loss.Value(s.bump(h))) - here) / h
		})
	}
	right, left := slopeTo(1), slopeTo(-1)
	return (right + left) / 2, math.Abs(right - left)
}

// extrapolated is what f(h) comes to at h = 0, by Richardson's extrapolation over halved steps: the
// entry of his table that differs least from those beside it (Ridders 1982).
func extrapolated(f func(h float64) float64) float64 {
	const halvings = 11
	var table [halvings][halvings]float64
	best, off := math.NaN(), math.Inf(1)
	for i := range halvings {
		table[i][0] = f(math.Ldexp(1, -5-i))
		for j := 1; j <= i; j++ {
			two := math.Ldexp(1, j)
			table[i][j] = (two*table[i][j-1] - table[i-1][j-1]) / (two - 1)
			e := max(math.Abs(table[i][j]-table[i][j-1]), math.Abs(table[i][j]-table[i-1][j-1]))
			if e < off {
				best, off = table[i][j], e
			}
		}
	}
	return best
}
