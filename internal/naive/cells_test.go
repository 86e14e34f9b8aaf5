package naive

import (
	"math/big"
	"strings"
	"testing"
)

// little is a small cell with its answer, found by hand.
type little struct {
	name    string
	cell    string
	data    string
	weights string
	opt     Options
	loss    string
	grad    string // as weights are written
	kink    bool   // no difference can be taken here, or it is not the derivative that is asked for
}

func (l little) run(t *testing.T) {
	f := parse(t, l.cell)
	data := dataOf(t, l.data)
	l.opt.Weights = weightsOf(t, l.weights)
	res, err := Run(f, data, l.opt)
	if err != nil {
		t.Fatal(err)
	}
	if want := fraction(t, l.loss); !sameRat(res.Loss, want) {
		t.Errorf("loss %v, want %v", res.Loss, want)
	}
	for name, want := range weightsOf(t, l.grad) {
		if got := res.Grad[name]; !sameArrays(got, want) {
			t.Errorf("derivative by %s: %s, want %s", name, show(got), show(want))
		}
	}
	if !l.kink {
		checkDifferences(t, f, data, l.opt, res.Grad)
	}
}

func runAll(t *testing.T, all []little) {
	for _, l := range all {
		t.Run(l.name, l.run)
	}
}

// draws gives each id its numbers by time.
func draws(byID map[string]string) func(id, seriesID string, t, entry int) *big.Rat {
	return func(id, seriesID string, t, entry int) *big.Rat {
		v, _ := new(big.Rat).SetString(strings.Fields(byID[id])[t])
		return v
	}
}

// TestTime is about lags, leads, windows and starts.
func TestTime(t *testing.T) {
	runAll(t, []little{
		{name: "lag", // t0 = 2; misses 3 - w and 4 - 2w
			cell: "input y\nweight w\ny ~ squared(w*y[t-2])",
			data: "y: 1 2 3 4", weights: "w=1", loss: "8", grad: "w=-12"},
		{name: "lead", // g = 11/4, 7/2, 3
			cell: "input x\nweight a\nstate g = 0\ng = x + a*g[t+1]\nloss g",
			data: "x: 1 2 3", weights: "a=1/2", loss: "37/4", grad: "a=8"},
		{name: "known ahead", // forecasts 2, 3
			cell: "input x known\ninput y\nweight w\ny ~ squared(w*x[t+1])",
			data: "y: 1 2 / x: 1 2 3", weights: "w=1", loss: "2", grad: "w=10"},
		{name: "window", // forecasts 3, 5
			cell: "input y\nweight phi\ny ~ squared(dot(phi, y[t-2 : t-1]))",
			data: "y: 1 2 3 4", weights: "phi=1;1", loss: "1", grad: "phi=4;6"},
		{name: "window of vectors", // [[1, 2], [3, 4]] * v = (3, 7)
			cell: "input x[2]\nweight v[2]\nloss sum(x[t-1 : t]*v)", opt: Options{Sizes: map[string]int{}},
			data: "x: 1;2 3;4", weights: "v=1;1", loss: "10", grad: "v=4;6"},
		{name: "unwindow", // 10x[t] + x[t+1], and nothing beyond the end
			cell: "input x\nweight a\nd = concat(a*x, 10*a*x)\nloss unwindow(d[t : t+1])",
			data: "x: 1 2 3", weights: "a=1", loss: "65", grad: "a=65"},
		{name: "unwindow of vectors", // rows of d at t: x, 10x; so 10x[t] + x[t+1], entry by entry
			cell: "input x[2]\nweight a[2]\nd = [[1], [10]]*(a .* x)'\nu = unwindow(d[t : t+1])\nloss u[0] + 2*u[1]",
			data: "x: 1;2 3;4", weights: "a=1;1", loss: "171", grad: "a=43;128"},
		{name: "window of a state", // s = 1, 2, 4 after 0, 1
			cell: "input x\nstate s = 1\nweight w\ns = sum(s[t-2 : t-1]) + w*x\nloss s",
			data: "x: 1 2", weights: "w=0", loss: "5", grad: "w=4"},
		{name: "start by t", // s = s0[0], s0[1], s0[0]
			cell: "input y\nweight s0[2]\nstate s = s0[t mod 2]\ns = s[t-2]\ny ~ squared(s)",
			data: "y: 1 2 3", weights: "s0=1;1", loss: "5", grad: "s0=-4;-2"},
		{name: "start of inputs", // t0 = 1 by z, s before it is 2y
			cell: "input y\nweight w\nstate s = 2*y\ns = s[t-1]\nz = y[t-1]\ny ~ squared(w*s + 0*z)",
			data: "y: 1 2 3", weights: "w=1", loss: "1", grad: "w=-4"},
		{name: "input with a state", // forecasts 10, 1
			cell: "input y\nstate y = 10\nweight w\ny ~ squared(w*y[t-1])",
			data: "y: 1 2", weights: "w=1", loss: "82", grad: "w=178"},
		{name: "lag of inputs alone", // z[t-1] = y[t-3], t0 = 3
			cell: "input y\nweight w\nz = y[t-2]^2\ny ~ squared(w*z[t-1])",
			data: "y: 1 2 3 4 5", weights: "w=1", loss: "10", grad: "w=-14"},
		{name: "lag of t alone", // z[t-1] = t - 1
			cell: "input y\nweight w\nz = t\ny ~ squared(w*z[t-1])",
			data: "y: 1 2", weights: "w=1", loss: "8", grad: "w=4"},
		{name: "steps", // h = (2, 1), (3, 1)
			cell: "weight W[2, 2]\nstate h[2] = 1\nh = W*h[t-1]\nloss sum(h)", opt: Options{Steps: 2},
			weights: "W=1,1;0,1", loss: "7", grad: "W=4,3;5,4"},
	})
}

