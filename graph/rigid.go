package graph

import "unroll/op"

// rigidEquations are the equations that are known to be numbers whatever the shapes of the rest:
// numbers may stand for arrays, so this must be known before shapes are unified. All equations
// are taken to be so until something in them isn't (so that a loop of numbers is one).
func (p *program) rigidEquations() map[string]bool {
	in := &inference{p: p, rigid: map[string]bool{}}
	for _, q := range p.eqOrder {
		in.rigid[q.name] = len(p.declared[q.name]) == 0
		for _, dims := range p.declared[q.name] {
			in.rigid[q.name] = len(dims) == 0
		}
	}
	for changed := true; changed; {
		changed = false
		for _, q := range p.eqOrder {
			if in.rigid[q.name] && len(p.declared[q.name]) == 0 && !in.isRigid(q.x) {
				in.rigid[q.name], changed = false, true
			}
		}
	}
	return in.rigid
}

// isRigid tells whether an expression is known to be a number: a number, a size, t, a scalar input,
// a component, the value of dot sum mean norm max, a weight a[], and what is made of such.
func (in *inference) isRigid(e *expr) bool {
	p := in.p
	switch e.kind {
	case xNum, xTime, xDim:
		return true
	case xName, xLag, xObserved:
		if x := p.inputs[e.name]; x != nil {
			return len(x.shape) == 0
		}
		if w := p.weights[e.name]; w != nil {
			return w.scalar
		}
		return in.rigid[e.name]
	case xPick:
		for _, s := range e.pick {
			if !s.one {
				return false
			}
		}
		return true
	case xSeriesSum:
		return in.isRigid(e.args[0])
	case xNode:
		return e.node.Shape == op.Scalar
	case xRow:
		return in.isRigidRow(e)
	}
	return false
}

func (in *inference) isRigidRow(e *expr) bool {
	switch e.row.Form {
	case op.Reduce:
		return true
	case op.Entrywise, op.Product, op.Transposed:
		for _, a := range e.args {
			if !in.isRigid(a) {
				return false
			}
		}
		return len(e.args) > 0
	}
	return false
}
