package backtest

import (
	"cmp"
	"math"
	"slices"
)

// Forecast is what a method says of one series: Point at least, or what a median can be read off. Steps ahead are
// counted from 0; a NaN is no forecast.
type Forecast struct {
	Point     []float64 // by step
	Intervals []Interval
	Quantiles []Quantile
	Samples   [][]float64 // by path, then step
}

// Interval has the given Level, in percent, of what may come between its ends.
type Interval struct {
	Level  float64
	Lo, Hi []float64 // by step
}

// Quantile has the share Q, between 0 and 1, of what may come below its values.
type Quantile struct {
	Q      float64
	Values []float64 // by step
}

// point is the forecast as one number a step: the median if no Point is given, nil if there is nothing.
func (f Forecast) point(law law) []float64 {
	if f.Point != nil || law.at == nil {
		return f.Point
	}
	out := make([]float64, law.steps)
	for t := range out {
		out[t] = law.at(0.5, t)
	}
	return out
}

// law is a forecast as quantiles: at gives the quantile q of a step, for q from lo to hi; beyond them it stays at the
// outermost. at is nil if the forecast has but a point.
type law struct {
	at     func(q float64, t int) float64
	lo, hi float64
	steps  int
}

// law reads quantiles of so many steps off the forecast: those that it names, and the ends of its intervals; without any,
// those of its samples.
func (f Forecast) law(sorted [][]float64, steps int) law {
	knots := slices.Clone(f.Quantiles)
	for _, i := range f.Intervals {
		tail := (1 - i.Level/100) / 2
		knots = append(knots, Quantile{tail, i.Lo}, Quantile{1 - tail, i.Hi})
	}
	slices.SortStableFunc(knots, func(a, b Quantile) int { return cmp.Compare(a.Q, b.Q) })
	switch {
	case len(knots) > 0:
		at := func(q float64, t int) float64 { return between(knots, q, t) }
		return law{at, knots[0].Q, knots[len(knots)-1].Q, steps}
	case len(sorted) > 0:
		return law{func(q float64, t int) float64 { return empirical(sorted[t], q) }, 0, 1, steps}
	}
	return law{}
}

// between is the quantile q of step t: on the straight line between its neighbours among the knots, which are in order,
// and that of the outermost knot beyond them.
func between(knots []Quantile, q float64, t int) float64 {
	i := 0
	for i < len(knots) && knots[i].Q < q {
		i++
	}
	switch {
	case i == 0:
		return knots[0].Values[t]
	case i == len(knots):
		return knots[i-1].Values[t]
	}
	a, b := knots[i-1], knots[i]
	w := (q - a.Q) / (b.Q - a.Q)
	return a.Values[t] + w*(b.Values[t]-a.Values[t])
}

// empirical is the quantile q of sorted values, linear between them (type 7 of Hyndman and Fan, 1996).
func empirical(sorted []float64, q float64) float64 {
	x := q * float64(len(sorted)-1)
	i := int(x)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (x-float64(i))*(sorted[i+1]-sorted[i])
}

// bySteps are the samples of each of so many steps, in order; nil without samples.
func (f Forecast) bySteps(steps int) [][]float64 {
	if len(f.Samples) == 0 {
		return nil
	}
	out := make([][]float64, steps)
	for t := range out {
		out[t] = make([]float64, len(f.Samples))
		for i, path := range f.Samples {
			out[t][i] = path[t]
		}
		slices.Sort(out[t])
	}
	return out
}

// sameLevel tells whether two levels or quantiles are the same but for rounding.
func sameLevel(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// interval is the interval of a level: as the forecast gives it, or between two quantiles that it knows.
func (f Forecast) interval(level float64, law law) (Interval, bool) {
	for _, i := range f.Intervals {
		if sameLevel(i.Level, level) {
			return i, true
		}
	}
	tail := (1 - level/100) / 2
	if law.at == nil || law.lo > tail+1e-9 || law.hi < 1-tail-1e-9 {
		return Interval{}, false
	}
	out := Interval{Level: level, Lo: make([]float64, law.steps), Hi: make([]float64, law.steps)}
	for t := range law.steps {
		out.Lo[t], out.Hi[t] = law.at(tail, t), law.at(1-tail, t)
	}
	return out, true
}

// whole tells whether there is a number wherever one is due for what came.
func whole(values, actual []float64) bool {
	for t, y := range actual {
		if !math.IsNaN(y) && (math.IsNaN(values[t]) || math.IsInf(values[t], 0)) {
			return false
		}
	}
	return true
}

// lengths are how many steps each part of the forecast has.
func (f Forecast) lengths() []int {
	var out []int
	if f.Point != nil {
		out = append(out, len(f.Point))
	}
	for _, i := range f.Intervals {
		out = append(out, len(i.Lo), len(i.Hi))
	}
	for _, q := range f.Quantiles {
		out = append(out, len(q.Values))
	}
	for _, path := range f.Samples {
		out = append(out, len(path))
	}
	return out
}
