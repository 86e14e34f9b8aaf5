package train_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"unroll"
	library "unroll/cells"
	"unroll/eval"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
	"unroll/train"
)

// eachProblem is a cell of which each series is to be fitted for itself, its weights at their starts.
func eachProblem(tb testing.TB, text string, data series.Set) train.Problem {
	tb.Helper()
	return eachChosen(tb, text, data, graph.Choices{})
}

func eachChosen(tb testing.TB, text string, data series.Set, c graph.Choices) train.Problem {
	tb.Helper()
	c.Each, c.Use = true, func(name string, _ bool) (*lang.Source, error) { return library.Source(name) }
	file, err := lang.Parse(&lang.Source{Name: "each.cell", Text: text})
	if err != nil {
		tb.Fatal(err)
	}
	g, err := graph.Build(file, c)
	if err != nil {
		tb.Fatal(err)
	}
	only := *g
	only.Names, only.Scores, only.Loss, only.Weights = nil, nil, nil, nil
	for _, w := range g.Weights {
		only.Outputs = append(only.Outputs, w.Start)
	}
	v, err := eval.Eval(&only, eval.Run{Data: data})
	if err != nil {
		tb.Fatal(err)
	}
	p := train.Problem{Graph: g, Data: data, Weights: map[string][]series.Array{}}
	for _, w := range g.Weights {
		copies := 1
		if w.PerSeries {
			copies = len(data.Series)
		}
		for i := range copies {
			p.Weights[w.Name] = append(p.Weights[w.Name], v.At(w.Start, i, 0))
		}
	}
	return p
}

// smoothing is a cell of the library as it forecasts a series.
func smoothing(name string) string {
	return fmt.Sprintf("use %s\ninput y\nyhat = %s(y)\ny ~ squared(yhat)\n", name, name)
}

