package naive

import (
	"errors"
	"strings"
	"testing"
)

// TestFunctions is about values and derivatives of functions, at kinks too.
func TestFunctions(t *testing.T) {
	once := Options{Steps: 1}
	f := func(expr, weights, loss, grad string) little {
		var names []string
		for _, w := range strings.Fields(weights) {
			name, _, _ := strings.Cut(w, "=")
			names = append(names, name)
		}
		return little{name: expr, cell: "weight " + strings.Join(names, ", ") + "\nloss " + expr,
			weights: weights, loss: loss, grad: grad, opt: once}
	}
	kink := func(expr, weights, loss, grad string) little {
		l := f(expr, weights, loss, grad)
		l.kink = true
		return l
	}
	runAll(t, []little{
		kink("relu(w)", "w=0", "0", "w=0"),
		kink("abs(w)", "w=0", "0", "w=0"),
		kink("max(w, v)", "w=1 v=1", "1", "w=1/2 v=1/2"),
		kink("min(w, v)", "w=1 v=1", "1", "w=1/2 v=1/2"),
		kink("max(w)", "w=1;3;3", "3", "w=0;1/2;1/2"),
		kink("clip(w, 0, 1)", "w=0", "0", "w=1"),
		kink("hard_tanh(w)", "w=-1", "-1", "w=0"),
		kink("hard_sigmoid(w)", "w=3", "1", "w=0"),
		kink("leaky_relu(w)", "w=0", "0", "w=1/100"),
		kink("w mod 3 + sign(w)", "w=-7", "1", "w=1"),
		kink("stop(w)*w", "w=3", "9", "w=3"),
		kink("max(w, 0, v)", "w=0 v=0", "0", "w=1/4 v=1/2"),
		f("leaky_relu(w)", "w=-2", "-1/50", "w=1/100"),
		f("hard_sigmoid(w) + hard_tanh(w)", "w=1/2", "13/12", "w=7/6"),
		f("clip(v, w, 4)", "w=1 v=0", "1", "w=1 v=0"),
		f("7 mod w", "w=5/2", "2", "w=-2"),
		f("w^3/v - v^-2", "w=2 v=1", "7", "w=12 v=-6"),
		f("w^0 + 2^2^0", "w=0", "3", "w=0"),
		f("-w^2", "w=3", "-9", "w=-6"),
		f("(w < v) + (w >= v) + (w == w) + (w != v) + (w > v) + (w <= v)", "w=1 v=2", "4", "w=0 v=0"),
		f("sum(where([1, 0], w, 1/v))", "w=1;2 v=2;2", "3/2", "w=1;0 v=0;-1/4"),
		f("where(w > 0, w, 1/(w - w))", "w=2", "2", "w=1"),
		f("dot(w, v)", "w=1;2 v=3;4", "11", "w=3;4 v=1;2"),
		f("mean(dot(A, A))", "A=1,2;3,4", "15", "A=1,2;3,4"),
		f("sum(A)[1] + mean(A)[0]", "A=1,2;3,4", "17/2", "A=1/2,1/2;1,1"),
		f("sum(sum(outer(w, v)))", "w=1;2 v=3;4", "21", "w=7;7 v=3;3"),
		f("sum(concat(w, 5, v) .* [1, 2, 3, 4])", "w=1;2 v=3", "32", "w=1;2 v=4"),
		f("sum(concat(A, w)[1])", "A=1,2;3,4 w=5;6", "13", "A=0,0;1,1 w=0;1"),
		f("embed(A, 1)[0] + sum(A*onehot(0, 2)) + sum(fill(w, 3))", "A=1,2;3,4 w=1", "9", "A=1,1;1,0 w=3"),
		f("A[1, 0] + sum(sum(A[0:1, 1:1])) + w[1:2][0]", "A=1,2;3,4 w=1;2;3", "11", "A=0,1;1,1 w=0;1;0"),
		f("w'*A*w", "A=1,2;3,4 w=1;1", "10", "A=1,1;1,1 w=7;13"),
		f("sum(2*w - w/4)", "w=4;8", "21", "w=7/4;7/4"),
		f("noise(w) + dropout(w, 1/2)", "w=2", "2", "w=1"),
	})
}

