package plan

import (
	"slices"

	"unroll/eval"
	"unroll/graph"
	"unroll/kernel"
)

// Bound is a plan bound to data: memory laid out, data in its place. Run computes; weights may be
// changed between runs. One goroutine at a time may use it.
type Bound[T kernel.Real] struct {
	plan   *Plan[T]
	leaves *eval.Leaves
	area   area // of what is shared
	mem    []T
	bytes  int // of all memory
	panels []panel[T]
	packed []T // what is in them, one after the other
	shards []*shard[T]
	home   []spot // by series
	phases []phase[T]
	weight map[string]*graph.Param
	pool   *pool[T]
	leaf   []float64 // room to read a leaf's value into
}

// spot is where a series is.
type spot struct{ shard, row int }

// phase is a part of a run: what is shared first, then the shards' loops, then sums over the series.
type phase[T kernel.Real] struct {
	common []*loop[T]
	copies []*value
	panels []*panel[T]
	shards [][]*loop[T] // by shard
	walks  []*walk[T]   // by shard: with less memory
	sums   []sum
}

// sum is a value that is added up over the shards, in their order: at is where each has its part.
type sum struct {
	v  *value
	at []int
}

// panel is a weight packed for a product.
type panel[T kernel.Real] struct {
	v      *value
	flip   bool // the weight as it stands is what multiplies from the right
	k, n   int
	data   []T
	at     int // where it begins among all
	rs, cs int
}

// Bind lays out memory for a run's data and puts the data and the weights into it. The error is that of
// the data, or says how much memory is needed if that is too much.
func (p *Plan[T]) Bind(r eval.Run) (*Bound[T], error) {
	leaves, err := eval.NewLeaves(p.g, r)
	if err != nil {
		return nil, err
	}
	b := &Bound[T]{plan: p, leaves: leaves, home: make([]spot, leaves.Series()), weight: map[string]*graph.Param{}}
	parts := b.split()
	most := 0
	for _, part := range parts {
		most = max(most, len(part))
	}
	b.area = p.layShared(most)
	b.packs()
	if err := b.allocate(parts); err != nil {
		return nil, err
	}
	for _, w := range p.g.Weights {
		b.weight[w.Name] = w
	}
	if err := b.put(r); err != nil {
		return nil, err
	}
	b.pool = newPool(b, p.options.Cores)
	b.assemble()
	return b, nil
}

// put writes a run's weights and data to their places.
func (b *Bound[T]) put(r eval.Run) error {
	for _, w := range b.plan.g.Weights {
		for i, a := range r.Weights[w.Name] {
			if err := b.SetWeight(w.Name, i, a.ToFloat().Float); err != nil {
				return err
			}
		}
	}
	return b.fill()
}

// split puts the series into shards: the longest first, so that those that end together stand together.
func (b *Bound[T]) split() [][]int {
	order := make([]int, b.leaves.Series())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return b.leaves.T(j) - b.leaves.T(i) })
	size := b.plan.shardSize(len(order))
	var parts [][]int
	for part := range slices.Chunk(order, size) {
		for row, s := range part {
			b.home[s] = spot{len(parts), row}
		}
		parts = append(parts, part)
	}
	return parts
}

// allocate makes the shards and the memory, once it is known that there is enough of it.
func (b *Bound[T]) allocate(parts [][]int) error {
	packed := 0
	for _, pn := range b.panels {
		packed += b.room(pn)
	}
	entries := b.area.size + packed
	if err := affordable[T](float64(entries) + b.least(parts)); err != nil {
		return err
	}
	for _, part := range parts {
		s := newShard(b, part)
		b.shards = append(b.shards, s)
		entries += s.area.size + len(s.scratch)*len(s.scratch[0]) + s.stored()
	}
	if err := affordable[T](float64(entries)); err != nil {
		return err
	}
	b.bytes = entries * sizeOf[T]()
	b.mem = aligned[T](b.area.size)
	b.packed = aligned[T](packed)
	at := 0
	for i := range b.panels {
		pn := &b.panels[i]
		pn.at = at
		at += b.room(*pn)
		pn.data = b.packed[pn.at:at]
	}
	for _, s := range b.shards {
		s.mem = aligned[T](s.area.size)
		s.store()
	}
	return nil
}

// packs lists the weights that products want packed.
func (b *Bound[T]) packs() {
	for _, t := range b.plan.l.tasks {
		if t.way == linear && b.panelOf(t) == nil {
			b.pack(t)
		}
	}
}

func (b *Bound[T]) pack(t *task) {
	pn := panel[T]{v: t.in[1].v, flip: t.flip, k: t.dims.C, n: t.dims.R}
	// The right operand is the weight's transpose unless it is flipped: entry (i, j) is W[j, i].
	pn.rs, pn.cs = 1, pn.k
	if t.flip {
		pn.rs, pn.cs = pn.n, 1
	}
	b.panels = append(b.panels, pn)
}

// room is how many entries a packed weight takes.
func (b *Bound[T]) room(pn panel[T]) int {
	return roundUp(b.plan.set.PanelLen(pn.k, pn.n), lanes[T]())
}

func (b *Bound[T]) panelOf(t *task) *panel[T] {
	for i := range b.panels {
		if p := &b.panels[i]; p.v == t.in[1].v && p.flip == t.flip && p.k == t.dims.C {
			return &b.panels[i]
		}
	}
	return nil
}

// common is where a shared value lies.
func (b *Bound[T]) common(v *value) []T {
	off := b.area.off[v.id]
	return b.mem[off : off+v.width]
}

// cell repeats a shared number in all lanes, from where programs read it as a vector.
func (b *Bound[T]) cell(v *value) {
	if v.width != 1 || v.copies {
		return
	}
	off := b.area.off[v.id]
	lane := b.mem[off : off+lanes[T]()]
	for i := range lane {
		lane[i] = lane[0]
	}
}

// repeat makes the copies of a shared array, one for each row of a shard.
func (b *Bound[T]) repeat(v *value) {
	from := b.common(v.repeats)
	off := b.area.off[v.id]
	to := b.mem[off : off+sharedLen[T](v, b.rows())]
	for time := range slices.Chunk(to, stride[T](v, b.rows())) {
		for len(time) > 0 {
			time = time[copy(time, from):]
		}
	}
}

// rows is how many series a shard has at most.
func (b *Bound[T]) rows() int {
	most := 0
	for _, s := range b.shards {
		most = max(most, s.rows)
	}
	return most
}
