package unroll_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"unroll"
	"unroll/internal/near"
	"unroll/series"
)

// TestEngine holds compiled runs of the examples of all cells to the run itself, in both kinds of
// numbers: loss, gradient and the values of all equations.
func TestEngine(t *testing.T) {
	for name := range references(t) {
		r := readReference(t, checksDir+name+".json")
		run := r.bind(t, name, 20)
		for _, o := range []unroll.EngineOptions{{Float64: true}, {}} {
			for _, n := range run.Graph().Names {
				o.Keep = append(o.Keep, n.Name)
			}
			tol := 2e-3
			if o.Float64 {
				tol = 1e-9
			}
			e := engineOf(t, run, o)
			holdEngine(t, name, run, e, tol)
		}
	}
}

func engineOf(t *testing.T, run *unroll.Run, o unroll.EngineOptions) *unroll.Engine {
	t.Helper()
	c, err := run.Compile(o)
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Engine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func holdEngine(t *testing.T, name string, run *unroll.Run, e *unroll.Engine, tol float64) {
	t.Helper()
	want, err := run.Loss()
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Run(); !near.Close(got, want.Float64(0), tol) {
		t.Errorf("%s: the engine's loss is %v, the run's %v", name, got, want)
	}
	gradient, err := run.Gradient()
	if err != nil {
		t.Fatal(err)
	}
	for w, all := range gradient {
		got, err := e.Grad(w)
		if err != nil {
			t.Fatal(err)
		}
		for k := range all {
			compare(t, name+": the derivative by "+w, got[k], all[k], tol)
		}
	}
	for _, n := range run.Graph().Names {
		want, err := run.Values(n.Name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.Values(n.Name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if len(got[i]) != len(want[i]) {
				t.Fatalf("%s: %d values of %s, not %d", name, len(got[i]), n.Name, len(want[i]))
			}
			for k := range want[i] {
				compare(t, name+": "+n.Name, got[i][k], want[i][k], tol)
			}
		}
	}
}

// learnt is a small cell on two series of unequal length.
func learnt(t *testing.T, o unroll.Options, lengths ...int) *unroll.Run {
	t.Helper()
	cell, err := unroll.Parse("learnt.cell", `
input  x[2]
input  y
state  h[3] = 0
weight U[3, 3], W[3, 2], v[3] ~ glorot
weight b[] per series = 1/4
h    = tanh(U*h[t-1] + W*x + b)
yhat = dot(v, h)
y ~ squared(yhat)
`)
	if err != nil {
		t.Fatal(snippets(err))
	}
	run, err := cell.Bind(waves(lengths...), o)
	if err != nil {
		t.Fatal(snippets(err))
	}
	return run
}

// waves is data of some lengths.
func waves(lengths ...int) series.Set {
	var set series.Set
	for i, n := range lengths {
		s := series.Series{ID: string(rune('a' + i)), Columns: map[string]series.Column{}}
		for t := range n {
			at := float64(t + 3*i)
			s.Columns["x"] = s.Columns["x"].Append(series.Floats(2, 1, []float64{math.Sin(at), math.Cos(2 * at)}))
			s.Columns["y"] = s.Columns["y"].Append(series.Floats(1, 1, []float64{math.Sin(at + 1)}))
		}
		set.Series = append(set.Series, s)
	}
	return set
}

// TestEngineOnOtherData: what is compiled once runs on data of another length and number of series as
// a run of that data does, and each engine has weights of its own.
func TestEngineOnOtherData(t *testing.T) {
	run := learnt(t, unroll.Options{}, 5, 7)
	c, err := run.Compile(unroll.EngineOptions{Float64: true, Keep: []string{"h", "yhat"}})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, lengths := range [][]int{{3}, {9, 4, 6}, {5, 7}, {1, 1, 1, 1}} {
		all.Go(func() {
			other := learnt(t, unroll.Options{}, lengths...)
			e, err := c.Bind(waves(lengths...))
			if err != nil {
				t.Error(err)
				return
			}
			for _, u := range []float64{0.25, -0.5} {
				if err := e.SetWeight("v", series.Floats(3, 1, []float64{u, 1, -u})); err != nil {
					t.Error(err)
				}
				if err := other.Set("v", series.Floats(3, 1, []float64{u, 1, -u})); err != nil {
					t.Error(err)
				}
				for name, b := range other.Weights() {
					if name != "v" { // other numbers of series draw the same starts
						if err := e.SetWeight(name, b...); err != nil {
							t.Error(err)
						}
					}
				}
				holdEngine(t, "learnt", other, e, 1e-12)
			}
		})
	}
	all.Wait()
}

// TestEngineAllocates nothing when it runs.
func TestEngineAllocates(t *testing.T) {
	e := engineOf(t, learnt(t, unroll.Options{}, 40, 30, 20), unroll.EngineOptions{})
	if n := testing.AllocsPerRun(20, func() { e.Run() }); n > 0 {
		t.Errorf("a run allocates %v times", n)
	}
}

// TestEngineRefuses what can't be, before a run.
func TestEngineRefuses(t *testing.T) {
	run := learnt(t, unroll.Options{}, 5, 7)
	for _, c := range []struct {
		o    unroll.EngineOptions
		want string
	}{
		{unroll.EngineOptions{Family: "avx"}, "no kernels"},
		{unroll.EngineOptions{Family: "gp"}, "did you mean go?"},
		{unroll.EngineOptions{Cores: -1}, "Cores is -1"},
		{unroll.EngineOptions{Keep: []string{""}}, "a name in Keep is empty"},
		{unroll.EngineOptions{Without: []string{"fus"}}, "did you mean fuse"},
		{unroll.EngineOptions{Keep: []string{"yhta"}}, "no equation yhta; did you mean yhat?"},
	} {
		if _, err := run.Compile(c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.o, err, c.want)
		}
	}
	c, err := run.Compile(unroll.EngineOptions{Keep: []string{"h"}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Engine()
	if err != nil {
		t.Fatal(err)
	}
	_, kept := e.Values("yhat")
	_, weight := e.Grad("w")
	size := e.SetWeight("W", series.Floats(1, 1, []float64{1}))
	narrow, gap := waves(4), waves(4)
	narrow.Series[0].Columns["x"] = series.Dense(1, 1, []float64{1, 1, 1, 1})
	gap.Series[0].Columns["y"].At(2).Float[0] = math.NaN()
	_, width := c.Bind(narrow)
	_, missing := c.Bind(gap)
	for _, x := range []struct {
		err  error
		want string
	}{
		{kept, "name it in Keep"}, {weight, "no weight w; did you mean"}, {size, "weight W is 3×2, not 1×1"},
		{width, "x"}, {missing, "missing"},
	} {
		if x.err == nil || !strings.Contains(x.err.Error(), x.want) {
			t.Errorf("got %v, want %q", x.err, x.want)
		}
	}
}

// TestEngineTooLarge: what memory can't hold is said before any of it is taken.
func TestEngineTooLarge(t *testing.T) {
	cell, err := unroll.Parse("long.cell", "size H = 1000\nstate h[H] = 1\nweight u[H] = 1/2\nh = u .* h[t-1]\nloss total(sum(h))\n")
	if err != nil {
		t.Fatal(snippets(err))
	}
	for _, steps := range []int{1 << 40, 1 << 62} {
		run, err := cell.Bind(series.Set{}, unroll.Options{Steps: steps})
		if err != nil {
			t.Fatal(err)
		}
		c, err := run.Compile(unroll.EngineOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Engine(); err == nil || !strings.Contains(err.Error(), "TiB of memory") {
			t.Errorf("%d steps: %v", steps, err)
		}
	}
}

// TestEngineWithoutSteps: a run in which nothing is computed is refused.
func TestEngineWithoutSteps(t *testing.T) {
	cell, err := unroll.Parse("none.cell", "state h = 1\nweight u = 1/2\nh = u*h[t-1]\nloss total(h)\n")
	if err != nil {
		t.Fatal(snippets(err))
	}
	if _, err := cell.Bind(series.Set{}, unroll.Options{Steps: -1}); err == nil || !strings.Contains(err.Error(), "steps -1") {
		t.Errorf("-1 steps: %v", err)
	}
	run, err := cell.Bind(series.Set{}, unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := run.Compile(unroll.EngineOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Engine(); err == nil || !strings.Contains(err.Error(), "no steps") {
		t.Errorf("no steps: %v", err)
	}
	lagged := compiledCell(t, "input y\nk = y[t-3]\n", numbers(1, 2, 3, 4), unroll.EngineOptions{Keep: []string{"k"}})
	if _, err := lagged.Bind(numbers(1, 2, 3)); err == nil || !strings.Contains(err.Error(), "before the first step, which is t = 3") {
		t.Errorf("data that is too short: %v", err)
	}
}
