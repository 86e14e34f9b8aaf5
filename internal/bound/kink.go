package bound

import (
	"fmt"
	"math"

	"unroll/op"
)

// clearance is how many times its possible error a value must be away from a kink, a jump or a pole. Near
// a pole this also sees to it that the first order is about right.
const clearance = 4

// cutoff is a sum of a row's arguments, each times a factor, that lies so far from where the row has a
// kink, a jump or a pole.
type cutoff struct {
	far float64
	by  []float64
}

// doubt is a cutoff that may be too near, if nothing cancels.
type doubt struct {
	step  *step
	entry int
	far   float64
	sum   []seed
}

// doubt notes a cutoff of a row's entry unless it is clear.
func (b *builder) doubt(r *step, entry int, c cutoff, from []int) {
	d := doubt{step: r, entry: entry, far: math.Abs(c.far)}
	off := 0.0
	for k, by := range c.by {
		if by != 0 && !b.exact(from[k]) {
			off += math.Abs(by) * b.worst[from[k]]
			d.sum = append(d.sum, seed{from[k], by})
		}
	}
	if len(d.sum) > 0 && !(clearance*off < d.far) {
		b.doubts = append(b.doubts, d)
	}
}

// Kink tells whether some value is so near to a kink or a jump that the runs may part there, and
// says where: a comparison, a choice, a floor, or the like. So is a divisor, or what a root or a
// logarithm is of, that may be off by more than a part of itself, for there the first order says nothing.
// Near is within four times what the bound allows. What is exact is never near: a mask may be compared
// with 1.
func (b *Bound) Kink() (string, bool) {
	for _, d := range b.doubts {
		off := b.sweep(d.sum...)
		if off == 0 || clearance*off < d.far {
			continue
		}
		r := d.step
		return fmt.Sprintf("%s in series %d at t = %d, entry %d: %.3g from a kink, a jump or a pole, and off by up to %.3g",
			r.n, r.s, r.t, d.entry, d.far, off), true
	}
	return "", false
}

// cutsOf are the kinks, jumps and poles of a row that runs entry by entry.
func cutsOf(r *op.Row, x []float64) []cutoff {
	switch r.Name {
	case "==", "!=", "<", "<=", ">", ">=", "max", "min":
		return []cutoff{{x[0] - x[1], []float64{1, -1}}}
	case "relu", "abs", "sign", "elu", "selu", "where", "log", "sqrt":
		return []cutoff{{x[0], []float64{1}}}
	case "clip":
		return []cutoff{{x[0] - x[1], []float64{1, -1}}, {x[0] - x[2], []float64{1, 0, -1}}}
	case "hard_tanh":
		return around(x[0], 1)
	case "hard_sigmoid":
		return around(x[0], 3)
	case "floor":
		return []cutoff{{x[0] - math.Round(x[0]), []float64{1}}}
	case "is_index":
		return []cutoff{{x[0] - x[1], []float64{1, -1}}, {x[1] - math.Round(x[1]), []float64{0, 1}}}
	case "mod":
		q := x[0] / x[1]
		return []cutoff{{q - math.Round(q), []float64{1 / x[1], -q / x[1]}}}
	}
	return polesOf(r, x)
}

func around(x, bound float64) []cutoff {
	return []cutoff{{x - bound, []float64{1}}, {x + bound, []float64{1}}}
}

// polesOf are where a row grows without end, or where it looks whether a number is one.
func polesOf(r *op.Row, x []float64) []cutoff {
	switch r.Name {
	case "/":
		return []cutoff{{x[1], []float64{0, 1}}}
	case "over":
		if x[0] == 0 && (x[1] == 0 || !finite(x[1])) {
			return []cutoff{{0, []float64{1}}}
		}
		return []cutoff{{x[1], []float64{0, 1}}}
	case "gated":
		if x[0] == 0 && !finite(x[1]) {
			return []cutoff{{0, []float64{1}}}
		}
	case "kept":
		if !finite(x[1]) {
			return []cutoff{{0, []float64{0, 1}}}
		}
	case "^":
		if x[1] != math.Trunc(x[1]) || x[1] < 0 {
			return []cutoff{{x[0], []float64{1}}}
		}
	case "lgamma":
		return gammaPoles(x[0], []float64{1})
	case "polygamma":
		return gammaPoles(x[1], []float64{0, 1})
	}
	return nil
}

// gammaPoles are the whole numbers that aren't positive.
func gammaPoles(a float64, by []float64) []cutoff {
	return []cutoff{{a - min(math.Round(a), 0), by}}
}
