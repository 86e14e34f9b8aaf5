package grad_test

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"unroll/eval"
	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// scored is a family's score of y, as a graph of which y and the arguments are weights.
func scored(table *op.Table, f *op.Family, shape op.Shape, values map[string]string) *call {
	m := graph.NewMaker(table)
	c := &call{table: table, g: &graph.Graph{Cell: f.Name}, values: map[string][]*big.Rat{}}
	bind := map[string]*graph.Node{}
	for i, name := range append([]string{"y"}, f.Args...) {
		a := argument{shape: shape}
		if f.Whole && name == "y" {
			a.shape = number
		}
		for k := range a.shape.Len() {
			v := rat(values[name])
			if !f.Whole { // entries that differ, but not by so much that a kink is passed
				v.Add(v, big.NewRat(int64(k*(i+1)), 16))
			} else if name != "y" {
				v.Add(v, big.NewRat(int64(k*k), 3))
			}
			a.values = append(a.values, v)
		}
		if f.Whole && name == "y" {
			bind[name] = m.Array(a.shape, a.values)
		} else {
			bind[name] = c.weight(m, name, a)
		}
	}
	c.g.Loss = m.SumAll(m.Rule(f.Name, f.Score, bind))
	c.g.Nodes = m.Nodes()
	return c
}

// familyPoints are where the families' derivatives are held against differences.
var familyPoints = map[string][]map[string]string{
	"squared":     {{"y": "1", "m": "5/3"}},
	"absolute":    {{"y": "1", "m": "5/3"}, {"y": "2", "m": "-1/3"}, {"y": "1", "m": "1"}},
	"huber":       {{"y": "1", "m": "4/3", "d": "1"}, {"y": "1", "m": "10/3", "d": "1"}, {"y": "5", "m": "4/3", "d": "2"}},
	"log_cosh":    {{"y": "1", "m": "5/3"}, {"y": "2", "m": "-1/3"}},
	"normal":      {{"y": "1", "m": "5/3", "s": "3/4"}},
	"student":     {{"y": "1", "m": "5/3", "s": "3/4", "nu": "7/2"}},
	"laplace":     {{"y": "1", "m": "5/3", "s": "3/4"}, {"y": "3", "m": "5/3", "s": "3/4"}},
	"lognormal":   {{"y": "1", "m": "5/3", "s": "3/4"}},
	"poisson":     {{"y": "2", "rate": "5/3"}},
	"negbinomial": {{"y": "2", "mean": "5/3", "shape": "3/2"}},
	"bernoulli":   {{"y": "1", "logit": "5/3"}, {"y": "0", "logit": "-2/3"}},
	"categorical": {{"y": "1", "logits": "1/3"}, {"y": "0", "logits": "-1"}},
	"quantile":    {{"y": "1", "q": "5/3", "p": "1/4"}, {"y": "3", "q": "5/3", "p": "1/4"}},
	"score":       {{"y": "1", "E": "5/3", "m": "1"}},
}

// The derivative of each score by y and by the arguments, to second order.
func TestFamilies(t *testing.T) {
	t.Parallel()
	table := op.Standard()
	for i := range table.Families {
		f := &table.Families[i]
		if len(familyPoints[f.Name]) == 0 {
			t.Errorf("%s has no point; give it one in familyPoints", f.Name)
		}
		for _, values := range familyPoints[f.Name] {
			for _, shape := range []op.Shape{number, column} {
				if f.Whole && shape == number {
					continue
				}
				if err := scored(table, f, shape, values).check(); err != nil {
					t.Errorf("%s of %v at %v: %v", f.Name, shape, values, err)
				}
			}
		}
	}
}

// miss is a family's score at numbers: of y, then of the arguments. A categorical one has logits
// instead.
func miss(f *op.Family, y float64, args ...float64) float64 {
	return familyValue(f, f.Score, append([]float64{y}, args...), append([]string{"y"}, f.Args...))
}

func forecast(f *op.Family, args ...float64) float64 {
	return familyValue(f, f.Forecast, args, f.Args)
}

func familyValue(f *op.Family, formula string, values []float64, names []string) float64 {
	m := graph.NewMaker(op.Standard())
	g, bind := &graph.Graph{Cell: f.Name}, map[string]*graph.Node{}
	run := eval.Run{Exact: eval.Float, Weights: map[string][]series.Array{}}
	for i, name := range names {
		a := series.Floats(1, 1, values[i:i+1])
		if f.Whole && name != "y" {
			a = series.Floats(len(values)-i, 1, values[i:])
		}
		bind[name] = m.Add(&graph.Node{Kind: graph.Weight, Name: name, Shape: op.Shape{R: a.R, C: 1}})
		g.Weights = append(g.Weights, &graph.Param{Node: bind[name], Name: name})
		run.Weights[name] = []series.Array{a}
	}
	of := m.Rule(f.Name, formula, bind)
	v, err := eval.Eval(g, run, of)
	if err != nil {
		return math.NaN()
	}
	return v.At(of, 0, 0).Float64(0)
}

// checkDensity says whether exp(−score) is a density, or a probability on the whole numbers, whose
// mean is the forecast.
func checkDensity(f *op.Family, args ...float64) error {
	total, mean := 0.0, 0.0
	for x, dx := range support(f) {
		p := math.Exp(-miss(f, x, args...)) * dx
		total += p
		mean += p * x
	}
	switch want := forecast(f, args...); {
	case !(math.Abs(total-1) < 1e-5):
		return fmt.Errorf("%s%v adds up to %v", f.Name, args, total)
	case f.Name != "categorical" && !(math.Abs(mean-want) < 1e-3*(1+math.Abs(want))):
		return fmt.Errorf("%s%v has the mean %v, and forecasts %v", f.Name, args, mean, want)
	}
	return nil
}

