package op_test

import (
	"math"
	"math/big"
	"testing"

	"unroll/op"
)

// arguments of the families that are distributions.
var distributions = map[string]map[string]value{
	"normal":      {"m": rat(1, 2), "s": rat(3, 2)},
	"student":     {"m": rat(1, 2), "s": rat(3, 2), "nu": rat(9, 1)},
	"laplace":     {"m": rat(1, 2), "s": rat(3, 2)},
	"lognormal":   {"m": rat(-1, 2), "s": rat(1, 2)},
	"poisson":     {"rate": rat(5, 2)},
	"negbinomial": {"mean": rat(5, 2), "shape": rat(3, 2)},
	"bernoulli":   {"logit": rat(-1, 3)},
}

func rat(p, q int64) value { return number(big.NewRat(p, q)) }

// Densities integrate to 1, and probabilities add up to 1; the forecast is the mean.
func TestDistributions(t *testing.T) {
	table := op.Standard()
	for name, args := range distributions {
		f := table.Family(name)
		from, step, n := 0.0, 1.0, 200
		switch {
		case name == "lognormal":
			from, step, n = 1e-9, 1e-3, 20_000
		case f.Density:
			from, step, n = -60, 5e-3, 24_200
		case name == "bernoulli":
			n = 2
		}
		names := map[string]value{"y": floats(n, 1)}
		for i := range n {
			names["y"] = floats(n, 1, append(names["y"].float, from+step*float64(i))...)
		}
		for k, v := range args {
			names[k] = v
		}
		sum, mean := 0.0, 0.0
		for i, score := range formula(table, f.Score, names).float {
			p := math.Exp(-score) * step
			sum, mean = sum+p, mean+p*names["y"].float[i]
		}
		forecast := formula(table, f.Forecast, args).float[0]
		if math.Abs(sum-1) > 1e-5 || math.Abs(mean-forecast) > 1e-4 {
			t.Errorf("%s adds up to %v, with mean %v; the forecast is %v", name, sum, mean, forecast)
		}
	}
}

// Each family's score and forecast by hand.
func TestScores(t *testing.T) {
	table := op.Standard()
	for _, c := range []struct {
		name            string
		args            map[string]value
		y               value
		score, forecast float64
	}{
		{"squared", map[string]value{"m": rat(3, 1)}, rat(1, 1), 4, 3},
		{"absolute", map[string]value{"m": rat(3, 1)}, rat(1, 1), 2, 3},
		{"huber", map[string]value{"m": rat(3, 1), "d": rat(1, 1)}, rat(1, 1), 1.5, 3},
		{"huber", map[string]value{"m": rat(3, 1), "d": rat(4, 1)}, rat(1, 1), 2, 3},
		{"log_cosh", map[string]value{"m": rat(3, 1)}, rat(1, 1), math.Log(math.Cosh(2)), 3},
		{"log_cosh", map[string]value{"m": rat(-3000, 1)}, rat(0, 1), 3000 - math.Ln2, -3000},
		{"normal", map[string]value{"m": rat(3, 1), "s": rat(2, 1)}, rat(1, 1), 0.5 + math.Log(2) + math.Log(2*math.Pi)/2, 3},
		{"poisson", map[string]value{"rate": rat(0, 1)}, rat(0, 1), 0, 0},
		{"bernoulli", map[string]value{"logit": rat(1000, 1)}, rat(0, 1), 1000, 1},
		{"categorical", map[string]value{"logits": floats(3, 1, 1000, 1001, 1001)}, rat(0, 1), 1 + math.Log(2+math.Exp(-1)), 1},
		{"quantile", map[string]value{"q": rat(3, 1), "p": rat(9, 10)}, rat(1, 1), 0.2, 3},
		{"quantile", map[string]value{"q": rat(1, 1), "p": rat(9, 10)}, rat(3, 1), 1.8, 1},
		{"score", map[string]value{"E": rat(7, 1), "m": rat(2, 1)}, rat(1, 1), 7, 2},
	} {
		f := table.Family(c.name)
		forecast := formula(table, f.Forecast, c.args)
		c.args["y"] = c.y
		score := formula(table, f.Score, c.args)
		if math.Abs(score.float[0]-c.score) > 1e-12*(1+c.score) || math.Abs(forecast.float[0]-c.forecast) > 1e-12 {
			t.Errorf("%s scores %v with forecast %v, not %v and %v", c.name, score.float, forecast.float, c.score, c.forecast)
		}
	}
}

// The scores of a miss are exact.
func TestExactScores(t *testing.T) {
	table := op.Standard()
	names := map[string]value{"y": rat(1, 3), "m": rat(1, 2), "d": rat(1, 7), "q": rat(1, 5), "p": rat(1, 10)}
	for name, want := range map[string]string{"squared": "1/36", "absolute": "1/6", "huber": "2/147", "quantile": "1/75"} {
		if got := formula(table, table.Family(name).Score, names); got.rat == nil || got.rat[0].RatString() != want {
			t.Errorf("%s scores %v, not %s", name, got.rat, want)
		}
	}
	if f := table.Family("categorical"); !f.Whole {
		t.Error("categorical takes its logits entry by entry")
	}
}

// A change of scale concerns a density of y, and nothing else.
func TestDensities(t *testing.T) {
	for _, f := range op.Standard().Families {
		want := f.Name == "normal" || f.Name == "student" || f.Name == "laplace" || f.Name == "lognormal"
		if f.Density != want {
			t.Errorf("%s: Density is %v", f.Name, f.Density)
		}
	}
}
