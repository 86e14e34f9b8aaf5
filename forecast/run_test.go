package forecast_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"unroll/cells"
	"unroll/eval"
	"unroll/forecast"
	"unroll/graph"
	"unroll/internal/near"
	"unroll/lang"
	"unroll/series"
	"unroll/weights"
)

// waves are series of different lengths; x is as long as y, and k goes on for longer.
func waves(known int, lengths ...int) series.Set {
	var set series.Set
	for i, n := range lengths {
		s := series.Series{ID: fmt.Sprint("s", i), Columns: map[string]series.Column{}}
		add := func(name string, width, n int, f func(t int) float64) {
			var all []float64
			for t := range n {
				for e := range width {
					all = append(all, f(t+7*e))
				}
			}
			s.Columns[name] = series.Dense(width, 1, all)
		}
		add("y", 1, n, func(t int) float64 { return 2 + math.Sin(float64(t)*0.7+float64(i)) })
		add("v", 2, n, func(t int) float64 { return 2 + math.Cos(float64(t)*0.3+float64(i)) })
		add("x", 1, n, func(t int) float64 { return float64(t%5) / 5 })
		add("k", 1, n+known, func(t int) float64 { return float64(t%3) / 3 })
		set.Series = append(set.Series, s)
	}
	return set
}

