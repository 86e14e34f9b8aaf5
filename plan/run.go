package plan

import (
	"fmt"

	"unroll/graph"
)

// Run computes all values.
func (b *Bound[T]) Run() {
	for i := range b.phases {
		p := &b.phases[i]
		for _, lp := range p.common {
			lp.run()
		}
		for _, v := range p.copies {
			b.repeat(v)
		}
		for _, pn := range p.panels {
			b.plan.set.Pack(pn.data, b.common(pn.v), pn.k, pn.n, pn.rs, pn.cs)
		}
		b.pool.run(p)
		for _, x := range p.sums {
			b.sum(x)
		}
	}
}

// sum adds up the shards' parts, in their order.
func (b *Bound[T]) sum(x sum) {
	out := b.common(x.v)
	clear(out)
	for i, s := range b.shards {
		for j, v := range s.mem[x.at[i]:][:len(out)] {
			out[j] += v
		}
	}
	b.cell(x.v)
}

// SetWeight gives a weight its values, row after row; series is 0 unless there is one a series. The error
// says that there is no such weight, or that it has another size.
func (b *Bound[T]) SetWeight(name string, series int, values []float64) error {
	w := b.weight[name]
	if w == nil {
		return fmt.Errorf("the plan has no weight %s", name)
	}
	v := b.plan.l.by[w.Node]
	if v == nil {
		return nil // nothing reads it
	}
	if len(values) != v.width || series < 0 || w.PerSeries && series >= len(b.home) || !w.PerSeries && series > 0 {
		return fmt.Errorf("weight %s: %d values, series %d", name, len(values), series)
	}
	to := b.place(v, series, 0)
	for i, x := range values {
		to[i] = T(x)
	}
	if v.hold == shared {
		b.cell(v)
	}
	return nil
}

// place is where a value lies in a series at a time.
func (b *Bound[T]) place(v *value, series, t int) []T {
	if v.hold == shared {
		return b.common(v)
	}
	at := b.home[series]
	return b.shards[at.shard].whole(v).entries(t, at.row)
}

// At is a root's value in a series at a time, row after row, as the last run computed it. It is the plan's own
// memory. Outside the node's times it is nil.
func (b *Bound[T]) At(n *graph.Node, series, t int) []T {
	r := b.plan.l.ref(imageOf(n, b.plan.l.copies))
	if r.v.hold == full {
		lo := 0
		if n.Scope == graph.Steps {
			lo = b.plan.g.T0
		}
		if t < lo || t >= b.leaves.T(series) {
			return nil
		}
	}
	return b.place(r.v, series, t-r.lag)
}

// fill puts the data, the constants and what is drawn in their places.
func (b *Bound[T]) fill() error {
	for _, v := range b.plan.l.values {
		if !v.leaf || v.node.Kind == graph.Weight {
			continue
		}
		if err := b.fillLeaf(v); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bound[T]) fillLeaf(v *value) error {
	n := v.node
	switch {
	case n.Kind == graph.Const:
		to := b.common(v)
		for i, x := range n.Value {
			f, _ := x.Float64()
			to[i] = T(f)
		}
		b.cell(v)
	case v.hold == shared:
		if err := b.copyLeaf(n, 0, 0, b.common(v)); err != nil {
			return err
		}
		b.cell(v)
	default:
		for i := range b.home {
			if err := b.fillSeries(v, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillSeries writes a leaf's values in one series, also those after its end that leads read, and 0 where data
// before may have been longer.
func (b *Bound[T]) fillSeries(v *value, series int) error {
	if v.hold != full {
		return b.copyLeaf(v.node, series, 0, b.place(v, series, 0))
	}
	lo, hi := b.leaves.Span(v.node, series)
	end := b.shards[b.home[series].shard].span() + v.after
	hi = min(hi, end)
	for t := max(lo, hi); t < end; t++ {
		clear(b.place(v, series, t))
	}
	for ; lo < hi; lo += leafTimes {
		if err := b.copyTimes(v, series, lo, min(lo+leafTimes, hi)); err != nil {
			return err
		}
	}
	return nil
}

// leafTimes is how many times of a leaf are read at once.
const leafTimes = 64

// copyTimes writes a leaf's values at the times lo to hi-1.
func (b *Bound[T]) copyTimes(v *value, series, lo, hi int) error {
	in := b.leafRoom((hi - lo) * v.width)
	if err := b.leaves.ReadTimes(v.node, series, lo, hi, in); err != nil {
		return err
	}
	at := b.home[series]
	to := b.shards[at.shard].whole(v)
	for t := lo; t < hi; t++ {
		out := to.entries(t, at.row)
		for i := range out {
			out[i] = T(in[(t-lo)*v.width+i])
		}
	}
	return nil
}

// leafRoom is room to read n entries into.
func (b *Bound[T]) leafRoom(n int) []float64 {
	if len(b.leaf) < n {
		b.leaf = make([]float64, n)
	}
	return b.leaf[:n]
}

func (b *Bound[T]) copyLeaf(n *graph.Node, series, t int, to []T) error {
	in := b.leafRoom(len(to))
	if err := b.leaves.Read(n, series, t, in); err != nil {
		return err
	}
	for i := range to {
		to[i] = T(in[i])
	}
	return nil
}

// shardSize is how many series are computed together: a function of the work, never of the cores. Fewer
// keep more cores busy; but a program's operations want some hundred entries each, and a product some rows.
func (p *Plan[T]) shardSize(series int) int {
	if p.options.Shard > 0 {
		return p.options.Shard
	}
	const few, many, entries = 8, 16, 512
	width := 1
	for _, g := range p.l.groups {
		for _, op := range g.ops {
			width = max(width, widest(op.program))
		}
	}
	size := max(few, entries/width, min(many, series/4))
	if series <= size && series*width >= entries {
		size = (series + 1) / 2 // so that there are two
	}
	return max(1, min(series, size))
}
