package backtest

import (
	"context"
	"math"
	"sync"
	"testing"
)

// smoother is an exponential smoothing with a level and perhaps a slope, in the error correction form: with e the miss,
// l = l' + phi*b' + alpha*e, b = phi*b' + alpha*beta*e, forecast l' + phi*b'.
type smoother struct{ alpha, beta, phi float64 }

// misses are e over a history from a level l and a slope b before it, and what the two come to.
func (s smoother) misses(y []float64, l, b float64, e []float64) (level, slope float64) {
	for t := range e {
		f := l + s.phi*b
		v := -f
		if y != nil {
			v += y[t]
		}
		e[t] = v
		l, b = f+s.alpha*v, s.phi*b+s.alpha*s.beta*v
	}
	return l, b
}

// plainFit fits smoothers: the misses are linear in the starts, so that the best starts for given rates are found by
// least squares, and only the rates are searched for, by a grid and then steps of halving length.
type plainFit struct {
	y, e, el, eb []float64 // misses from starts of 0, and by a start of 1 if y is 0
	sloped       bool
}

// best is the sum of squares with the best starts, and these.
func (p *plainFit) best(s smoother) (sum, l, b float64) {
	s.misses(p.y, 0, 0, p.e)
	s.misses(nil, 1, 0, p.el)
	if !p.sloped {
		l = -dot(p.e, p.el) / dot(p.el, p.el)
	} else {
		s.misses(nil, 0, 1, p.eb)
		ll, lb, bb := dot(p.el, p.el), dot(p.el, p.eb), dot(p.eb, p.eb)
		el, eb := dot(p.e, p.el), dot(p.e, p.eb)
		if d := ll*bb - lb*lb; d > 1e-12*ll*bb {
			l, b = (lb*eb-bb*el)/d, (lb*el-ll*eb)/d
		} else {
			l = -el / ll
		}
	}
	for t := range p.e {
		v := p.e[t] + l*p.el[t]
		if p.sloped {
			v += b * p.eb[t]
		}
		sum += v * v
	}
	return sum, l, b
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// bounds are those that R's ets has: alpha, beta as a share of alpha, phi.
var bounds = map[string][3][2]float64{
	"ses":    {{1e-4, 0.9999}, {0, 0}, {1, 1}},
	"holt":   {{1e-4, 0.9999}, {1e-4, 0.9999}, {1, 1}},
	"damped": {{1e-4, 0.9999}, {1e-4, 0.9999}, {0.8, 0.98}},
}

// reference fits one series and forecasts it.
func reference(cell string, limits [3][2]float64, y []float64, h int) []float64 {
	n := len(y)
	p := &plainFit{y, make([]float64, n), make([]float64, n), make([]float64, n), cell != "ses"}
	at := [3]float64{}
	least := math.Inf(1)
	try := func(x [3]float64) bool {
		for i, l := range limits {
			x[i] = min(max(x[i], l[0]), l[1])
		}
		sum, _, _ := p.best(smoother{x[0], x[1], x[2]})
		if sum < least {
			least, at = sum, x
			return true
		}
		return false
	}
	grid := func(i int) []float64 {
		lo, hi := limits[i][0], limits[i][1]
		if lo == hi {
			return []float64{lo}
		}
		var out []float64
		for _, share := range []float64{0.01, 0.1, 0.3, 0.6, 0.9} {
			out = append(out, lo+share*(hi-lo))
		}
		return out
	}
	for _, a := range grid(0) {
		for _, b := range grid(1) {
			for _, f := range grid(2) {
				try([3]float64{a, b, f})
			}
		}
	}
	for step := 0.1; step > 1e-6; {
		moved := false
		for i, l := range limits {
			for _, sign := range []float64{-1, 1} {
				x := at
				x[i] += sign * step * (l[1] - l[0])
				moved = try(x) || moved
			}
		}
		if !moved {
			step /= 2
		}
	}
	s := smoother{at[0], at[1], at[2]}
	_, l, b := p.best(s)
	l, b = s.misses(y, l, b, p.e)
	out := make([]float64, h)
	for t := range out {
		b *= s.phi
		l += b
		out[t] = l
	}
	return out
}

// plainly is a Fit by the reference, on two cores.
func plainly(limits map[string][3][2]float64) Fit {
	return func(_ context.Context, cell string, histories [][]float64, h int) ([][]float64, error) {
		out := make([][]float64, len(histories))
		var wg sync.WaitGroup
		for core := range 2 {
			wg.Go(func() {
				for i := core; i < len(histories); i += 2 {
					out[i] = reference(cell, limits[cell], histories[i], h)
				}
			})
		}
		wg.Wait()
		return out, nil
	}
}

// smoothed are the forecasts of the baselines that are fitted.
func (m m4) smoothed(t testing.TB, fit Fit) []Forecasts {
	var all []Forecasts
	set := setOf(m.cases)
	for _, b := range Baselines([]string{"y"}, m.period, fit)[2:] {
		forecast, err := b.Fit(context.Background(), set, 0)
		if err != nil {
			t.Fatal(err)
		}
		of, err := forecast(context.Background(), set, len(m.cases[0].Actual))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Forecasts{b.Name, of})
	}
	return all
}

func TestM4Smoothing(t *testing.T) {
	m := readM4(t, "Weekly", 1)
	r := evaluate(t, m, m.smoothed(t, plainly(bounds)))
	t.Log("\n" + r.Text())
}
