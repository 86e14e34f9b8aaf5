package graph_test

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"unroll/cells"
	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
	"unroll/series"
)

// scaled is a cell with data and weights, of which identities are asked.
type scaled struct {
	choices graph.Choices
	g       *graph.Graph
	run     eval.Run
}

func newScaled(text string, choices graph.Choices, data series.Set) (*scaled, error) {
	f, err := lang.Parse(&lang.Source{Name: "test.cell", Text: text})
	if err != nil {
		return nil, err
	}
	choices.Use = func(name string, _ bool) (*lang.Source, error) { return cells.Source(name) }
	g, err := graph.Build(f, choices)
	if err != nil {
		return nil, err
	}
	run := eval.Run{Data: data, Weights: map[string][]series.Array{}, Exact: eval.Insist, Draw: halves}
	for i, w := range g.Weights {
		for s := range data.Series {
			if s == 0 || w.PerSeries {
				run.Weights[w.Name] = append(run.Weights[w.Name], fractions(w.Node.Shape, i+s))
			}
		}
	}
	return &scaled{choices, g, run}, nil
}

// fractions are the entries of a weight, between 0 and 1: of each weight others.
func fractions(s op.Shape, salt int) series.Array {
	a := series.Array{R: s.R, C: s.C}
	for i := range s.Len() {
		a.Rat = append(a.Rat, big.NewRat(int64(1+(5*i+3*salt)%11), 12))
	}
	return a
}

// halves draws numbers that depend on what they are for.
func halves(spec graph.DrawSpec, id string, t, entry int) (*big.Rat, float64) {
	v := big.NewRat(int64((len(spec.ID)+len(id)+3*t+5*entry)%8), 8)
	f, _ := v.Float64()
	return v, f
}

// holds finds what is wrong with a scaling, by the gradient and by the loss.
func (c *scaled) holds(s graph.Scaling) error {
	d, err := grad.Loss(c.g, c.choices.Table)
	if err != nil {
		return err
	}
	v, err := eval.Eval(d.Graph, c.run)
	if err != nil {
		return err
	}
	if err := c.identity(s, d, v); err != nil {
		return err
	}
	return c.invariant(s, v)
}

// identity is that the sum of exponent·⟨weight, gradient⟩ is 0: exactly, or in float64 beside the
// size of what is added up.
func (c *scaled) identity(s graph.Scaling, d *grad.Derivative, v *eval.Values) error {
	exact, sum, size := new(big.Rat), 0.0, 0.0
	for _, p := range s {
		for i, w := range c.run.Weights[p.Weight] {
			got := v.At(d.Weight[p.Weight], i, 0)
			for e := range w.Len() {
				x := float64(p.Exponent) * w.Float64(e) * got.Float64(e)
				sum, size = sum+x, size+max(x, -x)
				if got.Exact() && exact != nil {
					x := new(big.Rat).Mul(w.Rat[e], got.Rat[e])
					exact.Add(exact, x.Mul(x, big.NewRat(int64(p.Exponent), 1)))
				} else {
					exact = nil
				}
			}
		}
	}
	if exact != nil && exact.Sign() != 0 || !(max(sum, -sum) <= 1e-12*(size+1e-6)) {
		return fmt.Errorf("%v makes %v, not 0", s, sum)
	}
	return nil
}

// invariant is that the loss stays as it is if the weights are scaled; what stop(…) holds doesn't move.
func (c *scaled) invariant(s graph.Scaling, old *eval.Values) error {
	run := c.run
	run.Stopped, run.Weights = old, map[string][]series.Array{}
	for name, all := range c.run.Weights {
		run.Weights[name] = all
	}
	for _, p := range s {
		run.Weights[p.Weight] = nil
		for _, w := range c.run.Weights[p.Weight] {
			run.Weights[p.Weight] = append(run.Weights[p.Weight], times(w, p.Exponent))
		}
	}
	v, err := eval.Eval(c.g, run)
	if err != nil {
		return err
	}
	got, want := v.At(c.g.Loss, 0, 0), old.At(c.g.Loss, 0, 0)
	if off := got.Float64(0) - want.Float64(0); !(max(off, -off) <= 1e-12*(1+want.Float64(0))) || got.Exact() && !got.Equal(want) {
		return fmt.Errorf("%v takes the loss from %v to %v", s, want, got)
	}
	return nil
}

