package train

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"
)

// Descent says how weights move down the loss. The zero value is Adam at its usual rate. What the methods
// mean, and where a number is 0 how large it is, is as in PyTorch. Weights in an interval move as their raw
// numbers (weights.Interval), and all of this is about those.
type Descent struct {
	Method   string  // one of Methods; "": adam
	Rate     float64 // of learning; 0: 0.001, or 0.01 with sgd, momentum, nesterov and rmsprop
	Momentum float64 // of momentum, nesterov and rmsprop; 0: 0.9, and none with rmsprop
	Beta1    float64 // of adam and adamw: what is kept of the mean of gradients; 0: 0.9
	Beta2    float64 // of adam, adamw and rmsprop: what is kept of the mean of squares; 0: 0.999, or 0.99 with rmsprop
	Epsilon  float64 // what is added to the root of that mean; 0: 1e-8
	Decay    float64 // of weights: added to the gradient, or with adamw taken from the weight itself; 0: none, or 0.01 with adamw

	ClipValue float64 // no entry of the gradient is larger; 0: any may be
	ClipNorm  float64 // nor is its norm, once entries are clipped; 0: it may be

	Schedule string  // one of Schedules: how the rate changes; "": constant
	Warmup   int     // steps in which the rate rises to Rate; 0: none, or with one-cycle 30 % of all
	Wait     int     // step: epochs at one rate; plateau: epochs without a better loss before the rate falls; 0: 10
	Factor   float64 // step, plateau: what the rate is multiplied by when it falls; 0: 0.1
	Final    float64 // cosine: the last rate, as a share of Rate

	EMA         float64 // averages the weights over the steps, as much of the average being kept at a step; 0: doesn't
	AverageLast int     // averages them over the ends of so many last epochs; 0: doesn't

	Starts int // lbfgs, each series for itself: points that a fit sets out from, of which the lowest end is kept; 0: 4, or 1 if no weight lies in an interval
}