// problem is a cell on data, ready to be forecast.
func problem(t *testing.T, text string, data series.Set, horizon int, paths bool) forecast.Problem {
	t.Helper()
	f, err := lang.Parse(&lang.Source{Name: "test.cell", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	use := func(name string, _ bool) (*lang.Source, error) { return cells.Source(name) }
	c := graph.Choices{Use: use, Paths: paths, Facts: graph.Facts{Width: map[string]int{"v": 2}, Ahead: true}}
	g, err := graph.Build(f, c)
	if err != nil {
		t.Fatal(err)
	}
	targets, err := forecast.Targets(g)
	if err != nil {
		t.Fatal(err)
	}
	if forecast.Steps(targets, horizon) > 0 {
		c.Facts.Missing = map[string]bool{"y": true, "v": true}
		if g, err = graph.Build(f, c); err != nil {
			t.Fatal(err)
		}
	}
	if err := graph.Verify(g); err != nil {
		t.Fatal(err)
	}
	r := eval.Run{Data: data, Weights: map[string][]series.Array{}}
	for _, w := range g.Weights {
		s := w.Node.Shape
		var values series.Array
		if w.Start != nil {
			values = series.Rats(s.R, s.C, w.Start.Value)
		} else {
			drawn, err := weights.Draw("normal", []float64{0, 0.4}, s.R, s.C, 3, w.Name)
			if err != nil {
				t.Fatal(err)
			}
			values = series.Floats(s.R, s.C, drawn)
		}
		r.Weights[w.Name] = []series.Array{values}
		for w.PerSeries && len(r.Weights[w.Name]) < len(data.Series) {
			r.Weights[w.Name] = append(r.Weights[w.Name], values)
		}
	}
	return forecast.Problem{Graph: g, Run: r, Horizon: horizon, Float64: true}
}

// several are cells that are forecast in each way there is.
var several = map[string]string{
	"ses":           "input y\nstate l = first(y)\nweight a = 1/2\nl = l[t-1] + a*(y - l[t-1])\nyhat = l[t-1]\ny ~ normal(yhat, 1/3)\n",
	"lstm":          "use lstm\ninput y\nweight D, b, s = 1/5\nh = lstm(y[t-1], H = 4)\nyhat = D*h + b\ny ~ student(yhat, s, 5)\n",
	"garch":         "input y\nstate h = average(y^2)\nstate e = 0\nweight m = 2\nweight a = 0.3\ne = y - m\nh = 0.1 + a*e[t-1]^2 + 0.5*h[t-1]\ny ~ normal(m, sqrt(h))\n",
	"growth":        "input y\nweight g = 0.1\nlog(y/y[t-1]) ~ laplace(g, 0.1)\n",
	"vector":        "input v[D]\nweight A[D, D], s = 1/4\nvhat = A*v[t-1]\nv ~ normal(vhat, s)\n",
	"known":         "input y\ninput k known\nyhat = y[t-1]/2 + k + k[t-2]\ny ~ lognormal(log(yhat), 1/5)\n",
	"known ahead":   "input y\ninput k known\nyhat = y[t-1]/2 + k[t+1]\ny ~ normal(yhat, 1/5)\n",
	"lagged input":  "input y, x\nyhat = y[t-1]/2 + x[t-5]\ny ~ normal(yhat, 1/5)\n",
	"within":        "input y\ninput k known\nweight W[6, 4], U[6, 6], b per series\ny[t+1 : t+6]/y ~ normal(W*y[t-3 : t] + U*k[t+1 : t+6] + b, 1/5)\n",
	"within, state": "input y\nstate h[2] = 0\nweight W[6, 2], U[2, 2], V\nh = tanh(U*h[t-1] + V*y)\ny[t+1 : t+6] ~ normal(W*h, 1/5)\n",
	"direct":        "input y\nweight W[3, 4]\ny[t+1 : t+3] ~ normal(W*y[t-3 : t], 1/5)\n",
	"direct on":     "input y\nstate h[2] = 0\nweight W[3, 2], U[2, 2], V\nh = tanh(U*h[t-1] + V*y)\ny[t+1 : t+3]/2 ~ normal(W*h, 1/5)\n",
	"vectors on":    "input v[D]\nweight W = 1/2\nv[t+1 : t+2] ~ normal(W*v[t-1 : t], 1/5)\n",
	"two ahead":     "input y\ny[t+2] ~ normal(y/2 + 1, 1/5)\n",
	"quantiles":     "input y\nm = 1 + y[t-1]/2\ny ~ quantile(m + 1, m, m - 1; 0.9, 0.5, 0.1)\n",
	"per series":    "input y\nweight w per series = 1/2\nl = average(y)\ny ~ normal(l + w*(y[t-1] - l), total(1)/20)\n",
	"season":        "input y\nweight W[6, 4], s[6, 4]\nperiod = s*onehot(t mod 4, 4)\ny[t+1 : t+6] ~ normal(W*y[t-3 : t] + period, 1/5 + t/1000)\n",
	"two":           "input y, v[D]\nweight W\nz = W*v[t-1]\ny ~ normal(y[t-1]/2 + z, 1/3)\nv[t+1] ~ normal(v/2, 1/3)\n",
	"counts":        "input y\ny ~ poisson(1 + y[t-1]/2)\n",
}

// The forecasts are what the reference interpreter has on longer data.
func TestPointsAreAsEval(t *testing.T) {
	for name, text := range several {
		p := problem(t, text, waves(9, 20, 31, 26), 5, false)
		targets, err := forecast.Targets(p.Graph)
		if err != nil {
			t.Fatal(err)
		}
		got, err := forecast.Points(context.Background(), p, targets)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		long := p.Run
		if long.Data, err = forecast.Extend(p.Graph, targets, p.Run.Data, series.Set{}, 5); err != nil {
			t.Fatal(err)
		}
		compare(t, name, p.Graph, targets, long, func(target, one int) forecast.Path { return got[target][one] })
	}
}

// compare holds paths against eval's.
func compare(t *testing.T, name string, g *graph.Graph, targets []forecast.Target, long eval.Run, path func(target, one int) forecast.Path) {
	t.Helper()
	only := *g
	only.Scores, only.Loss, only.Names = nil, nil, nil
	for _, s := range g.Scores {
		only.Scores = append(only.Scores, &graph.Score{Input: s.Input, Forecast: s.Forecast, Ahead: s.Ahead})
	}
	v, err := eval.Eval(&only, long)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i, target := range targets {
		s := g.Scores[i]
		for one, data := range long.Data.Series {
			var want []float64
			for j := range 5 {
				end, n := v.T(one)-data.Ahead, max(1, s.Window)
				at := v.At(target.Node, one, end+j-j%n-s.Ahead).ToFloat().Float
				want = append(want, at[j%n*target.Width:(j%n+1)*target.Width]...)
			}
			if got := path(i, one); !near.All(got, want, 1e-9) {
				t.Errorf("%s, target %d, series %d: %v, eval has %v", name, i, one, got, want)
			}
		}
	}
}

// Each path is what the reference has with the same draws.
func TestSamplesAreAsEval(t *testing.T) {
	const count = 3
	for name, text := range several {
		p := problem(t, text, waves(9, 20, 31, 26), 5, true)
		targets, err := forecast.Targets(p.Graph)
		if err != nil {
			t.Fatal(err)
		}
		got := map[[3]int]forecast.Path{}
		collect := make(chan func(), 100)
		err = forecast.Samples(context.Background(), p, 11, count, func(target, one int, paths []forecast.Path) {
			for k, path := range paths {
				path = append(forecast.Path{}, path...)
				collect <- func() { got[[3]int{target, one, k}] = path }
			}
		})
		close(collect)
		for f := range collect {
			f()
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for k := range count {
			long := p.Run
			if long.Data, err = forecast.Extend(p.Graph, targets, p.Run.Data, series.Set{}, 5); err != nil {
				t.Fatal(err)
			}
			long.Draw = forecast.Draws(11, k, nil)
			compare(t, fmt.Sprint(name, ", path ", k), p.Graph, targets, long, func(target, one int) forecast.Path { return got[[3]int{target, one, k}] })
		}
	}
}