// support are the values of y, each with its share of the integral.
func support(f *op.Family) func(yield func(x, dx float64) bool) {
	return func(yield func(x, dx float64) bool) {
		switch f.Name {
		case "bernoulli", "categorical", "poisson", "negbinomial":
			last := map[string]int{"bernoulli": 1, "categorical": 2}[f.Name]
			for k := 0; k <= last || last == 0 && k < 120; k++ {
				if !yield(float64(k), 1) {
					return
				}
			}
			return
		}
		// y = sinh(u), or exp(u): tails in few steps.
		const du = 1.0 / 64
		for u := -12 + du/2; u < 12; u += du {
			x, dx := math.Sinh(u), math.Cosh(u)*du
			if f.Name == "lognormal" {
				x = math.Exp(u)
				dx = x * du
			}
			if !yield(x, dx) {
				return
			}
		}
	}
}

var densityPoints = map[string][]float64{
	"normal": {0.7, 1.3}, "student": {0.7, 1.3, 5}, "laplace": {0.7, 1.3}, "lognormal": {0.2, 0.6},
	"poisson": {3.7}, "negbinomial": {2.5, 1.7}, "bernoulli": {0.4}, "categorical": {0.3, -1, 2},
}

// closed are the scores of the other families, as the literature writes them.
var closed = map[string]func(y float64, a []float64) float64{
	"squared":  func(y float64, a []float64) float64 { return (y - a[0]) * (y - a[0]) },
	"absolute": func(y float64, a []float64) float64 { return math.Abs(y - a[0]) },
	"log_cosh": func(y float64, a []float64) float64 { return math.Log(math.Cosh(y - a[0])) },
	"score":    func(_ float64, a []float64) float64 { return a[0] },
	"huber": func(y float64, a []float64) float64 {
		if e := math.Abs(y - a[0]); e > a[1] {
			return a[1] * (e - a[1]/2)
		}
		return (y - a[0]) * (y - a[0]) / 2
	},
	"quantile": func(y float64, a []float64) float64 {
		if y < a[0] {
			return (1 - a[1]) * (a[0] - y)
		}
		return a[1] * (y - a[0])
	},
}

// checkClosed holds a score against its closed form, on either side of each bend and on it.
func checkClosed(f *op.Family) error {
	for _, y := range []float64{-3, -0.5, 0, 0.25, 0.75, 1, 4} {
		a := []float64{0.25, 0.75}
		if got, want := miss(f, y, a[:len(f.Args)]...), closed[f.Name](y, a); !(math.Abs(got-want) <= 1e-12) {
			return fmt.Errorf("%s of %v at %v is %v, not %v", f.Name, a, y, got, want)
		}
	}
	return nil
}

func checkScore(f *op.Family) error {
	if point := densityPoints[f.Name]; point != nil {
		return checkDensity(f, point...)
	}
	if closed[f.Name] == nil {
		return fmt.Errorf("%s is neither a density nor has it a closed form here", f.Name)
	}
	return checkClosed(f)
}

// Each score is what its name says, and one that is off by a thousandth is noticed.
func TestScores(t *testing.T) {
	t.Parallel()
	for _, f := range op.Standard().Families {
		if err := checkScore(&f); err != nil {
			t.Error(err)
		}
		if f.Density != map[string]bool{"normal": true, "student": true, "laplace": true, "lognormal": true}[f.Name] {
			t.Errorf("%s: Density is %v", f.Name, f.Density)
		}
		at := strings.LastIndex(f.Score, "\n") + 1 // lines above the last are names
		f.Score = f.Score[:at] + "1.001 * (" + f.Score[at:] + ")"
		if checkScore(&f) == nil {
			t.Errorf("%s: %q passes", f.Name, f.Score)
		}
	}
}

// Far out no score overflows, and at its ends a probability has a score.
func TestScoresFarOut(t *testing.T) {
	table := op.Standard()
	for _, c := range []struct {
		family string
		y      float64
		args   []float64
		want   float64
	}{
		{"log_cosh", 1000, []float64{0}, 1000 - math.Ln2}, {"log_cosh", -1000, []float64{0}, 1000 - math.Ln2},
		{"bernoulli", 1, []float64{1000}, 0}, {"bernoulli", 0, []float64{1000}, 1000},
		{"categorical", 1, []float64{1000, -1000}, 2000}, {"poisson", 0, []float64{0}, 0}, {"negbinomial", 0, []float64{0, 2}, 0},
	} {
		if got := miss(table.Family(c.family), c.y, c.args...); math.Abs(got-c.want) > 1e-12*(1+c.want) {
			t.Errorf("%s%v at %v is %v, not %v", c.family, c.args, c.y, got, c.want)
		}
	}
}

// The forecast of a family that is no distribution is its first argument; of categorical, the likeliest.
func TestForecasts(t *testing.T) {
	table := op.Standard()
	for _, name := range []string{"squared", "absolute", "huber", "log_cosh", "quantile"} {
		f := table.Family(name)
		if got := forecast(f, []float64{0.3, 0.8}[:len(f.Args)]...); got != 0.3 {
			t.Errorf("%s forecasts %v", name, got)
		}
	}
	if got := forecast(table.Family("score"), 1, 0.3); got != 0.3 {
		t.Errorf("score forecasts %v", got)
	}
	if got := forecast(table.Family("categorical"), 1, 4, 4); got != 1 {
		t.Errorf("categorical forecasts %v", got)
	}
}
