package page_test

import (
	"math/big"

	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

// longConstants are the constants of a graph with more digits than a page shows, such as log(2π)/2.
func longConstants(g *graph.Graph) []series.Array {
	var all []series.Array
	for _, n := range g.Nodes {
		if n.Kind != graph.Const {
			continue
		}
		for _, x := range n.Value {
			if !series.Short(x) {
				all = append(all, series.Number(x))
			}
		}
	}
	return all
}

// findConstants finds the numbers in a formula of names that are shown rounded, and what they are. A
// number that is no such constant is what it is shown to be.
func (w *world) findConstants(f *formula) {
	if f == nil || f.numeric() {
		return
	}
	lang.Walk(f.expr, func(e lang.Expr) bool {
		n, ok := e.(*lang.Num)
		if !ok {
			return true
		}
		for _, c := range w.rounded {
			if right, exactly := shows(series.Number(n.Val), c); right && !exactly {
				w.constants[n] = new(big.Rat).Set(c.Rat[0])
			}
		}
		return true
	})
}

// hasRounded tells whether a formula has a number that is shown rounded.
func (w *world) hasRounded(f *formula) bool {
	found := false
	lang.Walk(f.expr, func(e lang.Expr) bool {
		n, ok := e.(*lang.Num)
		found = found || ok && w.constants[n] != nil
		return !found
	})
	return found
}
