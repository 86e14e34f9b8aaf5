package backtest

import (
	"context"
	"math"
	"sync"
	"testing"
)

// smoother is an exponential smoothing with a level and perhaps a slope, in the error correction form: with e the miss,
// l = l' + phi*b' + alpha*e, b = phi*b' + alpha*beta*e, forecast l' + phi*b'. The slope begins at 0.
type smoother struct{ alpha, beta, phi float64 }

// misses are e over a history from a level l before it, and what level and slope come to.
func (s smoother) misses(y []float64, l float64, e []float64) (level, slope float64) {
	b := 0.0
	for t := range e {
		f := l + s.phi*b
		e[t] = y[t] - f
		l, b = f+s.alpha*e[t], s.phi*b+s.alpha*s.beta*e[t]
	}
	return l, b
}

// plainFit fits smoothers: the misses are linear in the first level, so that the best one for given rates is found by
// least squares, and only the rates are searched for, by a grid and then steps of halving length.
type plainFit struct {
	y, none []float64 // the series, and as many zeros
	e, el   []float64 // misses from a level of 0; those by a level of 1 if y is 0
}

// best is the sum of squares with the best first level, and this.
func (p *plainFit) best(s smoother) (sum, l float64) {
	s.misses(p.y, 0, p.e)
	s.misses(p.none, 1, p.el)
	l = -dot(p.e, p.el) / dot(p.el, p.el)
	for t := range p.e {
		v := p.e[t] + l*p.el[t]
		sum += v * v
	}
	return sum, l
}

// bounds are those that R's ets has: alpha, beta as a share of alpha, phi.
var bounds = map[string][3][2]float64{
	"ses":    {{1e-4, 0.9999}, {0, 0}, {1, 1}},
	"holt":   {{1e-4, 0.9999}, {1e-4, 0.9999}, {1, 1}},
	"damped": {{1e-4, 0.9999}, {1e-4, 0.9999}, {0.8, 0.98}},
}

// reference fits one series and forecasts it.
func reference(limits [3][2]float64, y []float64, h int) []float64 {
	n := len(y)
	p := &plainFit{y, make([]float64, n), make([]float64, n), make([]float64, n)}
	at := [3]float64{}
	least := math.Inf(1)
	try := func(x [3]float64) bool {
		for i, l := range limits {
			x[i] = min(max(x[i], l[0]), l[1])
		}
		sum, _ := p.best(smoother{x[0], x[1], x[2]})
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
		for _, share := range []float64{0.05, 0.3, 0.9} {
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
	for step := 0.1; step > 1e-4; {
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
	_, l := p.best(s)
	l, b := s.misses(y, l, p.e)
	out := make([]float64, h)
	for t := range out {
		b *= s.phi
		l += b
		out[t] = l
	}
	return out
}

// plainly is a Fit by the reference, on two cores.
func plainly(_ context.Context, cell string, histories [][]float64, h int) ([][]float64, error) {
	out := make([][]float64, len(histories))
	var wg sync.WaitGroup
	for core := range 2 {
		wg.Go(func() {
			for i := core; i < len(histories); i += 2 {
				out[i] = reference(bounds[cell], histories[i], h)
			}
		})
	}
	wg.Wait()
	return out, nil
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
		of, err := forecast.From(context.Background(), set, len(m.cases[0].Actual))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Forecasts{b.Name, of})
	}
	return all
}

// TestM4Smoothing wants what the competition printed, or less: its Damped also learnt the first slope, and is
// worse for it.
func TestM4Smoothing(t *testing.T) {
	m := readM4(t, "Weekly", 1)
	r := evaluate(t, m, m.smoothed(t, plainly))
	t.Log("\n" + r.Text())
	printed := map[string][2]float64{"SES": {9.012, 2.685}, "Damped": {8.866, 2.404}, "Theta": {9.093, 2.637}}
	for _, row := range r.Methods {
		for k, metric := range []string{"sMAPE", "MASE"} {
			got, want := row.Scores[metric], printed[row.Method][k]
			low := want - 0.02
			if row.Method == "Damped" {
				low = 0
			}
			if want > 0 && !(got >= low && got <= want+0.02) {
				t.Errorf("%s of %s: got %.3f, want %.3f", metric, row.Method, got, want)
			}
		}
	}
}