// TestData is about missing values, several series, totals and sums.
func TestData(t *testing.T) {
	runAll(t, []little{
		{name: "missing", // y_1 is seen as w, y_2 forecast as w²
			cell: "input y\nweight w\ny ~ squared(w*y[t-1])",
			data: "y: 1 _ 5", weights: "w=2", loss: "1", grad: "w=-8"},
		{name: "missing, stop", // the same with w in the place of y_1 a number
			cell: "input y\nweight w\ny ~ squared(w*y[t-1])", opt: Options{Stop: true},
			data: "y: 1 _ 5", weights: "w=2", loss: "1", grad: "w=-4", kink: true},
		{name: "missing entry",
			cell: "input y[2]\nweight w[2]\ny ~ squared(w)",
			data: "y: 1;_ 2;3", weights: "w=1;1", loss: "5", grad: "w=-2;-4"},
		{name: "unequal lengths", // the first series begins at its first y
			cell: "input y\nweight w\ny ~ squared(w + 0*t)",
			data: "y: _ 1 2|y: 3", weights: "w=0", loss: "14", grad: "w=-12"},
		{name: "totals", // 4 + 6 + 10 + 5
			cell: "input y, x\nweight w\ny ~ squared(w*(first(x) + last(x) + total(x) + average(x)))",
			data: "x: _ 4 6 / y: 1 2 3", weights: "w=0", loss: "14", grad: "w=-300"},
		{name: "total of lags", // 2 + 6 over two steps, which total(1) counts
			cell: "input y\nweight w\nloss w*total(y*y[t-1]) + w^2*total(1)",
			data: "y: 1 2 3", weights: "w=1/2", loss: "9/2", grad: "w=10"},
		{name: "total of lags, missing", // at t = 2 and 3 it reads y_2
			cell: "input y\nweight w\nloss w*total(y*y[t-1]) + w^2*total(1)",
			data: "y: 1 2 _ 4", weights: "w=1", loss: "5", grad: "w=8"},
		{name: "total after the cut-off", // only y_0 and y_1 count
			cell: "input y\nweight w\ny ~ squared(w*average(y))", opt: Options{Feed: "observed:1"},
			data: "y: 1 3 5", weights: "w=1", loss: "11", grad: "w=-12"},
		{name: "pooled", // once for the file
			cell: "input y\nweight w\nc = pooled(total(y))\nloss w*c",
			data: "y: 1 2|y: 3", weights: "w=2", loss: "12", grad: "w=6"},
		{name: "mean", // 20/3 + 1
			cell: "input y\nweight w\ny ~ squared(w + 0*t)\nloss w^2", opt: Options{Mean: true},
			data: "y: 1 _ 3|y: 5", weights: "w=1", loss: "23/3", grad: "w=-2"},
		{name: "when",
			cell: "input y\nweight w\ny ~ squared(w) when t mod 2 == 0\nloss 10*w when t == 1",
			data: "y: 1 2 3", weights: "w=1", loss: "14", grad: "w=6"},
		{name: "loss left out", // where y_1 is missing
			cell: "input y\nweight w\ny ~ squared(0)\nloss w*y",
			data: "y: 1 _ 3", weights: "w=1", loss: "14", grad: "w=4"},
		{name: "per series",
			cell: "input y\nweight l per series\ny ~ squared(l)",
			data: "y: 1 3|y: 5", weights: "l=2|4", loss: "3", grad: "l=0|-2"},
		{name: "one value a series", // scored once each
			cell: "input x\ninput k per series\nweight w\nk ~ squared(w*last(x))",
			data: "x: 1 2 / k = 3|x: 4 / k = 5", weights: "w=1", loss: "2", grad: "w=-12"},
		{name: "loss once a series", cell: "input y\nweight l per series\nloss l^2",
			data: "y: 1 3|y: 5", weights: "l=2|4", loss: "20", grad: "l=4|8"},
	})
}