// TestObserved is about missing inputs that nothing forecasts.
func TestObserved(t *testing.T) {
	runAll(t, []little{
		{name: "masked", cell: "input x\nweight w\nloss where(observed(x), w*x, 5)",
			data: "x: 1 _ 3", weights: "w=1", loss: "9", grad: "w=4"},
		{name: "masked by entry", cell: "input x[2]\nweight w\nloss sum(where(observed(x), w*x, 5))",
			data: "x: 1;_ _;4", weights: "w=1", loss: "15", grad: "w=5"},
		{name: "division dropped", cell: "input x\nweight w\nh = w/x\nloss where(x == 0, 0, h)",
			data: "x: 0 2", weights: "w=4", loss: "2", grad: "w=1/2"},
	})
}

// TestFaults wants an error that says the words.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ cell, data, weights, feed, want string }{
		{"input x\nh = g\ng = h + x\nloss g", "x: 1", "", "", "a loop at one moment, t = 0 of series 1: "},
		{"input x\nh = tanh(x)\nloss h", "x: 1", "", "", ErrIrrational.Error()},
		{"input x\nx ~ normal(0, 1)", "x: 1", "", "", ErrIrrational.Error()},
		{"input x\nloss 2/x", "x: 0", "", "", "a division by zero"},
		{"input x\nloss x", "x: 1 _", "", "", "x is missing at t = 1"},
		{"input x\nstate g = 0\ng = x\nh = g\nloss h[t-1]", "x: 1", "", "", "h has no state for t-1"},
		{"input x\nloss x[t+1]", "x: 1 2", "", "", "x has no state for t+1"},
		{"input y\ny ~ squared(y)", "y: 1 _ 2", "", "", ""},
		{"input y\nf = 2*y\ny ~ squared(f)", "y: 1 2", "", "free", "a loop at one moment"},
		{"input y\ny ~ squared(w*y)\nweight w", "y: 1 2", "", "", "w is not given"},
		{"input y\ny ~ squared(0)", "y: 1 2", "", "observed:2", "no such time"},
		{"input x\nstate h = 0\nweight v\nh = h[t-1] + v*x\nloss sum(h)", "x: 1", "v=1;2", "", "declare the shape"},
		{"input x\nweight w\nloss clip_gradient(w*x, 1)", "x: 1", "w=1", "", "forward mode"},
		{"input x\nloss first(x)", "x: _", "", "", "first over no time"},
		{"input x\nloss x*zz", "x: 1", "", "", "zz is not defined"},
		{"input x\nweight A\nloss sum(A*A)", "x: 1", "A=1;2", "", "a product of 2×1 and 2×1"},
	} {
		_, err := Run(parse(t, c.cell), dataOf(t, c.data), Options{Weights: weightsOf(t, c.weights), Feed: c.feed})
		if c.want == "" {
			if err != nil {
				t.Errorf("%q: %v", c.cell, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.cell, err, c.want)
		}
		if c.want == ErrIrrational.Error() && !errors.Is(err, ErrIrrational) {
			t.Errorf("%q: %v is not ErrIrrational", c.cell, err)
		}
	}
}

// TestValues looks at the three kinds of names, and at an undefined entry.
func TestValues(t *testing.T) {
	f := parse(t, "input x\nweight w\na = 2*w\nb = total(x)\nc = 1/x[t-1]\nloss 0")
	res, err := Run(f, dataOf(t, "x: 1 0 3|x: 4 5"), Options{Weights: weightsOf(t, "w=1")})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"a": {"2"}, "b": {"4", "9"}, "c": {"1 | _", "1/4"}}
	for name, series := range want {
		for i, w := range series {
			if got := show(res.Values[name][i]); got != w {
				t.Errorf("%s of series %d: %s, want %s", name, i, got, w)
			}
		}
		if len(res.Values[name]) != len(series) {
			t.Errorf("%s has values of %d series, want %d", name, len(res.Values[name]), len(series))
		}
	}
	if res.T0 != 1 {
		t.Errorf("t0 is %d", res.T0)
	}
}
