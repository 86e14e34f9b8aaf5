package prove

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/series"
)

// trial is one run: a graph, its derivative, and values of both on a drawn world.
type trial struct {
	*prover
	choice
	graph  *graph.Graph
	d      *grad.Derivative
	world  world
	values *eval.Values
	few    bool // steps: exact numbers grow too long otherwise
	base   Line // what the run is; each method's line begins as it
	lines  [3]*Line
}

// tries is how many worlds are drawn for a run before giving up.
const tries = 80

// run draws a world for a run, and compares.
func (p *prover) run(c choice, number uint64) error {
	t := &trial{prover: p, choice: c}
	var err error
	if t.graph, err = p.build(c); err != nil {
		return err
	}
	if t.d, err = grad.Loss(t.graph, p.choices.Table); err != nil {
		return err
	}
	if err := t.find(number); err != nil {
		return err
	}
	if t.values.Rounded() {
		t.few = true
		if err := t.find(number); err != nil {
			return err
		}
	}
	return t.compare(rand.New(rand.NewPCG(p.seed, number<<16|0xffff)))
}

// look notes how far each weight is found in this run.
func (t *trial) look() {
	reach := reached(t.graph.Loss)
	for _, p := range t.graph.Weights {
		found := nowhere
		switch {
		case t.moves(t.values, p):
			found = alive
		case !t.d.Weight[p.Name].IsZero():
			found = derivable
		case reach[p.Node]:
			found = inLoss
		}
		t.found[p.Name] = max(t.found[p.Name], found)
	}
}

// compare holds the derivative against the strongest that there is: fractions if all is rational.
func (t *trial) compare(r *rand.Rand) error {
	if t.exact() {
		t.describe()
		err := t.withFractions()
		if err == nil {
			return t.printed()
		}
		t.note("Not compared as fractions: %s.", said(err))
	}
	if err := t.toFloats(r); err != nil {
		return err
	}
	t.describe()
	if err := t.inFloats(r); err != nil {
		return err
	}
	return t.printed()
}

// exact tells whether the loss and all derivatives are fractions. That follows from the equations.
func (t *trial) exact() bool {
	if t.values.Rounded() {
		t.note("Fractions of more than %d bits come up, so float64 is compared.", eval.MaxBits)
		return false
	}
	exact := t.values.Exact(t.d.Of)
	for _, p := range t.graph.Weights {
		exact = exact && t.values.Exact(t.d.Weight[p.Name])
	}
	return exact
}

// toFloats moves the world into float64. Where what is moved has no loss, it isn't moved.
func (t *trial) toFloats(r *rand.Rand) error {
	var err error
	for try := range 10 {
		w := t.world.moved(t.graph, r)
		if try == 9 {
			w = t.world
		}
		var v *eval.Values
		if v, err = t.eval(w, eval.Float); err == nil {
			t.world, t.values = w, v
			return nil
		}
	}
	return err
}

// find draws worlds until one has a loss and derivatives that are numbers; of a few such it takes
// the one with the fewest weights by which the derivative is 0.
func (t *trial) find(number uint64) error {
	enough := 5
	if entries(t.graph) > manyEntries {
		enough = 2
	}
	var taken map[string]kind
	dead, found, last := math.MaxInt, 0, errors.New("")
	for try := 0; try < tries && found < enough && dead > 0; try++ {
		r := rand.New(rand.NewPCG(t.seed, number<<16|uint64(try)))
		p := &picker{try: try, known: t.kinds, r: r, taken: map[string]kind{}}
		w := drawWorld(t.graph, t.lengths(r, t.few), t.gaps, p)
		v, err := t.eval(w, eval.Float)
		if bad := (undefined{}); errors.As(err, &bad) {
			t.undefined = append(t.undefined, bad)
		}
		if err != nil {
			last = err
			continue
		}
		found++
		if n := t.quiet(v); n < dead {
			dead, t.world, t.values, taken = n, w, v, p.taken
		}
	}
	if found == 0 {
		return fmt.Errorf("%s: no small numbers were found on which the loss and its derivatives are numbers, in %d draws; the last: %w", t.report.Cell, tries, last)
	}
	t.kinds = taken
	if v, err := t.eval(t.world, eval.Auto); err == nil {
		t.values = v
	}
	return nil
}

// eval runs the derivative on a world. The error says that the loss or a derivative isn't a number.
func (t *trial) eval(w world, mode eval.ExactMode) (*eval.Values, error) {
	v, err := eval.Eval(t.d.Graph, w.run(mode))
	if err != nil {
		return nil, err
	}
	if err := v.Undefined(); err != nil {
		return nil, err
	}
	if !finite(v.At(t.d.Of, 0, 0)) {
		return nil, errors.New("the loss is not a finite number")
	}
	for _, p := range t.graph.Weights {
		for s := range w.weights[p.Name] {
			if !finite(v.At(t.d.Weight[p.Name], s, 0)) {
				return nil, undefined{p.Name}
			}
		}
	}
	return v, nil
}

// undefined is the error that the loss is a number, and the derivative by a weight isn't.
type undefined struct{ weight string }

func (e undefined) Error() string {
	return fmt.Sprintf("the derivative by %s is not a finite number", e.weight)
}

func finite(a series.Array) bool {
	for i := range a.Len() {
		if f := a.Float64(i); !a.Has(i) || math.IsInf(f, 0) {
			return false
		}
	}
	return true
}

// quiet counts the weights by which the whole derivative is 0.
func (t *trial) quiet(v *eval.Values) int {
	n := 0
	for _, p := range t.graph.Weights {
		if !t.moves(v, p) {
			n++
		}
	}
	return n
}

// moves tells whether the derivative by some entry of a weight isn't 0.
func (t *trial) moves(v *eval.Values, p *graph.Param) bool {
	for s := range v.Series() {
		a := v.At(t.d.Weight[p.Name], s, 0)
		for i := range a.Len() {
			if a.Float64(i) != 0 {
				return true
			}
		}
	}
	return false
}

// describe notes what the run is.
func (t *trial) describe() {
	t.look()
	t.report.Weights = len(t.graph.Weights)
	t.base = Line{Feed: t.feed.String(), Gaps: t.gaps, Training: t.training, Series: t.values.Series()}
	if t.fed {
		t.base.Feedback = map[bool]string{true: "stop", false: "grad"}[t.stop]
	}
	t.base.Shortest = math.MaxInt
	for s := range t.values.Series() {
		steps := t.values.T(s) - t.graph.T0
		t.base.Shortest, t.base.Longest = min(t.base.Shortest, steps), max(t.base.Longest, steps)
	}
	t.longest = max(t.longest, t.base.Longest)
	t.start()
}
