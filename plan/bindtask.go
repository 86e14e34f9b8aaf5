package plan

import (
	"unroll/graph"
	"unroll/op"
)

// action binds a task that isn't entry by entry.
func (b *Bound[T]) action(s *shard[T], t *task) []action[T] {
	set := b.plan.set
	out := s.view(ref{v: t.out})
	n := t.node
	args := make([]view[T], len(t.in))
	for i, r := range t.in {
		args[i] = s.view(r)
	}
	switch t.way {
	case linear:
		return []action[T]{&product[T]{set: set, out: out, x: args[0], panel: b.panelOf(t), add: t.add, crew: s.sharing()}}
	case each:
		k := n.Args[0].Shape.C
		p := &products[T]{set: set, out: out, a: args[0], b: args[1], flips: t.flips, m: n.Shape.R, k: k, n: n.Shape.C}
		if st := s.steadyOf(p, t.in[0], t.in[1]); st != nil {
			return []action[T]{st}
		}
		return []action[T]{p}
	case gradient:
		part := s.part(t)
		all := &gathers{times: b.plan.options.segment}
		for _, o := range t.outer {
			all.all = append(all.all, &gather[T]{set: set, out: part, u: s.view(o.u), v: s.view(o.v), scratch: s.scratch, crew: s.sharing()})
		}
		return []action[T]{all}
	case gathered:
		all := &gathers{times: b.plan.options.segment}
		for _, o := range t.outer {
			all.all = append(all.all, &gathering[T]{set: set, out: out, u: s.view(o.u), v: s.view(o.v), scratch: s.scratch[0]})
		}
		return []action[T]{all}
	case pooled:
		return []action[T]{&pooling[T]{set: set, out: s.part(t), x: args[0]}}
	}
	return []action[T]{s.entries(t, out, args)}
}

// entries moves a node's entries, or asks the table for them.
func (s *shard[T]) entries(t *task, out view[T], args []view[T]) action[T] {
	n := t.node
	switch n.Kind {
	case graph.Window:
		return s.stack(out, t.over, n.P, n.Q)
	case graph.Shift:
		return s.stack(out, t.over, n.K, n.K)
	case graph.Fold:
		return &overlay[T]{out: out, x: s.view(t.over), p: n.P, q: n.Q}
	}
	if from := movesOf(n); from != nil {
		return newMoves(out, args, from)
	}
	x := &table[T]{node: n, out: out, args: args}
	for _, a := range n.Args {
		x.in = append(x.in, op.FloatArray{Shape: a.Shape, Data: make([]float64, a.Shape.Len())})
	}
	return x
}

// movesOf lists which entries make an entry of a linear row; nil if it multiplies.
func movesOf(n *graph.Node) [][]move {
	if n.Row.Terms == nil || n.Row.Form == op.Product || n.Row.Form == op.Iota {
		return nil
	}
	shapes, consts := make([]op.Shape, len(n.Args)), make([]int, len(n.Args))
	for i, a := range n.Args {
		shapes[i], consts[i] = a.Shape, -1
		if a.Kind == graph.Const && a.Shape == op.Scalar && a.Value[0].IsInt() {
			consts[i] = int(a.Value[0].Num().Int64())
		}
	}
	var out [][]move
	for i := range n.Shape.R {
		for j := range n.Shape.C {
			from := []move{}
			for _, term := range n.Row.Terms(shapes, consts, i, j) {
				if len(term) != 1 {
					return nil
				}
				r := term[0]
				from = append(from, move{r.Arg, r.Row*shapes[r.Arg].C + r.Col})
			}
			out = append(out, from)
		}
	}
	return out
}