// times is an array times a power of 3/2.
func times(a series.Array, power int) series.Array {
	c := big.NewRat(3, 2)
	if power < 0 {
		c.Inv(c)
	}
	out := series.Array{R: a.R, C: a.C}
	for _, x := range a.Rat {
		y := new(big.Rat).Set(x)
		for range max(power, -power) {
			y.Mul(y, c)
		}
		out.Rat = append(out.Rat, y)
	}
	return out
}

// columns is one series of numbers by name, written "y=0 1 -1".
func columns(text string) series.Set {
	s := series.Series{ID: "1", Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
	for column := range strings.SplitSeq(text, ";") {
		name, values, _ := strings.Cut(column, "=")
		for v := range strings.FieldsSeq(values) {
			r, _ := new(big.Rat).SetString(v)
			s.Columns[name] = s.Columns[name].Append(series.Number(r))
		}
	}
	return series.Set{Series: []series.Series{s}}
}

func text(all []graph.Scaling) string {
	var out []string
	for _, s := range all {
		line := ""
		for _, p := range s {
			line += fmt.Sprintf(" %s%+d", p.Weight, p.Exponent)
		}
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "; ")
}

// What a factor in v does, its inverse in u undoes: so u·∂L/∂u = v·∂L/∂v, whatever the numbers.
func ExampleScalings() {
	file, err := lang.Parse(&lang.Source{Name: "sheet.cell", Text: `
input  y
state  h = 0
weight u, v, w = 0.5
h    = relu(w*h[t-1] + v*y[t-1])
yhat = relu(u*h)
y ~ squared(yhat)
`})
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := graph.Build(file, graph.Choices{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range graph.Scalings(g) {
		for _, w := range s {
			fmt.Printf("%s times c to the power %d\n", w.Weight, w.Exponent)
		}
	}
	// Output:
	// u times c to the power -1
	// v times c to the power 1
}

func TestScalings(t *testing.T) {
	sheet, err := os.ReadFile("../examples/sheet/sheet.cell")
	if err != nil {
		t.Fatal(err)
	}
	observed := graph.Choices{Feed: graph.Feed{Mode: graph.ObservedTo, K: 1}}
	stopped := observed
	stopped.Stop = true
	head := "input y\nstate h = 0\n"
	for _, c := range []struct {
		name, text string
		choices    graph.Choices
		want       string
	}{
		{"sheet", string(sheet), graph.Choices{}, "u-1 v+1"},
		{"sheet, free", string(sheet), graph.Choices{Feed: graph.Feed{Mode: graph.Free}}, "u-1 v+1"},
		{"sheet, observed", string(sheet), observed, "u-1 v+1"},
		{"sheet, stopped", string(sheet), stopped, "u-1 v+1"},
		{"mean", string(sheet), graph.Choices{Mean: true}, "u-1 v+1"},
		{"two layers", "input y\nweight u, v, w\na = relu(u*y[t-1])\nb = relu(v*a)\ny ~ squared(w*b)", graph.Choices{}, "u-1 v+1; v-1 w+1"},
		{"four layers", "input y\nweight a, b, c, d[]\ny ~ squared(d*relu(c*abs(b*relu(a*y[t-1]))))", graph.Choices{}, "a-1 b+1; b-1 c+1; c-1 d+1"},
		{"biases", "input y\nweight A, B, C, a, b, c\nh[2] = relu(A*y[t-1] + a)\nk[2] = relu(B*h + b)\ny ~ squared(C*k + c)", graph.Choices{},
			"A+1 B-1 a+1; B+1 C-1 b+1"},
		{"deep biases", "input y\nweight A, a, B, b, C, c, D, d\nh[2] = relu(A*y[t-1] + a)\nk[3] = relu(B*h + b)\nl[2] = relu(C*k + c)\ny ~ squared(D*l + d)",
			graph.Choices{}, "A-1 a-1 B+1; B-1 b-1 C+1; C-1 c-1 D+1"},
		{"shared weight", head + "weight u, v\nh = relu(u*u*h[t-1] + y[t-1])\ny ~ squared(v*h)", graph.Choices{}, ""},
		{"layer", head + "weight u, v, w\nh[3] = leaky_relu(w*h[t-1] + v*y[t-1])\ny ~ squared(u*h)", graph.Choices{}, "u-1 v+1"},
		{"learnt start", "input y\nweight u, v, w, s\nstate h = s\nh[2] = relu(w*h[t-1] + v*y[t-1])\ny ~ squared(u*h)", graph.Choices{}, "u-1 v+1 s+1"},
		{"powers", "input y\nweight a, b, c[]\ny ~ squared(a*(b*y[t-1])^3*sqrt(c*c*c) + max(c, 0)*y[t-1]^2)", graph.Choices{}, "a-3 b+1"},
		{"roots", "input y\nweight a[], b[], c[]\ny ~ squared(a*(b*y[t-1])^3*sqrt(abs(c)))", graph.Choices{}, "a-3 b+1; b-1 c+6"},
		{"quotient", "input y\nweight a, b, c[]\ny ~ squared(a*y[t-1]/(b + c*y[t-1]^2))", graph.Choices{}, "a+1 b+1 c+1"},
		{"normalized", "input y\nweight W[3, 1], V\nh = W*(y[t-1]^2 + 1)\ny ~ squared(V*(h / fill(norm(h), 3)))", graph.Choices{}, "W+1"},
		{"attention", "input y\nweight W[3, 1], V\ne = relu(W*y[t-1]) \ny ~ squared(V*(e / fill(sum(e) + 1, 3)))", graph.Choices{}, ""},
		{"normalize", "input y\nweight W[3, 1], V\ny ~ squared(V*normalize(W*y[t-1]))", graph.Choices{}, ""},
		{"softmax", "input y\nweight W[3, 1], V\ny ~ squared(V*softmax(W*y[t-1]))", graph.Choices{}, ""},
		{"a gate", "input y\nweight a, b, c, d[]\ny ~ squared(a*b*tanh(c*d*y[t-1]))", graph.Choices{}, "a-1 b+1; c-1 d+1"},
		{"stop", "input y\nweight u, v\nh = relu(v*y[t-1])\ny ~ squared(u*stop(h))", graph.Choices{}, ""},
		{"stop of a part", "input y\nweight u, v, w[]\nh = u*v*y[t-1]\ny ~ squared(h + stop(w*h))", graph.Choices{}, "u-1 v+1"},
		{"clip_gradient", "input y\nweight u, v\nh = relu(v*y[t-1])\ny ~ squared(u*clip_gradient(h, 1))", graph.Choices{}, ""},
		{"compared", "input y\nweight u, v, w[]\nh = v*y[t-1]\ny ~ squared(u*where(h > w, h, 0))", graph.Choices{}, "u-1 v+1 w+1"},
		{"only compared", "input y\nweight u, v\ny ~ squared(where(u > v, 1, 2))", graph.Choices{}, ""},
		{"not in the loss", "input y\nweight u, v\nz = u*v*y[t-1]\ny ~ squared(u*y[t-1])", graph.Choices{}, ""},
		{"fixed", "input y\nweight u\nweight v fixed\ny ~ squared(u*relu(v*y[t-1]))", graph.Choices{}, ""},
		{"positive", "input y\nweight u\nweight v > 0\ny ~ squared(u*relu(v*y[t-1]))", graph.Choices{}, "u-1 v+1"},
		{"above 1", "input y\nweight u\nweight v > 1\ny ~ squared(u*relu(v*y[t-1]))", graph.Choices{}, ""},
		{"per series", "input y\nweight u, v per series\ny ~ squared(u*relu(v*y[t-1]))", graph.Choices{}, "u-1 v+1"},
		{"zero times", "input y\nweight u, v, w\ny ~ squared(u*v*y[t-1] + 0*w)", graph.Choices{}, "u-1 v+1; w+1"},
		{"reduced ahead", "input y\nweight u, v\nh = u*v*y[t-1]\nloss pooled(total(h^2))\ny ~ squared(h)", graph.Choices{}, "u-1 v+1"},
		{"Holt", "input y\nweight alpha, beta in (0, 1) = 0.3\nweight b0[]\nstate l = y, b = b0\nl = alpha*y + (1 - alpha)*(l[t-1] + b[t-1])\n" +
			"b = beta*(l - l[t-1]) + (1 - beta)*b[t-1]\ny ~ squared(l[t-1] + b[t-1])", graph.Choices{}, ""},
		{"LSTM", "use lstm\ninput y\nweight D, b\nh = lstm(y[t-1], H = 2)\ny ~ squared(D*h + b)", graph.Choices{}, ""},
		{"LSTM, two readings", "use lstm\ninput y\nweight E, D\nh = lstm(y[t-1], H = 2)\ny ~ squared(E*(D*h)[0])", graph.Choices{}, "E-1 D+1"},
		{"no loss", "input y\nweight u\nz = u*y", graph.Choices{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := newScaled(c.text, c.choices, columns("y=0 1 -1 2"))
			if err != nil {
				t.Fatal(err)
			}
			all := graph.Scalings(s.g)
			if got := text(all); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			for _, one := range all {
				if err := s.holds(one); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
