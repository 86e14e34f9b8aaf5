package naive

import (
	"errors"
	"math/big"

	"unroll/lang"
)

// ErrIrrational says that a function leaves the fractions.
var ErrIrrational = errors.New("this is not a rational function")

// byEntry are the functions that are applied entry by entry, with their numbers of arguments.
var byEntry = map[string]struct {
	args int
	f    func(x []Dual) Dual
}{
	"relu": {1, relu}, "leaky_relu": {1, leakyRelu}, "abs": {1, absDual}, "sign": {1, signDual},
	"hard_tanh": {1, hardTanh}, "hard_sigmoid": {1, hardSigmoid}, "clip": {3, clip}, "stop": {1, stopDual},
}

var irrational = map[string]bool{
	"elu": true, "selu": true, "gelu": true, "silu": true, "softplus": true, "sigmoid": true, "tanh": true,
	"exp": true, "log": true, "sqrt": true, "sin": true, "cos": true, "erf": true, "lgamma": true,
	"norm": true, "softmax": true, "logsumexp": true, "layer_norm": true, "normalize": true,
}

// argCounts are the numbers of arguments of the other functions.
var argCounts = map[string]int{
	"where": 3, "observed": 1, "unwindow": 1, "dropout": 2, "zoneout": 3, "noise": 1, "dot": 2, "sum": 1,
	"mean": 1, "outer": 2, "embed": 2, "onehot": 2, "fill": 2, "pooled": 1,
	"first": 1, "last": 1, "total": 1, "average": 1,
}

// call is a function's value, or a cell's result.
func (r *run) call(e *lang.Call, c at) matrix {
	if d := r.calls[site{e, c.sc}]; d != nil {
		return r.read(d, 0, c)
	}
	want, known := argCounts[e.Fn]
	if f, ok := byEntry[e.Fn]; ok {
		want, known = f.args, true
	}
	if known && len(e.Args) != want {
		fail("%s wants %d arguments", e.Fn, want)
	}
	switch e.Fn {
	case "where":
		return r.where(e, c)
	case "observed":
		return r.isObserved(e, c)
	case "unwindow":
		return r.unwindow(e, c)
	case "pooled":
		return r.pooled(e, c)
	case "first", "last", "total", "average":
		return r.overTime(e, c)
	case "dropout", "zoneout", "noise":
		return r.drawn(e, c)
	}
	if irrational[e.Fn] {
		panic(fault{ErrIrrational})
	}
	return r.apply(e, c)
}

// apply is a function of its arguments' values.
func (r *run) apply(e *lang.Call, c at) matrix {
	args := make([]matrix, len(e.Args))
	for i, a := range e.Args {
		args[i] = r.eval(a, c)
	}
	if f, ok := byEntry[e.Fn]; ok {
		return each(f.f, args...)
	}
	switch e.Fn {
	case "dot":
		return reduce(total, each(mulDual, args...))
	case "sum":
		return reduce(total, args[0])
	case "mean":
		return reduce(average, args[0])
	case "outer":
		return outer(args[0], args[1])
	case "concat":
		return concat(args)
	case "embed":
		i := toInt(args[1])
		return args[0].block(0, args[0].r-1, i, i)
	case "onehot":
		return onehot(toInt(args[0]), toInt(args[1]))
	case "fill":
		return args[0].expand(toInt(args[1]), 1)
	case "min", "max":
		return extreme(e.Fn, args)
	case "clip_gradient":
		fail("clip_gradient cannot be said in forward mode")
	}
	fail("%s is not a function", e.Fn)
	return matrix{}
}

func onehot(i, n int) matrix {
	if i < 0 || i >= n {
		fail("onehot(%d, %d)", i, n)
	}
	out := column(make([]Dual, n))
	for k := range out.e {
		out.e[k] = truth(k == i)
	}
	return out
}

