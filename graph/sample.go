package graph

import (
	"slices"

	"unroll/op"
)

// samples tells whether the forecast of a `~` is a sample.
func (b *builder) samples(o *observe) bool {
	return b.p.choices.Paths && drawable(o.family)
}

func drawable(f *op.Family) bool { return f.Sample != "" || f.Name == "quantile" }

// sample is a draw from a family's distribution, on the scale of the left side: each entry by itself.
func (b *builder) sample(o *observe) *Node {
	s := b.in.of[o.left].fixed()
	if o.family.Name == "quantile" {
		return b.between(o, s)
	}
	bind := b.arguments(o)
	if o.family.Whole {
		a := o.family.Args[0]
		s = bind[a].Shape
		if t := b.p.choices.Temperature; t != nil {
			bind[a] = b.m.Row("/", bind[a], b.m.Number(t))
		}
	}
	bind["u"] = b.drawn(o, Unit, "u", s)
	bind["v"] = b.drawn(o, Unit, "v", s)
	bind["z"] = b.drawn(o, Gauss, "z", s)
	f := b.m.Rule(o.family.Name, o.family.Sample, bind)
	b.shapeError(o)
	return f
}

// observes is observed(y). A sample that stands for a y that isn't there counts as observed: what follows in its path
// must take it for what came.
func (b *builder) observes(m *Maker, e *expr, at place) *Node {
	k := e.p + at.k
	mask := b.observedMask(m, e.name, k)
	in := b.p.inputs[e.name]
	if in.forecast == nil || !b.feeds(in) || !b.samples(in.forecast) || at.start || at.over != Steps || at.view == real {
		return mask
	}
	first := b.t0 - in.forecast.leaf.p // before it no forecast is made
	sampled := b.m.Row(">=", b.time(b.m, place{k: k}), b.m.Int(first))
	return b.m.Row("max", mask, b.m.Fit(sampled, mask.Shape))
}

// drawn are the numbers that a sample is made of.
func (b *builder) drawn(o *observe, kind DrawKind, name string, s op.Shape) *Node {
	id := o.input.name + "_" + name
	return b.m.Add(&Node{Kind: Draw, Scope: Steps, Shape: s, Draw: DrawSpec{Kind: kind, ID: id}, Pos: o.at})
}

// between is a sample of the distribution whose quantiles lie on straight lines between those of the
// model, and are the outermost of them beyond: q₁ + Σ (qᵢ₊₁ − qᵢ)·clip((u − pᵢ)/(pᵢ₊₁ − pᵢ), 0, 1).
func (b *builder) between(o *observe, s op.Shape) *Node {
	u := b.drawn(o, Unit, "u", s)
	all := b.quantiles(o)
	if len(all) == 0 {
		return b.expr(o.args[b.nearestHalf(o)], place{over: Steps})
	}
	x := b.m.Fit(all[0].Value, s)
	for i, next := range all[1:] {
		q := all[i]
		rise := b.m.Row("-", b.m.Fit(next.Value, s), b.m.Fit(q.Value, s))
		share := b.m.Row("/", b.m.Row("-", u, q.P), b.m.Row("-", next.P, q.P))
		x = b.m.Row("+", x, b.m.Row(".*", rise, b.m.Row("clip", share, b.m.Int(0), b.m.Int(1))))
	}
	return x
}

// quantiles are those that a `~` names, by their probability; one that is named again is left out.
func (b *builder) quantiles(o *observe) []Quantile {
	at := place{over: Steps}
	var all []Quantile
	for i, q := range o.args {
		if p := b.expr(o.after[i], at); p.Kind == Const {
			all = append(all, Quantile{p, b.expr(q, at)})
		}
	}
	slices.SortStableFunc(all, func(x, y Quantile) int { return x.P.Value[0].Cmp(y.P.Value[0]) })
	return slices.CompactFunc(all, func(x, y Quantile) bool { return x.P == y.P })
}
