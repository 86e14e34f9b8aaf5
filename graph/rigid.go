package graph

import "unroll/op"

// rigidity tells which expressions are known to be numbers before any shape is: numbers may stand
// for arrays, so this must be known before shapes are unified. With likely set, what is a number
// unless a matrix is reduced or indexed counts too: what sum(a) is depends on a's shape.
type rigidity struct {
	p      *program
	likely bool
	names  map[string]bool // equations
	rows   map[*expr]bool  // what has been found of rows, for one look at one equation
}

// rigidity of the program. All equations are taken to be numbers until something in them isn't, so
// that a loop of numbers is one.
func (p *program) rigidity(likely bool) *rigidity {
	r := &rigidity{p: p, likely: likely, names: map[string]bool{}, rows: map[*expr]bool{}}
	for _, q := range p.eqOrder {
		r.names[q.name] = true
		for _, dims := range p.declared[q.name] {
			r.names[q.name] = r.names[q.name] && len(dims) == 0
		}
	}
	isNot := func(q *equation) bool {
		r.rows = map[*expr]bool{} // what was found before another equation changed
		return r.names[q.name] && len(p.declared[q.name]) == 0 && !r.number(q.x)
	}
	for changed := true; changed; {
		changed = false
		for i := range p.eqOrder {
			// Forward and backward in turn, for files in either order.
			for _, q := range []*equation{p.eqOrder[i], p.eqOrder[len(p.eqOrder)-1-i]} {
				if isNot(q) {
					r.names[q.name], changed = false, true
				}
			}
		}
	}
	return r
}

// number tells whether an expression is a number: a number, a size, t, a scalar input, a component,
// a weight a[], the value of dot sum mean norm max, and what is made of such.
func (r *rigidity) number(e *expr) bool {
	switch e.kind {
	case xNum, xTime, xDim:
		return true
	case xName, xLag, xObserved:
		if in := r.p.inputs[e.name]; in != nil {
			return len(in.shape) == 0
		}
		if w := r.p.weights[e.name]; w != nil {
			return w.scalar
		}
		return r.names[e.name]
	case xPick:
		for _, s := range e.pick {
			if !s.one {
				return false
			}
		}
		return r.likely || len(e.pick) == 2
	case xSeriesSum:
		return r.number(e.args[0])
	case xNode:
		return e.node.Shape == op.Scalar
	case xRow:
		is, ok := r.rows[e]
		if !ok {
			is = r.row(e)
			r.rows[e] = is
		}
		return is
	}
	return false
}

func (r *rigidity) row(e *expr) bool {
	switch e.row.Form {
	case op.Reduce:
		return r.likely
	case op.Entrywise, op.Product, op.Transposed:
		for _, a := range e.args {
			if !r.number(a) {
				return false
			}
		}
		return len(e.args) > 0
	}
	return false
}

// drawShape: what keeps or drops numbers is a number. Otherwise a draw has the shape that its place asks for.
func (in *inference) drawShape(e *expr, s shape) {
	var like []shape
	for _, x := range e.like {
		like = append(like, in.infer(x))
	}
	in.wait(relation{e: e, step: func() bool {
		for i, x := range e.like {
			if !in.isNumber(x, like[i]) {
				return like[i].isArray()
			}
		}
		return len(like) == 0 || in.join(s, numberShape())
	}, force: noForce})
}