// Methods are the ways in which weights move.
var Methods = []string{"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "lbfgs"}

// Check finds what is wrong in the settings.
func (d Descent) Check() error {
	if err := oneOf("method", d.Method, Methods); err != nil {
		return err
	}
	if err := oneOf("schedule", d.Schedule, Schedules); err != nil {
		return err
	}
	for _, s := range []struct {
		name  string
		value float64
		most  float64 // the value is below it
	}{
		{"rate", d.Rate, math.Inf(1)}, {"momentum", d.Momentum, 1}, {"beta1", d.Beta1, 1}, {"beta2", d.Beta2, 1},
		{"epsilon", d.Epsilon, math.Inf(1)}, {"decay", d.Decay, math.Inf(1)},
		{"clip value", d.ClipValue, math.Inf(1)}, {"clip norm", d.ClipNorm, math.Inf(1)},
		{"warm-up", float64(d.Warmup), math.Inf(1)}, {"wait", float64(d.Wait), math.Inf(1)},
		{"factor", d.Factor, 1}, {"final", d.Final, 1}, {"EMA", d.EMA, 1}, {"average last", float64(d.AverageLast), math.Inf(1)}, {"starts", float64(d.Starts), math.Inf(1)},
	} {
		switch {
		case !(s.value >= 0 && s.value < s.most) && s.most == 1:
			return fmt.Errorf("%s is %v; expected a number from 0 on, below 1", s.name, s.value)
		case !(s.value >= 0 && s.value < s.most):
			return fmt.Errorf("%s is %v; expected a number from 0 on", s.name, s.value)
		}
	}
	if d.EMA > 0 && d.AverageLast > 0 {
		return fmt.Errorf("weights are averaged over steps (EMA) or over the last epochs, not both; leave one out")
	}
	return nil
}

// oneOf refuses a word that isn't in a list; none is the default.
func oneOf(what, word string, all []string) error {
	if word == "" || slices.Contains(all, word) {
		return nil
	}
	return fmt.Errorf("%s %q is not one of %s", what, word, strings.Join(all, ", "))
}

// filled is the settings with the usual numbers in place of zeros.
func (d Descent) filled() Descent {
	set := func(x *float64, usual float64) {
		if *x == 0 {
			*x = usual
		}
	}
	if d.Method == "" {
		d.Method = "adam"
	}
	if d.Schedule == "" {
		d.Schedule = "constant"
	}
	rate, momentum, beta2, decay := 0.01, 0.0, 0.999, 0.0
	switch d.Method {
	case "adam":
		rate = 0.001
	case "adamw":
		rate, decay = 0.001, 0.01
	case "momentum", "nesterov":
		momentum = 0.9
	case "rmsprop":
		beta2 = 0.99
	}
	set(&d.Rate, rate)
	set(&d.Momentum, momentum)
	set(&d.Beta1, 0.9)
	set(&d.Beta2, beta2)
	set(&d.Epsilon, 1e-8)
	set(&d.Decay, decay)
	set(&d.Factor, 0.1)
	if d.Wait == 0 {
		d.Wait = 10
	}
	return d
}

// span is a range of the flat vector of raw weights: lo is in it, hi isn't.
type span struct{ lo, hi int }

// optimiser moves raw weights against their gradient. Its slots are as long as the weights.
type optimiser struct {
	d       Descent              // filled
	decayed []span               // the ranges that decay
	steps   []float64            // how many steps each entry has made
	slot    map[string][]float64 // by name, as torch calls them
	rule    func(o *optimiser, raw, gradient []float64, at span, rate float64)
}

// newOptimiser makes the optimiser of n raw weights. Only those in decayed decay, as far as the settings let
// them: a level of a series, say, isn't to be drawn to 0.
func newOptimiser(d Descent, n int, decayed []span) *optimiser {
	o := &optimiser{d: d.filled(), steps: make([]float64, n), slot: map[string][]float64{}}
	if o.d.Decay > 0 {
		o.decayed = decayed
	}
	var names []string
	switch o.d.Method {
	case "sgd":
		o.rule = (*optimiser).sgd
	case "momentum", "nesterov":
		o.rule, names = (*optimiser).momentum, []string{"momentum"}
	case "rmsprop":
		o.rule, names = (*optimiser).rmsprop, []string{"square"}
		if o.d.Momentum > 0 {
			names = append(names, "momentum")
		}
	default:
		o.rule, names = (*optimiser).adam, []string{"mean", "square"}
	}
	for _, name := range names {
		o.slot[name] = make([]float64, n)
	}
	return o
}

// slots are what a checkpoint keeps of the optimiser: its own memory, which changes with the next step.
func (o *optimiser) slots() map[string][]float64 {
	out := maps.Clone(o.slot)
	out["steps"] = o.steps
	return out
}

// restore takes what slots gave. The error says that it is of another method, or of other weights.
func (o *optimiser) restore(from map[string][]float64) error {
	return restore("the optimiser", o.slots(), from)
}

// restore copies slots by their names, all of which must be there and of the same length.
func restore(whose string, to, from map[string][]float64) error {
	for _, name := range slices.Sorted(maps.Keys(to)) {
		values, ok := from[name]
		switch {
		case !ok:
			return fmt.Errorf("the checkpoint lacks %s of %s; was it made with other settings?", name, whose)
		case len(values) != len(to[name]):
			return fmt.Errorf("%s of %s has %d numbers in the checkpoint, not %d; was it made with another cell?", name, whose, len(values), len(to[name]))
		}
		copy(to[name], values)
	}
	return nil
}

// step moves the weights in the active ranges, which don't overlap. The others stay, and so do their slots.
// A method that decays weights through their gradient changes the gradient.
func (o *optimiser) step(raw, gradient []float64, rate float64, active []span) {
	for _, at := range active {
		o.decay(raw, gradient, rate, at)
	}
	for _, at := range active {
		floats.AddConst(1, o.steps[at.lo:at.hi])
		// Bias corrections are those of a count of steps: of as many entries at once as have the same.
		for lo := at.lo; lo < at.hi; {
			hi := lo + 1
			for hi < at.hi && o.steps[hi] == o.steps[lo] {
				hi++
			}
			o.rule(o, raw, gradient, span{lo, hi}, rate)
			lo = hi
		}
	}
}

// decay draws weights to 0.
func (o *optimiser) decay(raw, gradient []float64, rate float64, at span) {
	for _, s := range o.decayed {
		for i := max(s.lo, at.lo); i < min(s.hi, at.hi); i++ {
			if o.d.Method == "adamw" {
				raw[i] *= 1 - rate*o.d.Decay
			} else {
				gradient[i] += o.d.Decay * raw[i]
			}
		}
	}
}

func (o *optimiser) sgd(raw, gradient []float64, at span, rate float64) {
	for i := at.lo; i < at.hi; i++ {
		raw[i] -= rate * gradient[i]
	}
}

// momentum keeps b = Momentum·b + g, and moves by b; nesterov by g + Momentum·b. The first b is g.
func (o *optimiser) momentum(raw, gradient []float64, at span, rate float64) {
	b, mu := o.slot["momentum"], o.d.Momentum
	for i := at.lo; i < at.hi; i++ {
		g := gradient[i]
		b[i] = mu*b[i] + g
		if o.d.Method == "nesterov" {
			raw[i] -= rate * (g + mu*b[i])
		} else {
			raw[i] -= rate * b[i]
		}
	}
}

// rmsprop moves by the gradient over the root of a mean of its squares, with momentum if that is asked for.
func (o *optimiser) rmsprop(raw, gradient []float64, at span, rate float64) {
	v, b := o.slot["square"], o.slot["momentum"]
	for i := at.lo; i < at.hi; i++ {
		g := gradient[i]
		v[i] = o.d.Beta2*v[i] + (1-o.d.Beta2)*g*g
		move := g / (math.Sqrt(v[i]) + o.d.Epsilon)
		if b != nil {
			b[i] = o.d.Momentum*b[i] + move
			move = b[i]
		}
		raw[i] -= rate * move
	}
}

// adam moves by a mean of gradients over the root of a mean of their squares, both corrected for having
// begun at 0 (Kingma & Ba, 2015). Adamw differs in how weights decay (Loshchilov & Hutter, 2019).
func (o *optimiser) adam(raw, gradient []float64, at span, rate float64) {
	m, v, steps := o.slot["mean"], o.slot["square"], o.steps[at.lo]
	first := rate / (1 - math.Pow(o.d.Beta1, steps))
	second := math.Sqrt(1 - math.Pow(o.d.Beta2, steps))
	for i := at.lo; i < at.hi; i++ {
		g := gradient[i]
		m[i] += (g - m[i]) * (1 - o.d.Beta1)
		v[i] = o.d.Beta2*v[i] + (1-o.d.Beta2)*g*g
		raw[i] -= first * m[i] / (math.Sqrt(v[i])/second + o.d.Epsilon)
	}
}
