package train_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"unroll"
	"unroll/data"
	"unroll/series"
	"unroll/train"
)

// likely are cells whose loss is the negative logarithm of a likelihood.
var likely = map[string]string{
	"garch":   "use garch\ninput y\nm, s = garch(y)\ny ~ normal(m, s)\n",
	"shared":  "input y\nweight a = 0.2\nweight q[] > 0 = 1.3\nweight m per series = 0.1\ny ~ normal(m + a*y[t-1], q)\n",
	"vectors": "input y\nweight a[2] = 0.2\nweight V[2, 2] = [[0.3, 0.1], [-0.2, 0.4]]\nstate h[2] = 0\nh = tanh(V*h[t-1] + a*y[t-1])\ny ~ student(sum(h), 1, 5)\n",
	"terms":   "input y\nweight a per series = 0.2\nweight c = 0.1\ny ~ normal(a*y[t-1], 1)\nloss (a - c)^2\nloss pooled(a)^2\n",
}

func likelyRun(t *testing.T, text string) *unroll.Run {
	t.Helper()
	set, err := data.Inline([]string{"y=0.3,-1,1.5,0.2,-0.7,1.1,2,-0.4;0.5,0.1,-1.2,0.8,0.9"}, []data.Want{{Name: "y", Rows: 1}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := unroll.Parse("likely.cell", text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Bind(set, unroll.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func problemOf(r *unroll.Run) train.Problem {
	return train.Problem{Graph: r.Graph(), Data: r.Data(), Weights: r.Weights()}
}

// TestHessian wants the differences of the gradient.
func TestHessian(t *testing.T) {
	for name, text := range likely {
		t.Run(name, func(t *testing.T) {
			r := likelyRun(t, text)
			h, loss, err := train.Hessian(context.Background(), problemOf(r))
			if err != nil {
				t.Fatal(err)
			}
			want, err := r.Loss()
			if err != nil {
				t.Fatal(err)
			}
			if x := want.Float64(0); math.Abs(loss-x) > 1e-9*math.Abs(x) {
				t.Errorf("the loss is %v, not %v", loss, x)
			}
			for i, row := range differences(t, r) {
				for j, x := range row {
					if math.Abs(h.At(i, j)-x) > 1e-5*(1+math.Abs(x)) {
						t.Errorf("second derivative %d, %d is %v, not %v", i, j, h.At(i, j), x)
					}
				}
			}
		})
	}
}

// differences are how the gradient changes, by weight.
func differences(t *testing.T, r *unroll.Run) [][]float64 {
	const step = 1e-5
	var rows [][]float64
	for _, w := range r.Graph().Weights {
		all := r.Weights()[w.Name]
		for k, a := range all {
			for i := range a.Len() {
				gradient := func(by float64) []float64 {
					moved := append([]series.Array{}, all...)
					values := slices.Clone(a.ToFloat().Float)
					values[i] += by
					moved[k] = series.Floats(a.R, a.C, values)
					if err := r.Set(w.Name, moved...); err != nil {
						t.Fatal(err)
					}
					return gradientOf(t, r)
				}
				up, down := gradient(step), gradient(-step)
				for j := range up {
					up[j] = (up[j] - down[j]) / (2 * step)
				}
				rows = append(rows, up)
			}
		}
		if err := r.Set(w.Name, all...); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

func gradientOf(t *testing.T, r *unroll.Run) []float64 {
	g, err := r.Gradient()
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	for _, w := range r.Graph().Weights {
		for _, a := range g[w.Name] {
			for i := range a.Len() {
				out = append(out, a.Float64(i))
			}
		}
	}
	return out
}

// TestStandardErrorsOfMean wants what is known of a mean and a deviation: s/√n and s/√(2n).
func TestStandardErrorsOfMean(t *testing.T) {
	r := likelyRun(t, "input y\nweight m[] = 0\nweight s[] > 0 = 1\ny ~ normal(m, s)\n")
	p := problemOf(r)
	var sum, squares, n float64
	for _, s := range r.Data().Series {
		for _, a := range s.Columns["y"].All() {
			sum, squares, n = sum+a.Float64(0), squares+a.Float64(0)*a.Float64(0), n+1
		}
	}
	mean := sum / n
	sd := math.Sqrt(squares/n - mean*mean)
	p.Weights = map[string][]series.Array{"m": {series.Floats(1, 1, []float64{mean})}, "s": {series.Floats(1, 1, []float64{sd})}}
	e, err := train.StandardErrors(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"m": sd / math.Sqrt(n), "s": sd / math.Sqrt(2*n)} {
		if got := e.Errors[name][0].Float64(0); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, not %v", name, got, want)
		}
	}
}

func TestStandardErrorsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"input y\nweight m[]\ny ~ squared(m)\n":                 "which y ~ squared(m) isn't",
		"input y\nweight m[]\nweight d[]\ny ~ normal(m+d, 1)\n": "has no minimum at these weights: along ",
	} {
		_, err := train.StandardErrors(context.Background(), problemOf(likelyRun(t, text)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
