package op_test

import (
	"math"
	"testing"

	"unroll/op"
)

// counting are distributions of counts by their inverse functions, and the logarithm of their probabilities.
var counting = []struct {
	row  string
	args []float64
	log  func(k float64, a []float64) float64
}{
	{"poisson_inverse", []float64{0}, poissonLog},
	{"poisson_inverse", []float64{0.3}, poissonLog},
	{"poisson_inverse", []float64{5}, poissonLog},
	{"poisson_inverse", []float64{640}, poissonLog},
	{"poisson_inverse", []float64{700}, poissonLog},  // beyond what is added up from 0
	{"poisson_inverse", []float64{3000}, poissonLog}, // exp(-rate) is 0
	{"negbinomial_inverse", []float64{2.5, 1.5}, negbinomialLog},
	{"negbinomial_inverse", []float64{0.1, 0.01}, negbinomialLog},
	{"negbinomial_inverse", []float64{900, 3}, negbinomialLog},
	{"negbinomial_inverse", []float64{2000, 5000}, negbinomialLog},
	{"negbinomial_inverse", []float64{40, 0.5}, negbinomialLog},
	{"negbinomial_inverse", []float64{1500, 1500}, negbinomialLog}, // as far from either end
}

func poissonLog(k float64, a []float64) float64 {
	if a[0] == 0 {
		return math.Log(op01(k == 0))
	}
	l, _ := math.Lgamma(k + 1)
	return k*math.Log(a[0]) - a[0] - l
}

func negbinomialLog(k float64, a []float64) float64 {
	mean, r := a[0], a[1]
	up, _ := math.Lgamma(k + r)
	n, _ := math.Lgamma(k + 1)
	g, _ := math.Lgamma(r)
	return up - n - g + r*math.Log(r/(r+mean)) + k*math.Log(mean/(r+mean))
}

func op01(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// The inverse is the least count up to which the probabilities add up to u.
func TestCountInverses(t *testing.T) {
	for _, c := range counting {
		row := op.Standard().Lookup(c.row, 1+len(c.args))
		for _, u := range []float64{1e-6, 0.01, 0.2, 0.5, 0.77, 0.99, 1 - 1e-6} {
			sum, want := 0.0, -1.0
			for sum < u {
				want++
				sum += math.Exp(c.log(want, c.args))
			}
			got := row.Float(append([]float64{u}, c.args...))
			if got != want && math.Abs(sum-u) > 1e-10 { // where they all but meet, rounding decides
				t.Errorf("%s%v at %v is %v, not %v", c.row, c.args, u, got, want)
			}
		}
	}
}

// What isn't a distribution has no inverse; a rate that is large is no work.
func TestCountInversesAtTheEdges(t *testing.T) {
	table := op.Standard()
	poisson, negbinomial := table.Lookup("poisson_inverse", 2).Float, table.Lookup("negbinomial_inverse", 3).Float
	for _, x := range [][]float64{{0, 1}, {1, 1}, {0.5, -1}, {0.5, math.NaN()}, {math.NaN(), 1}} {
		if got := poisson(x); !math.IsNaN(got) {
			t.Errorf("poisson%v is %v", x, got)
		}
	}
	for _, x := range [][]float64{{0.5, 1, 0}, {0.5, -1, 1}, {0.5, math.Inf(1), 1}, {2, 1, 1}} {
		if got := negbinomial(x); !math.IsNaN(got) {
			t.Errorf("negbinomial%v is %v", x, got)
		}
	}
	for _, u := range []float64{0.025, 0.5, 0.9} { // the two ways meet
		a, b := poisson([]float64{u, 9_999_999}), poisson([]float64{u, 10_000_001})
		if math.Abs(b-a-2) > 2 {
			t.Errorf("at %v: %v and then %v", u, a, b)
		}
	}
	if got := negbinomial([]float64{0.5, 1e12, 2}); math.Abs(got/1e12-0.8391735) > 1e-6 { // the median of a gamma of shape 2 is 1.678347
		t.Errorf("the median of a large mean is %v", got)
	}
}

// samples are the values of a family's sample at draws that lie evenly: n of u, and n of v for each.
func samples(table *op.Table, name string, args map[string]value, n int) []float64 {
	names := map[string]value{"u": floats(n*n, 1), "v": floats(n*n, 1), "z": floats(n*n, 1)}
	for i := range n * n {
		u, v := (float64(i/n)+0.5)/float64(n), (float64(i%n)+0.5)/float64(n)
		for k, x := range map[string]float64{"u": u, "v": v, "z": math.Sqrt2 * math.Erfinv(2*u-1)} {
			names[k] = floats(n*n, 1, append(names[k].float, x)...)
		}
	}
	for k, v := range args {
		names[k] = v
	}
	return formula(table, table.Family(name).Sample, names).float
}

// Samples have the family's distribution: below each of some values there are as many as it says.
func TestSamples(t *testing.T) {
	table := op.Standard()
	for name, c := range map[string]struct{ at, share []float64 }{
		"normal":      {[]float64{0.5, 2}, []float64{0.5, 0.841345}},
		"lognormal":   {[]float64{math.Exp(-0.5), 1}, []float64{0.5, 0.841345}},
		"laplace":     {[]float64{0.5, 2, -1}, []float64{0.5, 1 - math.Exp(-1)/2, math.Exp(-1) / 2}},
		"student":     {[]float64{0.5, 0.5 + 1.5*2.262157, 0.5 - 1.5*1.383029}, []float64{0.5, 0.975, 0.1}},
		"bernoulli":   {[]float64{0.5}, []float64{1 - 1/(1+math.Exp(1.0/3))}},
		"poisson":     {[]float64{0.5, 2.5}, []float64{math.Exp(-2.5), math.Exp(-2.5) * (1 + 2.5 + 3.125)}},
		"negbinomial": {[]float64{0.5}, []float64{math.Pow(3.0/8, 1.5)}},
	} {
		all := samples(table, name, distributions[name], 400)
		for i, at := range c.at {
			below := 0.0
			for _, x := range all {
				below += op01(x < at) / float64(len(all))
			}
			if math.Abs(below-c.share[i]) > 3e-3 {
				t.Errorf("%s: %v of the samples are below %v, not %v", name, below, at, c.share[i])
			}
		}
	}
}

// The class that a sample is has the probability that its logit says.
func TestSampledClasses(t *testing.T) {
	table := op.Standard()
	const n = 60
	counts := make([]float64, 3)
	for i := range n * n * n {
		u := floats(3, 1, (float64(i%n)+0.5)/n, (float64(i/n%n)+0.5)/n, (float64(i/n/n)+0.5)/n)
		k := formula(table, table.Family("categorical").Sample, map[string]value{"u": u, "logits": floats(3, 1, 0, math.Log(2), math.Log(5))})
		counts[int(k.float[0])] += 1.0 / (n * n * n)
	}
	for k, want := range []float64{0.125, 0.25, 0.625} {
		if math.Abs(counts[k]-want) > 0.01 {
			t.Errorf("class %d has the share %v, not %v", k, counts[k], want)
		}
	}
}
