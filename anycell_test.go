package unroll_test

import (
	"math"
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
		if stops || err == nil && i%differenceEvery != 0 {
			continue
		}
		n.differences++
		want, smooth := p.difference(s)
		if !smooth || p.uncertain {
			n.skipped++
			continue
		}
		p.near(s, want, 1e-7, whole)
		checked = true
	}
	return checked
}
