package randcell

import (
	"fmt"
	"math/big"

	"unroll/op"
)

// calls defines a cell and calls it, in one of several ways.
func (b *builder) calls() {
	kinds := []string{"cell", "backward", "nested cell", "lag argument", "size argument"}
	var wanted []string
	for _, k := range kinds {
		if b.wanted[k] {
			wanted = append(wanted, k)
		}
	}
	if len(wanted) == 0 && b.chance(20) {
		wanted = append(wanted, oneOf(b, kinds...))
	}
	if len(wanted) == 0 {
		return
	}
	b.defineCell()
	for _, k := range wanted {
		b.feat("cell", k)
		b.call(k)
	}
}

// defineCell writes the cells of which calls are made: a layer, and one that holds two layers.
func (b *builder) defineCell() {
	bend := map[Mode]string{Rational: "hard_tanh", Analytic: "tanh", Any: "sigmoid", Large: "sigmoid"}[b.mode]
	b.feat(b.rowFeat(bend, 1))
	b.say("cell layer(x, d) -> h[N], k {\n  size N = 2\n  state h = 0\n  state x = 0\n"+
		"  weight W[N, 2], V[N, 2], U[N, N]\n  weight c[N]\n"+
		"  k = W*x + V*x[t-d] + c\n  h = %s(k + U*h[t-d])\n}", bend)
	b.say("cell pair(x) -> m {\n  weight P[2, 2]\n  low = layer(x, 1)\n  high, k = layer(low, 2)\n  m = P*high + k\n}")
}

// call writes one call; what it reads, its result reads.
func (b *builder) call(kind string) {
	name := b.name("m")
	back := kind == "backward"
	b.view = view{place: inForward, noNow: b.chance(60)}
	if back {
		b.view = view{place: inBackward, noY: b.fed}
	}
	b.reads = reads{}
	x, n, lag := bare(b.leaf(vec(2))), 2, 1
	if !b.reads.overTime { // a constant has no lags, and the cell takes some
		x += " + t"
	}
	switch kind {
	case "nested cell":
		b.say("%s = pair(%s)", name, x)
		b.layerWeights(name+".low", 2)
		b.layerWeights(name+".high", 2)
		b.cellWeight(name+".P", mat(2, 2))
		b.called(name, 2, false)
		return
	case "lag argument":
		lag = b.between(2, 3)
	case "size argument":
		n = 3
	}
	args := fmt.Sprintf("%s, %d", x, lag)
	if n != 2 {
		args += fmt.Sprintf(", N = %s", b.dim(n))
	}
	b.layerWeights(name, n)
	b.writeCall(name, args, n, back)
}

func (b *builder) writeCall(name, args string, n int, back bool) {
	prefix := map[bool]string{true: "backward "}[back]
	switch {
	case b.chance(30):
		b.feat("two results")
		b.say("%s, %sk = %slayer(%s)", name, name, prefix, args)
		b.called(name+"k", n, false)
	case b.chance(30):
		b.feat("call within")
		b.say("%s = 1/2 * %slayer(%s)", name, prefix, args)
		b.called(name, n, false)
		return
	default:
		b.say("%s = %slayer(%s)", name, prefix, args)
	}
	b.called(name, n, true)
}

// called makes a call's result readable.
func (b *builder) called(name string, n int, state bool) {
	e := &equation{name: name, shape: vec(n), state: state, place: b.view.place, reads: b.reads}
	e.tied, e.overTime = true, true
	b.eqs = append(b.eqs, e)
}

func (b *builder) layerWeights(prefix string, n int) {
	b.cellWeight(prefix+".W", mat(n, 2))
	b.cellWeight(prefix+".V", mat(n, 2))
	b.cellWeight(prefix+".U", mat(n, n))
	b.cellWeight(prefix+".c", vec(n))
}

func (b *builder) cellWeight(name string, s op.Shape) {
	b.cell.Weights[name] = append(b.cell.Weights[name], b.array(s, func() *big.Rat { return b.ratio() }))
}