// TestFamilies is about scores and left sides.
func TestFamilies(t *testing.T) {
	runAll(t, []little{
		{name: "quantile", // 9/10 + 1/2, 1/10 + 1/2
			cell: "input y\nweight a, b\ny ~ quantile(a, b; 1/10, 1/2)",
			data: "y: 1 3", weights: "a=2 b=2", loss: "2", grad: "a=4/5 b=0"},
		{name: "quantile fed", // b goes back: y_1 is seen as b, misses 1 and 4
			cell: "input y\nweight a, b\ny ~ quantile(a, b*y[t-1]; 1/10, 1/2)", opt: Options{Feed: "free"},
			data: "y: 1 2 5", weights: "a=0 b=1", loss: "16/5", grad: "a=-1/5 b=-3/2"},
		{name: "absolute and huber", // |2 - 0|, then 1/8 and 1(4 - 1/2)
			cell: "input y\nweight m, d\ny ~ absolute(m)\ny ~ huber(m, d)",
			data: "y: 1/2 4", weights: "m=0 d=1", loss: "65/8", grad: "m=-7/2 d=3"},
		{name: "score", cell: "input y\nweight w\ny ~ score((y - w)^4; w)",
			data: "y: 1 2", weights: "w=0", loss: "17", grad: "w=-36"},
		{name: "score of a window", cell: "input y\nweight w\ny[t+1 : t+2] ~ score((y[t+1 : t+2] - w)^2; w)",
			data: "y: 0 1 2", weights: "w=0", loss: "9", grad: "w=-10"},
		{name: "window ahead", // forecasts 2 and 2 of 2 and 4; then 4 of 4
			cell: "input y\nweight w\ny[t+1 : t+2] ~ squared(concat(w*y, w*y))",
			data: "y: 1 2 4", weights: "w=2", loss: "4", grad: "w=-4"},
		{name: "window ahead, free", // 2 and 2 of 3 and 5; then w² of 5
			cell: "input y\nweight w\ny[t+1 : t+2] ~ squared(concat(w*y, w*y))", opt: Options{Feed: "free"},
			data: "y: 1 3 5", weights: "w=2", loss: "11", grad: "w=-16"},
		{name: "y/k", cell: "input y\ninput k per series\nweight m\ny/k ~ squared(m)",
			data: "y: 2 4 / k = 2", weights: "m=0", loss: "5", grad: "m=-6"},
		{name: "y/l fed", // y_1 is seen as 2w; misses 3 - w, 3 - 2w²
			cell: "input l known\ninput y\nweight w\ny/l ~ squared(w*y[t-1])", opt: Options{Feed: "free"},
			data: "y: 1 6 12 / l: 1 2 4", weights: "w=1", loss: "5", grad: "w=-12"},
		{name: "2*y - c", cell: "input y\nweight c, m\n2*y - c ~ squared(m)",
			data: "y: 1 2", weights: "c=1 m=0", loss: "10", grad: "c=-8 m=-8"},
		{name: "c - 2/y fed", // y_0 is seen as 2/(c - m); misses 0 and c - 2 - m - 1/(2(c - m))
			cell: "input y\nweight c, m\nstate y = 0\nc - 2/y ~ squared(m + y[t-1]/4)", opt: Options{Feed: "free"},
			data: "y: 2 1", weights: "c=2 m=1", loss: "9/4", grad: "c=-9/2 m=9/2"},
		{name: "two scores", cell: "input y\nweight a, b\ny ~ squared(a)\ny ~ squared(b)",
			data: "y: 1 2", weights: "a=0 b=1", loss: "6", grad: "a=-6 b=-2"},
	})
}