func fitEach(tb testing.TB, p train.Problem, o train.Options) *train.EachResult {
	tb.Helper()
	r, err := train.FitEach(context.Background(), p, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// A series' weights are the same, bit for bit, whoever is fitted beside it, on any number of cores.
func TestEachIsAlone(t *testing.T) {
	data := trends(40)
	for _, o := range []train.Options{
		{},
		{Descent: train.Descent{Method: "adam", Rate: 0.05, ClipNorm: 1}, Epochs: 30},
		{Descent: train.Descent{Method: "momentum", Rate: 1e-9, Schedule: "plateau", Wait: 2}, Epochs: 30, Holdout: 3, Patience: 4},
	} {
		p := eachProblem(t, smoothing("damped"), data)
		o.Cores = 1
		all := fitEach(t, p, o)
		o.Cores = 3
		if again := fitEach(t, p, o); !reflect.DeepEqual(all, again) {
			t.Errorf("%s: other weights on 3 cores", o.Method)
		}
		for _, i := range []int{0, 7, 21, 39} {
			one := fitEach(t, eachProblem(t, smoothing("damped"), series.Set{Series: data.Series[i : i+1]}), o)
			if !reflect.DeepEqual(one.Series[0], all.Series[i]) {
				t.Errorf("%s: alone %+v, together %+v", o.Method, one.Series[0], all.Series[i])
			}
			for name, w := range one.Weights {
				if w[0].Float[0] != all.Weights[name][i].Float[0] {
					t.Errorf("%s: series %d alone has %s = %v, together %v", o.Method, i, name, w[0], all.Weights[name][i])
				}
			}
		}
	}
}

// No fit is left that a long search from its end makes better, but by next to nothing.
func TestEachFindsTheLowest(t *testing.T) {
	data := trends(60)
	for _, name := range []string{"ses", "holt", "damped"} {
		r := fitEach(t, eachProblem(t, smoothing(name), data), train.Options{})
		for i, s := range data.Series {
			var y, x []float64
			for _, a := range s.Columns["y"].All() {
				y = append(y, a.Float64(0))
			}
			for _, w := range smoothingWeights[name] {
				x = append(x, r.Weights["yhat."+w][i].Float[0])
			}
			loss := smoothed(name, y, x)
			if by := r.Series[i].Loss * float64(len(y)); !near(by/loss, 1) {
				t.Errorf("%s of %s: the loss is said to be %v, and is %v", name, s.ID, by, loss)
			}
			close := 1e-4
			if name == "damped" && x[2] < 0.1 {
				close = 1e-3 // phi and b0 follow their product's valley, ever more slowly
			}
			if lowest := searched(name, y, x); !r.Series[i].Converged || loss > lowest*(1+close) {
				t.Errorf("%s of %s: %v at %v, and Nelder–Mead comes to %v; %+v", name, s.ID, loss, x, lowest, r.Series[i])
			}
		}
	}
}

// Who can't be fitted says so, and the others are fitted.
func TestEachGoesOn(t *testing.T) {
	set := trends(3)
	set.Series[0].Columns["y"] = series.Dense(1, 1, []float64{3, 4})
	set.Series[1].Columns["y"] = series.Dense(1, 1, []float64{1, 2, -3, 4, 5, 6})
	set.Series[2].Columns["y"] = series.Dense(1, 1, []float64{1, 2, 3, 4, 6, 5, 7})
	text := "input y\nweight a = 0.5\nweight b = 0\ny ~ squared(a*log(y[t-3]) + b)\n"
	for _, o := range []train.Options{{}, {Descent: train.Descent{Method: "adam"}, Epochs: 5}} {
		r := fitEach(t, eachProblem(t, text, set), o)
		for i, want := range []string{"too short: the first step is t = 3, and it has 2 times", "undefined or infinite", ""} {
			if f := r.Series[i]; f.ID != set.Series[i].ID || f.Converged != (want == "") || !strings.Contains(f.Stopped, want) {
				t.Errorf("%s, series %d: %+v", o.Method, i, f)
			}
			if moved := r.Weights["a"][i].Float[0] != 0.5; moved != (want == "") {
				t.Errorf("%s, series %d: a is %v", o.Method, i, r.Weights["a"][i])
			}
		}
	}
	p := eachProblem(t, text, series.Set{Series: set.Series[:1]})
	_, err := train.FitEach(context.Background(), p, train.Options{})
	wants(t, err, "no series is long enough")
	_, err = train.FitEach(context.Background(), problem(t, lstm, waves(1), unroll.Options{}), train.Options{})
	wants(t, err, "no series has a loss of its own")
	p = eachChosen(t, "input y\nweight a = 0\ny ~ squared(a*noise(1) + y[t-1])\n", trends(1), graph.Choices{Training: true})
	_, err = train.FitEach(context.Background(), p, train.Options{})
	wants(t, err, "draws random numbers")
}

// A fit that is cancelled gives what it has.
func TestEachCancelled(t *testing.T) {
	p := eachProblem(t, smoothing("holt"), trends(20))
	for _, method := range []string{"lbfgs", "adam"} {
		ctx, cancel := context.WithCancelCause(context.Background())
		runs := 0
		r, err := train.FitEach(ctx, p, train.Options{Descent: train.Descent{Method: method}, Step: func(train.Step) {
			if runs++; runs == 20 {
				cancel(errors.New("enough"))
			}
		}})
		wants(t, err, "enough")
		interrupted := 0
		for _, f := range r.Series {
			if f.Stopped == "interrupted" {
				interrupted++
			}
		}
		if interrupted == 0 || runs > 21 {
			t.Errorf("%s: of %d series %d were interrupted, after %d runs", method, len(r.Series), interrupted, runs)
		}
	}
}

// Adam gets near to where lbfgs is, and stops each series when its validation loss says so.
func TestEachByAdam(t *testing.T) {
	p := eachProblem(t, smoothing("ses"), series.Set{Series: trends(14).Series})
	best := fitEach(t, p, train.Options{})
	r := fitEach(t, p, train.Options{Descent: train.Descent{Method: "adam", Rate: 0.05, Schedule: "cosine"}, Epochs: 2000})
	for i, f := range r.Series {
		if unit := math.Abs(p.Data.Series[i].Columns["y"].At(0).Float64(0)); unit < 20 && f.Loss > 1.05*best.Series[i].Loss+1e-9 {
			t.Errorf("%s: %v, and by lbfgs %v", f.ID, f.Loss, best.Series[i].Loss)
		}
	}
	r = fitEach(t, p, train.Options{Descent: train.Descent{Method: "adam", Rate: 0.05, EMA: 0.9}, Epochs: 300, Holdout: 3, Patience: 5})
	steps := map[int]bool{}
	for _, f := range r.Series {
		steps[f.Steps] = true
	}
	if len(steps) < 3 {
		t.Errorf("the series stopped after %v steps", steps)
	}
}

// BenchmarkEach fits the 1,001 series of M1 by a cell of the library.
func BenchmarkEach(b *testing.B) {
	data := m1(b)
	for _, name := range []string{"ses", "holt", "damped"} {
		b.Run(name, func(b *testing.B) {
			p := eachProblem(b, smoothing(name), data)
			for b.Loop() {
				fitEach(b, p, train.Options{})
			}
		})
	}
}
