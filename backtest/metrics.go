package backtest

import (
	"fmt"
	"math"
)

// scored is a forecast beside what came, ready to be scored.
type scored struct {
	actual []float64   // NaN where nothing is known
	point  []float64   // by step, as long as actual at least
	scale  float64     // what MASE and MSIS divide by; NaN if the history has none
	sorted [][]float64 // samples of each step
	law    law
	f      Forecast
}

func newScored(c Case, f Forecast, period int) scored {
	s := scored{actual: c.Actual, f: f, scale: scale(c.History, period), sorted: f.bySteps(len(c.Actual))}
	s.law = f.law(s.sorted, len(c.Actual))
	s.point = f.point(s.law)
	return s
}

// scale is the mean absolute difference of values a season apart, over the history; NaN if it is 0 or there is none.
func scale(history []float64, period int) float64 {
	sum, n := 0.0, 0
	for t := period; t < len(history); t++ {
		if d := math.Abs(history[t] - history[t-period]); !math.IsNaN(d) {
			sum += d
			n++
		}
	}
	if sum == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// mean is the mean of a loss over the steps of which it is known what came; NaN if there are none.
func (s scored) mean(loss func(y float64, t int) float64) float64 {
	sum, n := 0.0, 0
	for t, y := range s.actual {
		if !math.IsNaN(y) {
			sum += loss(y, t)
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// known is how many steps count.
func (s scored) known() float64 {
	n := 0.0
	for _, y := range s.actual {
		if !math.IsNaN(y) {
			n++
		}
	}
	return n
}

func (s scored) smape() float64 {
	return s.mean(func(y float64, t int) float64 {
		size := math.Abs(y) + math.Abs(s.point[t])
		if size == 0 {
			return 0 // a forecast of 0, and 0 came
		}
		return 200 * math.Abs(y-s.point[t]) / size
	})
}

func (s scored) mae() float64 {
	return s.mean(func(y float64, t int) float64 { return math.Abs(y - s.point[t]) })
}

func (s scored) mase() float64 { return s.mae() / s.scale }

func (s scored) mse() float64 {
	return s.mean(func(y float64, t int) float64 { return (y - s.point[t]) * (y - s.point[t]) })
}

func (s scored) rmse() float64 { return math.Sqrt(s.mse()) }

// pinball is the loss of y under the quantile q.
func pinball(q, y, quantile float64) float64 {
	return max(q*(y-quantile), (q-1)*(y-quantile))
}

// pinballs is the mean loss under n quantiles, 1/(n+1) … n/(n+1).
func (s scored) pinballs(n int) float64 {
	if s.law.at == nil {
		return math.NaN()
	}
	return s.mean(func(y float64, t int) float64 {
		sum := 0.0
		for i := range n {
			q := float64(i+1) / float64(n+1)
			sum += pinball(q, y, s.law.at(q, t))
		}
		return sum / float64(n)
	})
}

func (s scored) deciles() float64 { return s.pinballs(9) }

// crps is exact for the distribution of the samples; from quantiles it is twice the mean loss of 99 of them.
func (s scored) crps() float64 {
	if s.sorted == nil {
		return 2 * s.pinballs(99)
	}
	return s.mean(func(y float64, t int) float64 { return crpsOf(s.sorted[t], y) })
}

// crpsOf is E|X−y| − ½·E|X−X′| for X and X′ drawn from sorted values.
func crpsOf(sorted []float64, y float64) float64 {
	m := float64(len(sorted))
	near, apart := 0.0, 0.0
	for i, x := range sorted {
		near += math.Abs(x - y)
		apart += (float64(2*i+1) - m) * x
	}
	return near/m - apart/(m*m)
}

// coverage is the share of what came within the interval of the level.
func (s scored) coverage(level float64) float64 {
	i, ok := s.f.interval(level, s.law)
	if !ok {
		return math.NaN()
	}
	return s.mean(func(y float64, t int) float64 {
		if i.Lo[t] <= y && y <= i.Hi[t] {
			return 1
		}
		return 0
	})
}

// msis is the interval's width, with a fine of 2/α for each unit by which it was missed, in units of the scale.
func (s scored) msis(level float64) float64 {
	i, ok := s.f.interval(level, s.law)
	if !ok {
		return math.NaN()
	}
	fine := 2 / (1 - level/100)
	return s.mean(func(y float64, t int) float64 {
		return i.Hi[t] - i.Lo[t] + fine*max(0, i.Lo[t]-y) + fine*max(0, y-i.Hi[t])
	}) / s.scale
}

// column is a metric: of one forecast, or made of means of others.
type column struct {
	name string
	one  func(scored) float64                               // NaN if the forecast has none
	of   func(mean, reference func(string) float64) float64 // in place of one
	hide bool                                               // only others read it
}

// Hidden columns of WQL, which is a ratio of sums.
const (
	decileSum = "sum of pinball"
	sizeSum   = "sum of |y|"
)

// columns are all metrics, in the order of the table.
func columns(levels []float64) []column {
	all := []column{
		{name: "sMAPE", one: scored.smape},
		{name: "MASE", one: scored.mase},
		{name: "OWA", of: owa},
		{name: "RMSE", one: scored.rmse},
		{name: "MSE", one: scored.mse},
		{name: "MAE", one: scored.mae},
		{name: "pinball", one: scored.deciles},
		{name: "CRPS", one: scored.crps},
		{name: decileSum, one: func(s scored) float64 { return s.deciles() * s.known() }, hide: true},
		{name: sizeSum, one: scored.size, hide: true},
		{name: "WQL", of: func(mean, _ func(string) float64) float64 { return 2 * mean(decileSum) / mean(sizeSum) }},
	}
	for _, level := range levels {
		all = append(all, ofLevel(level)...)
	}
	return all
}

// size is the sum of |y| of a forecast that has quantiles.
func (s scored) size() float64 {
	if s.law.at == nil {
		return math.NaN()
	}
	return s.mean(func(y float64, _ int) float64 { return math.Abs(y) }) * s.known()
}

// owa is half the sum of two ratios of means: by those of Naive2.
func owa(mean, reference func(string) float64) float64 {
	return (mean("sMAPE")/reference("sMAPE") + mean("MASE")/reference("MASE")) / 2
}

// ofLevel are the metrics of intervals of a level, in percent.
func ofLevel(level float64) []column {
	name := func(what string) string { return fmt.Sprintf("%s %g", what, level) }
	return []column{
		{name: name("coverage"), one: func(s scored) float64 { return s.coverage(level) }},
		{name: name("ACD"), of: func(mean, _ func(string) float64) float64 {
			return math.Abs(mean(name("coverage")) - level/100)
		}},
		{name: name("MSIS"), one: func(s scored) float64 { return s.msis(level) }},
	}
}
