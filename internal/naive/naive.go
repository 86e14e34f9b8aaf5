package naive

import (
	"math/big"
	"strconv"

	"unroll/lang"
	"unroll/series"
)

// Options are the choices of a run.
type Options struct {
	Feed     string                    // "teacher" or "", "free", "observed:K", "sampled:P"
	Stop     bool                      // a forecast that is fed back is a number
	Mean     bool                      // each statement's score is divided by its scored entries
	Training bool                      // dropout, zoneout and sampled:P draw
	Sizes    map[string]int            // sizes that the file does not fix; those of a call as `h1.H`
	Weights  map[string][]series.Array // exact; one, or one for each series; those of a call as `h1.Wi`
	Steps    int                       // for a file without inputs

	// Uniform draws from [0, 1). The ids are `h_keep`, `h_keep2`, … for the dropout and zoneout
	// calls of the equation h, in order of the text, those inside of arguments first, and `y_fed`
	// for the forecasts of y that sampled:P feeds back, t then being the time of that y.
	Uniform func(id, seriesID string, t, entry int) *big.Rat
}

// Result is what a run found.
type Result struct {
	T0   int
	Loss *big.Rat
	// Grad is the derivative of the loss by each weight of Options.Weights, one for each copy.
	Grad map[string][]series.Array
	// Values are the equations' values, as [series][t-T0]; constants of a series have one entry for
	// each series, constants of the file one in all. An undefined entry is nil.
	Values map[string][][]series.Array
}

// Run evaluates a file on its data.
func Run(f *lang.File, data series.Set, opt Options) (res *Result, err error) {
	defer func() {
		if e := recover(); e != nil {
			mine, ok := e.(fault)
			if !ok {
				panic(e)
			}
			res, err = nil, mine.err
		}
	}()
	r := &run{forecast: map[*def]*observation{}, reached: map[*def]int{}, memo: map[key]matrix{},
		weights: map[*def][]matrix{}}
	r.names = resolve(f, &opt)
	numbers := r.numberWeights()
	r.observations()
	r.bind(data)
	r.t0 = r.firstStep()
	r.feed = r.parseFeed()
	loss := r.loss()
	res = &Result{T0: r.t0, Loss: loss.V, Grad: gradient(loss, numbers, opt.Weights), Values: r.values()}
	r.checkStates()
	return res, nil
}

// numberWeights numbers every entry of every copy of every weight. It gives the numbers, in arrays.
func (r *run) numberWeights() map[string][][]int {
	numbers := map[string][][]int{}
	next := 0
	for name, copies := range r.opt.Weights {
		d := r.byKey[name]
		if d == nil || d.kind != isWeight {
			fail("%s is not a weight", name)
		}
		for _, a := range copies {
			m := newMatrix(a.R, a.C)
			ids := make([]int, len(m.e))
			for i := range m.e {
				ids[i] = next
				m.e[i] = Dual{V: exact(a, i), D: map[int]*big.Rat{next: one}}
				next++
			}
			r.weights[d] = append(r.weights[d], m)
			numbers[name] = append(numbers[name], ids)
		}
	}
	return numbers
}

// exact is an entry of an array of exact numbers.
func exact(a series.Array, i int) *big.Rat {
	if a.Float != nil || len(a.Rat) != a.R*a.C {
		fail("an array of %d×%d exact numbers is wanted", a.R, a.C)
	}
	return a.Rat[i]
}

// firstStep is the largest lag taken of an input without a state.
func (r *run) firstStep() int {
	largest := 0
	look := func(e lang.Expr, sc *scope) {
		if e != nil {
			largest = max(largest, r.largestLag(e, sc, 0, true))
		}
	}
	for _, d := range r.defs {
		if d.kind == isEquation {
			look(d.expr, d.sc)
		}
	}
	for _, o := range r.obs {
		look(o.Left, r.file)
		look(o.Family, r.file)
		look(o.When, r.file)
	}
	for _, l := range r.terms {
		look(l.X, r.file)
		look(l.When, r.file)
	}
	return largest
}

func gradient(loss Dual, numbers map[string][][]int, shapes map[string][]series.Array) map[string][]series.Array {
	grad := map[string][]series.Array{}
	for name, copies := range numbers {
		for k, ids := range copies {
			a := series.Array{R: shapes[name][k].R, C: shapes[name][k].C}
			for _, id := range ids {
				v := loss.D[id]
				if v == nil {
					v = rat()
				}
				a.Rat = append(a.Rat, v)
			}
			grad[name] = append(grad[name], a)
		}
	}
	return grad
}

// values are those of all equations, at all steps.
func (r *run) values() map[string][][]series.Array {
	out := map[string][][]series.Array{}
	for _, d := range r.defs {
		if d.kind == isEquation && !d.argument {
			out[d.name] = r.valuesOf(d)
		}
	}
	return out
}

func (r *run) valuesOf(d *def) [][]series.Array {
	if r.reachOf(d) == ofFile {
		return [][]series.Array{{array(r.value(d, 0, 0, seen))}}
	}
	var out [][]series.Array
	for ser, b := range r.data {
		times := []series.Array{}
		if r.reachOf(d) == ofSeries {
			times = append(times, array(r.value(d, ser, 0, seen)))
		} else {
			for t := r.t0; t < b.T; t++ {
				times = append(times, array(r.value(d, ser, t, seen)))
			}
		}
		out = append(out, times)
	}
	return out
}

func array(m matrix) series.Array {
	a := series.Array{R: m.r, C: m.c, Rat: make([]*big.Rat, len(m.e))}
	for i, x := range m.e {
		a.Rat[i] = x.V
	}
	return a
}

// checkStates looks for vector states whose start is a lone number, which may have gone wrong.
func (r *run) checkStates() {
	for _, d := range r.defs {
		if d.state == nil || d.shape != nil || d.kind != isEquation {
			continue
		}
		for ser := range r.data {
			if !r.inSteps(ser, r.t0) {
				continue
			}
			start, ok := r.try(func() matrix { return r.start(d, ser, r.t0-1) })
			if ok && start.single() && !r.value(d, ser, r.t0, seen).single() {
				fail("declare the shape of the state %s", d.name)
			}
		}
	}
}

// id is a series' name.
func (r *run) id(ser int) string {
	if ser < len(r.data) && r.data[ser].id != "" {
		return r.data[ser].id
	}
	return strconv.Itoa(ser + 1)
}
