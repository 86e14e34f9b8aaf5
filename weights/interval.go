package weights

import (
	"math"
	"math/big"
)

// Interval is where a constrained weight lies: strictly between Lo and Hi, -Inf and +Inf if it has
// no such bound. Training moves an unconstrained raw number; the weight is Value(raw):
//
//	(Lo, Hi)    Lo + (Hi-Lo)·sigmoid(raw)
//	> Lo        Lo + softplus(raw)
//	< Hi        Hi - softplus(raw)
//	free        raw
type Interval struct{ Lo, Hi float64 }

// Free is the interval of a weight without a constraint.
var Free = Interval{math.Inf(-1), math.Inf(1)}

// Between is the interval of exact bounds, nil where there is none.
func Between(lo, hi *big.Rat) Interval {
	v := Free
	if lo != nil {
		v.Lo, _ = lo.Float64()
	}
	if hi != nil {
		v.Hi, _ = hi.Float64()
	}
	return v
}

// Holds says whether value lies strictly within the interval.
func (v Interval) Holds(value float64) bool { return v.Lo < value && value < v.Hi }

// Middle is the start of a weight that is left without one: the middle of the interval, Lo + 1,
// Hi - 1, or 0 without bounds.
func (v Interval) Middle() float64 {
	switch lower, upper := v.bounded(); {
	case lower && upper:
		return v.Lo/2 + v.Hi/2
	case lower:
		return v.Lo + 1
	case upper:
		return v.Hi - 1
	}
	return 0
}

// Value is the weight of a raw number. Where it would round to a bound it is the number next to
// the bound, so that it always lies within the interval.
func (v Interval) Value(raw float64) float64 {
	switch lower, upper := v.bounded(); {
	case lower && upper && raw > 0:
		return v.inside(v.Hi - (v.Hi-v.Lo)*sigmoid(-raw))
	case lower && upper:
		return v.inside(v.Lo + (v.Hi-v.Lo)*sigmoid(raw))
	case lower:
		return v.inside(v.Lo + softplus(raw))
	case upper:
		return v.inside(v.Hi - softplus(raw))
	}
	return raw
}

// Raw is the raw number of a weight: Value(Raw(w)) is w to about 1e-13 of its distance to the
// nearer bound. It is NaN if the interval doesn't hold w.
func (v Interval) Raw(w float64) float64 {
	lower, upper := v.bounded()
	switch {
	case !v.Holds(w):
		return math.NaN()
	case lower && upper:
		return math.Log((w - v.Lo) / (v.Hi - w))
	case lower:
		return softplusInverse(w - v.Lo)
	case upper:
		return softplusInverse(v.Hi - w)
	}
	return w
}

// Slope is the derivative of Value at raw: what turns the derivative by a weight into the one by
// its raw number.
func (v Interval) Slope(raw float64) float64 {
	switch lower, upper := v.bounded(); {
	case lower && upper:
		return (v.Hi - v.Lo) * sigmoid(raw) * sigmoid(-raw)
	case lower:
		return sigmoid(raw)
	case upper:
		return -sigmoid(raw)
	}
	return 1
}

func (v Interval) bounded() (lower, upper bool) {
	return !math.IsInf(v.Lo, -1), !math.IsInf(v.Hi, 1)
}

// inside moves a value that has been rounded to a bound or past it to the number next to it. A NaN
// stays.
func (v Interval) inside(value float64) float64 {
	switch {
	case value <= v.Lo:
		return math.Nextafter(v.Lo, v.Hi)
	case value >= v.Hi:
		return math.Nextafter(v.Hi, v.Lo)
	}
	return value
}

// sigmoid is 1/(1+exp(-x)), without overflow and accurate near 0 too.
func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

// softplus is log(1+exp(x)).
func softplus(x float64) float64 {
	return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}

// softplusInverse is log(exp(d)-1) for d > 0, written so that a large d doesn't overflow and a small
// one keeps its digits.
func softplusInverse(d float64) float64 {
	return d + math.Log(-math.Expm1(-d))
}