// extreme is min or max: of one vector its extreme entry, of several arguments two at a time.
func extreme(fn string, args []matrix) matrix {
	if len(args) == 1 && fn == "max" {
		return reduce(highest, args[0])
	}
	if len(args) == 1 {
		return each(subDual, scalar(whole(0)), reduce(highest, each(subDual, scalar(whole(0)), args[0])))
	}
	sign := 1
	if fn == "min" {
		sign = -1
	}
	m := args[0]
	for _, a := range args[1:] {
		m = each(pick(sign), m, a)
	}
	return m
}

// where evaluates only the sides that some entry takes. The other side is asked for its shape
// alone, and only where that of the rest is open.
func (r *run) where(e *lang.Call, c at) matrix {
	cond := r.eval(e.Args[0], c)
	taken := [2]bool{}
	for _, x := range cond.e {
		if x.V != nil {
			taken[side(x)] = true
		}
	}
	parts := [2]matrix{scalar(undefined("")), scalar(undefined(""))}
	for i := range parts {
		if taken[i] {
			parts[i] = r.eval(e.Args[1+i], c)
		}
	}
	for i := range parts {
		if rows, cols := common(cond, parts[0], parts[1]); !taken[i] && rows*cols == 1 {
			if m, ok := r.try(func() matrix { return r.eval(e.Args[1+i], c) }); ok {
				parts[i] = m
			}
		}
	}
	out := newMatrix(common(cond, parts[0], parts[1]))
	for i := range out.e {
		out.e[i] = cond.entry(i)
		if out.e[i].V != nil {
			out.e[i] = parts[side(out.e[i])].entry(i)
		}
	}
	return out
}

// side is 0 for a condition that holds, 1 for one that does not.
func side(x Dual) int {
	if x.V.Sign() != 0 {
		return 0
	}
	return 1
}

// isObserved is 1 for each entry that the data have.
func (r *run) isObserved(e *lang.Call, c at) matrix {
	if c.mode != plain {
		c.mode = real
	}
	m := r.eval(e.Args[0], c)
	out := newMatrix(m.r, m.c)
	for i, x := range m.e {
		out.e[i] = truth(x.V != nil)
	}
	return out
}

// drawn is dropout, zoneout or noise.
func (r *run) drawn(e *lang.Call, c at) matrix {
	if e.Fn == "noise" {
		if r.opt.Training {
			panic(fault{ErrIrrational})
		}
		return each(func([]Dual) Dual { return whole(0) }, r.eval(e.Args[0], c))
	}
	a, p := r.eval(e.Args[0], c), r.eval(e.Args[len(e.Args)-1], c)
	keepers := each(subDual, scalar(whole(1)), p)
	if e.Fn == "dropout" {
		if !r.opt.Training {
			return a
		}
		return each(divDual, each(mulDual, a, r.keep(e, c, p, a)), keepers)
	}
	old := r.eval(e.Args[1], c)
	if !r.opt.Training {
		return each(addDual, each(mulDual, p, old), each(mulDual, keepers, a))
	}
	return each(func(x []Dual) Dual { return x[side(x[2])] }, a, old, r.keep(e, c, p, a, old))
}

// keep is 1 for each entry whose draw is not below p.
func (r *run) keep(e *lang.Call, c at, p matrix, like ...matrix) matrix {
	id, ok := r.draws[site{e, c.sc}]
	if !ok {
		fail("%s stands outside of an equation", e.Fn)
	}
	out := newMatrix(common(like...))
	for i := range out.e {
		u := number(r.draw(id, c.ser, c.t, i))
		out.e[i] = lift(compare(func(s int) bool { return s >= 0 }))([]Dual{u, p.entry(i)})
	}
	return out
}

func (r *run) draw(id string, ser, t, entry int) *big.Rat {
	if r.opt.Uniform == nil {
		fail("%s is to be drawn, but Options have no Uniform", id)
	}
	return r.opt.Uniform(id, r.id(ser), t, entry)
}
