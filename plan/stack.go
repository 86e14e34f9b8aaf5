package plan

import "unroll/kernel"

// gang is products of one vector with several weights, such as the gates of an LSTM: where a shard has
// one series they are one product, whose panels are theirs side by side.
type gang struct {
	tasks []*task
	width int // of them all
}

// stack finds products that follow each other in a scan's step and read the same vector.
func (l *lowering) stack() {
	if l.without["stack"] {
		return
	}
	seen := map[ref]bool{} // packed weights that are in a gang already
	for _, g := range l.groups {
		for i := 0; i < len(g.ops) && !g.dilated(); {
			s := sameVector(g.ops[i:])
			i += max(1, len(s.tasks))
			if len(s.tasks) > 1 && !s.repeats(seen) {
				for _, t := range s.tasks {
					t.gang = s
				}
			}
		}
	}
}

// sameVector is the products that a list of operations begins with and that read what the first reads.
func sameVector(ops []stepOp) *gang {
	s := &gang{}
	for _, op := range ops {
		t := op.task
		if t == nil || t.way != linear {
			break
		}
		if s.tasks != nil && (t.in[0] != s.tasks[0].in[0] || t.add != s.tasks[0].add || t.dims != s.tasks[0].dims) {
			break
		}
		s.tasks = append(s.tasks, t)
		s.width += t.out.width
	}
	return s
}

// repeats tells whether a weight stands in two gangs, or twice in one: its panel has one place.
func (s *gang) repeats(seen map[ref]bool) bool {
	for _, t := range s.tasks {
		if seen[t.in[1]] {
			return true
		}
	}
	for _, t := range s.tasks {
		seen[t.in[1]] = true
	}
	return false
}

// stacked is a gang's products as one, for one row.
type stacked[T kernel.Real] struct {
	product[T]
	outs []view[T] // whose entries, side by side, are the product's
}

func (p *stacked[T]) at(t, _ int) {
	room := p.out.mem
	w := p.outs[0].width
	if p.add {
		for i, o := range p.outs {
			copy(room[i*w:][:w], o.entries(t, 0))
		}
	}
	p.set.Mul(room, len(room), p.x.at(t, 0), p.x.row, 1, p.panel.data, p.panel.k, p.panel.n, p.add)
	for i, o := range p.outs {
		copy(o.entries(t, 0), room[i*w:][:w])
	}
}

func (p *stacked[T]) over(lo, hi, rows int, _ bool) {
	for t := lo; t < hi; t++ {
		p.at(t, rows)
	}
}

// stacked makes a gang's products one action, if that can be: at its first task; the others are then none.
func (b *Bound[T]) stacked(s *shard[T], t *task) ([]action[T], bool) {
	g := t.gang
	if g == nil || s.rows != 1 || !b.plan.set.Joins(t.out.width) {
		return nil, false
	}
	if pn := b.panelOf(t); b.room(*pn) != b.plan.set.PanelLen(pn.k, pn.n) {
		return nil, false // there is a gap before the next
	}
	if t != g.tasks[0] {
		return nil, true
	}
	one := &panel[T]{k: t.dims.C, n: g.width}
	one.data = b.panelOf(t).data[:b.plan.set.PanelLen(one.k, one.n)] // the others' follow
	p := &stacked[T]{product: product[T]{set: b.plan.set, x: s.view(t.in[0]), panel: one, add: t.add}}
	p.out.mem = aligned[T](g.width)
	for _, t := range g.tasks {
		p.outs = append(p.outs, s.view(ref{v: t.out}))
	}
	return []action[T]{p}, true
}
