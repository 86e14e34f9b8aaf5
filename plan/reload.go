package plan

import (
	"slices"

	"unroll/eval"
	"unroll/graph"
)

// Reload puts other data and weights into the memory that there is: a batch after another, without anything
// being laid out anew. It fits if it has as many series, none of them longer than there is room for (see
// Options.Room); with less memory each must be as long as before. If it doesn't, nothing is changed. The
// error is that of the data.
func (b *Bound[T]) Reload(r eval.Run) (fits bool, err error) {
	leaves, err := eval.NewLeaves(b.plan.g, r)
	if err != nil || leaves.Series() != len(b.home) {
		return false, err
	}
	old := b.leaves
	b.leaves = leaves
	parts := b.split()
	for i, part := range parts {
		if !b.shards[i].holds(part, old) {
			b.leaves = old
			b.split()
			return false, nil
		}
	}
	for i, part := range parts {
		b.shards[i].series = part
		if b.plan.routes == nil {
			b.shards[i].enlist()
		}
	}
	return true, b.put(r)
}

// holds tells whether other series fit a shard's memory.
func (s *shard[T]) holds(part []int, old *eval.Leaves) bool {
	if s.stretches == nil {
		return s.b.leaves.T(part[0]) <= s.room
	}
	// The stretches were cut for these lengths.
	return slices.EqualFunc(part, s.series, func(x, y int) bool { return s.b.leaves.T(x) == old.T(y) })
}

// Redraw draws the random numbers of another run of the same data.
func (b *Bound[T]) Redraw(r eval.Run) error {
	b.leaves.Redraw(r.Draw)
	for _, v := range b.plan.l.values {
		if v.leaf && v.node.Kind == graph.Draw {
			if err := b.fillLeaf(v); err != nil {
				return err
			}
		}
	}
	return nil
}
