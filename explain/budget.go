package explain

import (
	"unroll/graph"
	"unroll/op"
)

// budget is how much work goes into what is computed besides the solution itself: other readings,
// differences, losses after a step. It is counted, not timed, so that a page is the same on every
// machine; for cells of the size of an exercise it is never reached.
type budget struct {
	left  int // evaluations
	spent bool
}

// work is how many operations on numbers may be spent on the rest.
const work = 40_000_000

// overhead is what a value costs besides its entries.
const overhead = 16

// budgetOf counts the operations of one evaluation of a case; exact ones count more.
func budgetOf(s *solved) *budget {
	g := s.Graph
	if s.d != nil {
		g = s.d.Graph
	}
	steps := 0
	for i := range s.v.Series() {
		steps += s.v.T(i)
	}
	cost := 1
	for _, n := range g.Nodes {
		one := n.Shape.Len() + overhead
		if n.Kind == graph.Row && n.Row.Form == op.Product {
			one += n.Shape.Len() * n.Args[0].Shape.C
		}
		if n.Scope >= graph.Steps {
			one *= steps
		}
		if s.v.Exact(n) {
			one *= 8
		}
		cost += one
	}
	return &budget{left: work / cost}
}

// may takes a number of evaluations out of the budget, if there are as many.
func (l *teller) may(evaluations int) bool {
	if l.opt.Full || l.budget.left >= evaluations {
		l.budget.left -= evaluations
		return true
	}
	l.budget.spent = true
	return false
}
