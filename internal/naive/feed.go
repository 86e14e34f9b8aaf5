package naive

import (
	"math/big"
	"strconv"
	"strings"

	"unroll/lang"
)

// feed is which y the equations see.
type feed struct {
	limited bool     // observed up to `last` only
	last    int      // K
	own     *big.Rat // the probability of the own forecast in training, nil for none
}

func (r *run) parseFeed() feed {
	how, arg, _ := strings.Cut(r.opt.Feed, ":")
	switch how {
	case "", "teacher":
		return feed{}
	case "free":
		return feed{limited: true, last: r.t0 - 1}
	case "observed":
		k, err := strconv.Atoi(arg)
		if err != nil || !r.within(k) {
			fail("observed:%s: there is no such time", arg)
		}
		return feed{limited: true, last: k}
	case "sampled":
		p, ok := rat().SetString(arg)
		if !ok {
			fail("sampled:%s: a probability is wanted", arg)
		}
		if !r.opt.Training {
			return feed{}
		}
		return feed{own: p}
	}
	fail("%s is not a way to feed", r.opt.Feed)
	return feed{}
}

// within tells whether some series reaches k.
func (r *run) within(k int) bool {
	for _, b := range r.data {
		if k < b.T {
			return true
		}
	}
	return false
}

// observation is a `~` with the input that it observes.
type observation struct {
	*lang.Observe
	y       *def
	node    lang.Expr // where y stands on the left
	offsets []int     // its times
	window  bool
}

// covers tells whether reading d at the offsets reads just what is observed.
func (o *observation) covers(d *def, offsets []int) bool {
	if d != o.y || len(offsets) != len(o.offsets) {
		return false
	}
	for i, k := range offsets {
		if k != o.offsets[i] {
			return false
		}
	}
	return true
}

// ahead is how long before its time a forecast is made.
func (o *observation) ahead() int { return o.offsets[0] }

// observations finds the y of each `~`; the first for each y is its forecast.
func (r *run) observations() {
	for _, s := range r.obs {
		o := r.observationOf(s)
		r.observed = append(r.observed, o)
		if r.forecast[o.y] == nil && !o.y.input.PerSeries {
			r.forecast[o.y] = o
		}
	}
}

// observationOf looks for the y on the left: an input now or ahead that is not known, or else
// one of those with one value a series.
func (r *run) observationOf(s *lang.Observe) *observation {
	var found []*observation
	lang.Walk(s.Left, func(e lang.Expr) bool {
		o := &observation{Observe: s, node: e}
		switch e := e.(type) {
		case *lang.Name:
			o.offsets = []int{0}
		case *lang.Index:
			o.offsets, _ = r.offsets(e, r.file)
			o.window = e.Items[0].Hi != nil
		}
		if o.offsets == nil {
			return true
		}
		o.y = r.reads(e, r.file, true)[0].d
		if o.y != nil && o.y.kind == isInput && !o.y.input.Known && o.ahead() >= 0 {
			found = append(found, o)
		}
		return false
	})
	for _, perSeries := range []bool{false, true} {
		for _, o := range found {
			if o.y.input.PerSeries == perSeries {
				return o
			}
		}
	}
	fail("no input stands on the left of ~")
	return nil
}

// seen is the input d at time s as equations see it: observed, or the model's own forecast.
func (r *run) seen(d *def, ser, s int) matrix {
	data := r.raw(d, ser, s)
	o := r.forecast[d]
	if o == nil || s < r.t0+o.ahead() {
		return data
	}
	out := newMatrix(data.r, data.c)
	for i, x := range data.e {
		out.e[i] = x
		if x.V == nil || r.ownFed(d, ser, s, i) {
			out.e[i] = r.ownForecast(o, ser, s).expand(data.r, data.c).e[i]
		}
	}
	return out
}

func (r *run) ownFed(d *def, ser, s, entry int) bool {
	if r.feed.limited {
		return s > r.feed.last
	}
	return r.feed.own != nil && r.draw(d.name+"_fed", ser, s, entry).Cmp(r.feed.own) < 0
}

// ownForecast is the model's forecast of y at time s, on y's own scale.
func (r *run) ownForecast(o *observation, ser, s int) matrix {
	return r.once(key{d: o.y, ser: ser, t: s, forecast: true}, func() matrix {
		c := at{sc: r.file, ser: ser, t: s - o.ahead()}
		m := r.invert(o.Left, o.node, r.eval(r.forecastOf(o.Family), c), c)
		if o.window && !m.single() {
			m = m.row(0).transposed()
		}
		if r.opt.Stop {
			m = each(stopDual, m)
		}
		return m
	})
}

// forecastOf is the argument of a family that is its forecast.
func (r *run) forecastOf(f *lang.Call) lang.Expr {
	if len(f.Args) == 0 {
		fail("%s has no arguments", f.Fn)
	}
	switch {
	case f.Fn == "quantile":
		return f.Args[r.nearestHalf(f)]
	case f.Fn == "score" && len(f.After) == 1:
		return f.After[0]
	case families[f.Fn] == 0:
		panic(fault{ErrIrrational})
	}
	return f.Args[0]
}

// invert gives the y for which the expression e has the value m; y stands in it at the hole.
func (r *run) invert(e, hole lang.Expr, m matrix, c at) matrix {
	if e == hole {
		return m
	}
	switch e := e.(type) {
	case *lang.Paren:
		return r.invert(e.X, hole, m, c)
	case *lang.Unary:
		return r.invert(e.X, hole, each(subDual, scalar(whole(0)), m), c)
	case *lang.Binary:
		if contains(e.X, hole) {
			return r.invert(e.X, hole, undoLeft(e.Op, m, r.eval(e.Y, c)), c)
		}
		return r.invert(e.Y, hole, undoRight(e.Op, m, r.eval(e.X, c)), c)
	}
	panic(fault{ErrIrrational})
}

func contains(e, part lang.Expr) bool {
	found := false
	lang.Walk(e, func(e lang.Expr) bool {
		found = found || e == part
		return !found
	})
	return found
}

// undoLeft solves `y op k = m` for y.
func undoLeft(op string, m, k matrix) matrix {
	switch op {
	case "+":
		return each(subDual, m, k)
	case "-":
		return each(addDual, m, k)
	case "*", ".*":
		return each(divDual, m, k)
	case "/":
		return each(mulDual, m, k)
	}
	fail("y cannot be found from y %s ...", op)
	return m
}

// undoRight solves `k op y = m` for y.
func undoRight(op string, m, k matrix) matrix {
	switch op {
	case "-":
		return each(subDual, k, m)
	case "/":
		return each(divDual, k, m)
	case "+", "*", ".*":
		return undoLeft(op, m, k)
	}
	fail("y cannot be found from ... %s y", op)
	return m
}

// nearestHalf is the place of the quantile whose level is nearest to one half.
func (r *run) nearestHalf(f *lang.Call) int {
	best := 0
	p := r.levels(f)
	for i := range p {
		if distance(p[i]).Cmp(distance(p[best])) < 0 {
			best = i
		}
	}
	return best
}

func distance(p *big.Rat) *big.Rat { return rat().Abs(rat().Sub(p, half)) }
