package graph

import (
	"unroll/op"
)

// inWindows is the own forecast of y as it is fed back where a forecast of several times at once goes on
// past the end of the data: at the time it is about. Up to the end it is the first time of the latest
// window, as ever; after it, windows follow each other whole, the first of them beginning at the first
// time that is still to come. latest is what is known of it up to the end, made ahead times before.
func (b *builder) inWindows(o *observe, latest *Node, ahead int) *Node {
	if n := b.windows[o]; n != nil {
		return n
	}
	s := b.in.shapeOf(o.input.name)
	n := b.m.Equation(b.freeName(o.input.name+"_ahead"), Steps, s, o.at)
	b.windows[o] = n

	length := o.leaf.p - o.leaf.q + 1
	carried := b.carried(o) // (length, 1), or (length, entries of y)
	kept := b.m.Equation(b.freeName(o.input.name+"_window"), Steps, carried.Shape, o.at)
	begins := b.m.Row("==", b.phase(length, ahead), b.m.Int(0))
	begins = b.m.Row(".*", begins, b.toCome(ahead))
	kept.Args = []*Node{b.m.Row("where", begins, carried, b.m.Shift(kept, 1))}

	row := b.m.Row("*", b.m.Row("'", b.m.Row("onehot", b.phase(length, 0), b.m.Int(length))), b.m.Shift(kept, ahead))
	if s != row.Shape {
		row = b.m.Row("'", row)
	}
	n.Args = []*Node{b.m.Row("where", b.toCome(0), row, b.m.Shift(latest, ahead))}
	return n
}

// toCome is 1 where t+k is a time that is still to come.
func (b *builder) toCome(k int) *Node {
	return b.m.Row(">=", b.time(b.m, place{k: -k}), b.end())
}

// phase is how many times after the beginning of its window t+k lies, among windows of n times that begin
// at the first time still to come.
func (b *builder) phase(n, k int) *Node {
	return b.m.Row("mod", b.m.Row("-", b.time(b.m, place{k: -k}), b.end()), b.m.Int(n))
}

// end is the first time of a series that is still to come.
func (b *builder) end() *Node {
	all := b.m.In(Times)
	return all.Total(all.Mask(MaskSpec{Kind: Past}, op.Scalar))
}
