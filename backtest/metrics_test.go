package backtest

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/golden"
)

var nan = math.NaN()

// fataler is what a test and a property test have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// scoresOf are the scores of one forecast of one series.
func scoresOf(t fataler, c Case, f Forecast, how Scoring) map[string]float64 {
	t.Helper()
	r, err := Evaluate([]Case{c}, []Forecasts{{"m", []Forecast{f}}}, how)
	if err != nil {
		t.Fatal(err)
	}
	return r.Methods[0].Scores
}

func wantScores(t testing.TB, got, want map[string]float64) {
	t.Helper()
	for name, w := range want {
		if v, ok := got[name]; ok == math.IsNaN(w) || ok && math.Abs(v-w) > 1e-12*max(1, math.Abs(w)) {
			t.Errorf("%s: got %v (there: %v), want %v", name, v, ok, w)
		}
	}
}

// TestPoints: the history's steps are 2, 2, 4; seasons of two apart: 4, 6.
func TestPoints(t *testing.T) {
	c := Case{"a", []float64{1, 3, 5, 9}, []float64{10, 20, nan, 40}}
	f := Forecast{Point: []float64{12, 20, 7, 30, 99}}
	got := scoresOf(t, c, f, Scoring{})
	wantScores(t, got, map[string]float64{
		"sMAPE": (200.0*2/22 + 0 + 200.0*10/70) / 3, "MAE": 4, "MSE": 104.0 / 3, "RMSE": math.Sqrt(104.0 / 3),
		"MASE": 4 / (8.0 / 3), "OWA": nan, "pinball": nan, "CRPS": nan, "WQL": nan,
	})
	wantScores(t, scoresOf(t, c, f, Scoring{Period: 2}), map[string]float64{"MASE": 4.0 / 5})
	c.History[1] = nan // pairs (1, 5) of two seasons apart are left, and (5, 9) of neighbours
	wantScores(t, scoresOf(t, c, f, Scoring{Period: 2}), map[string]float64{"MASE": 1})
	wantScores(t, scoresOf(t, c, f, Scoring{}), map[string]float64{"MASE": 1})
}

func TestNothingOfNothing(t *testing.T) {
	c := Case{"a", []float64{0, 1}, []float64{0, 0}}
	wantScores(t, scoresOf(t, c, Forecast{Point: []float64{0, 1}}, Scoring{}), map[string]float64{"sMAPE": 100, "MASE": 0.5})
}

// TestIntervals: two of three within; misses of 1 below and none above.
func TestIntervals(t *testing.T) {
	c := Case{"a", []float64{1, 3, 5}, []float64{10, 20, 30}}
	f := Forecast{Point: []float64{10, 20, 30}, Intervals: []Interval{{Level: 95, Lo: []float64{11, 18, 29}, Hi: []float64{14, 20, 35}}}}
	got := scoresOf(t, c, f, Scoring{Levels: []float64{80, 95}})
	wantScores(t, got, map[string]float64{
		"coverage 95": 2.0 / 3, "ACD 95": 0.95 - 2.0/3, "MSIS 95": (3 + 2 + 6 + 40.0) / 3 / 2,
	})
	// The interval of 80 % lies on the straight lines between the ends at 2.5 % and 97.5 %: .075 of .95 in.
	in := 0.075 / 0.95
	lo := []float64{11 + 3*in, 18 + 2*in, 29 + 6*in}
	wantScores(t, got, map[string]float64{
		"coverage 80": 1.0 / 3, "ACD 80": 0.8 - 1.0/3,
		"MSIS 80": (11*(1-2*in) + 10*(lo[0]-10) + 10*(20-(20-2*in))) / 3 / 2,
	})
	// What is wider than all that was forecast isn't made up.
	got = scoresOf(t, c, f, Scoring{Levels: []float64{99}})
	wantScores(t, got, map[string]float64{"coverage 99": nan, "ACD 99": nan, "MSIS 99": nan})
}

func TestQuantiles(t *testing.T) {
	c := Case{"a", []float64{1, 3, 5}, []float64{4, -10}}
	f := Forecast{Quantiles: []Quantile{{0.9, []float64{8, 10}}, {0.1, []float64{0, -10}}}} // 0 to 8, and -10 to 10, evenly
	loss := func(lo, hi, y float64) float64 {
		sum := 0.0
		for i := 1; i <= 9; i++ {
			q := float64(i) / 10
			sum += pinball(q, y, lo+(hi-lo)*(q-0.1)/0.8)
		}
		return sum / 9
	}
	both := loss(0, 8, 4) + loss(-10, 10, -10)
	got := scoresOf(t, c, f, Scoring{})
	wantScores(t, got, map[string]float64{"pinball": both / 2, "WQL": 2 * both / 14, "MAE": 5}) // medians 4 and 0
	if crps := got["CRPS"]; math.Abs(crps-both) > 0.1*both {
		t.Errorf("CRPS %v; twice the mean pinball loss is %v", crps, both)
	}
}

func TestPinball(t *testing.T) {
	for _, c := range [][4]float64{{0.9, 10, 8, 1.8}, {0.9, 8, 10, 0.2}, {0.5, 3, 1, 1}, {0.1, 1, 1, 0}} {
		if got := pinball(c[0], c[1], c[2]); math.Abs(got-c[3]) > 1e-15 {
			t.Errorf("pinball at %v of %v under %v: got %v, want %v", c[0], c[1], c[2], got, c[3])
		}
	}
}

// TestSamples: of 0, 1, 2, 3 the mean distance to 1 is 1, that of two of them is 5/4.
func TestSamples(t *testing.T) {
	c := Case{"a", []float64{1, 3, 5}, []float64{1}}
	f := Forecast{Samples: [][]float64{{3}, {0}, {2}, {1}}}
	got := scoresOf(t, c, f, Scoring{Levels: []float64{50}})
	wantScores(t, got, map[string]float64{"CRPS": 1 - 1.25/2, "MAE": 0.5, "coverage 50": 1, "MSIS 50": 1.5 / 2})
}

// TestRaggedParts: parts of a forecast may be of any lengths, if they reach as far as what came.
func TestRaggedParts(t *testing.T) {
	c := Case{"a", []float64{1, 3}, []float64{1}}
	f := Forecast{Intervals: []Interval{{80, []float64{0, 0, 0}, []float64{2}}}, Samples: [][]float64{{1, 2}, {1}}}
	wantScores(t, scoresOf(t, c, f, Scoring{Levels: []float64{50}}), map[string]float64{"MAE": 0, "CRPS": 0, "coverage 50": 1})
}

// TestCRPSOfNormals: what sampled paths and quantiles of a normal law come to is near its CRPS in closed form.
func TestCRPSOfNormals(t *testing.T) {
	const n = 2000
	var paths [][]float64
	var known []Quantile
	for i := range n {
		q := (float64(i) + 0.5) / n
		paths = append(paths, []float64{math.Sqrt2 * math.Erfinv(2*q-1)})
	}
	for i := 1; i < 100; i++ {
		q := float64(i) / 100
		known = append(known, Quantile{q, []float64{math.Sqrt2 * math.Erfinv(2*q-1)}})
	}
	for _, y := range []float64{0, 0.7, -2} {
		density := math.Exp(-y*y/2) / math.Sqrt(2*math.Pi)
		want := y*math.Erf(y/math.Sqrt2) + 2*density - 1/math.Sqrt(math.Pi)
		c := Case{"a", []float64{0, 1}, []float64{y}}
		for _, f := range []Forecast{{Samples: paths}, {Quantiles: known}} {
			if got := scoresOf(t, c, f, Scoring{})["CRPS"]; math.Abs(got-want) > 0.01*want+0.005 {
				t.Errorf("CRPS of a normal law at %v: got %v, want %v", y, got, want)
			}
		}
	}
}

// TestCRPSSorted holds the formula on sorted samples against the double sum.
func TestCRPSSorted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Float64Range(-10, 10), 1, 20).Draw(t, "samples")
		y := rapid.Float64Range(-10, 10).Draw(t, "y")
		near, apart := 0.0, 0.0
		for _, a := range xs {
			near += math.Abs(a - y)
			for _, b := range xs {
				apart += math.Abs(a - b)
			}
		}
		m := float64(len(xs))
		slices.Sort(xs)
		if got, want := crpsOf(xs, y), near/m-apart/(2*m*m); math.Abs(got-want) > 1e-9 {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestUnits: what has no unit doesn't change with the data's, the rest changes as it should.
func TestUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := func(name string, n int) []float64 {
			return rapid.SliceOfN(rapid.Float64Range(1, 100), n, n).Draw(t, name)
		}
		history, actual, lo := numbers("history", 6), numbers("actual", 3), numbers("lo", 3)
		history[0] = history[1] + 1
		c, f := Case{"a", history, actual}, Forecast{Quantiles: []Quantile{{0.1, lo}, {0.9, added(lo, 5)}}}
		how := Scoring{Levels: []float64{80}}
		a := scoresOf(t, c, f, how)
		b := scoresOf(t, Case{"a", times(history, 4), times(actual, 4)},
			Forecast{Quantiles: []Quantile{{0.1, times(lo, 4)}, {0.9, times(added(lo, 5), 4)}}}, how)
		for name, v := range a {
			want := v
			switch {
			case name == "MSE":
				want *= 16
			case ofScale[name]:
				want *= 4
			}
			if math.Abs(b[name]-want) > 1e-9*max(1, math.Abs(want)) {
				t.Fatalf("%s: %v becomes %v; want %v", name, v, b[name], want)
			}
		}
	})
}

func times(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = x[i] * by
	}
	return out
}

func added(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = x[i] + by
	}
	return out
}

// TestTable: means over series, what is left out, and the layout.
func TestTable(t *testing.T) {
	cases := []Case{
		{"a", []float64{1, 3, 5}, []float64{6, 8}},
		{"b", []float64{7, 7, 7}, []float64{7, 7000}},
		{"c", []float64{1, 2}, []float64{3}},
	}
	point := func(of ...[]float64) []Forecast {
		var out []Forecast
		for _, p := range of {
			out = append(out, Forecast{Point: p})
		}
		return out
	}
	sampled := point([]float64{7, 9}, []float64{7, 8}, []float64{2})
	for i, f := range sampled {
		sampled[i].Samples = [][]float64{f.Point, added(f.Point, 1)}
	}
	r, err := Evaluate(cases, []Forecasts{
		{Naive2, point([]float64{5, 5}, []float64{7, 7}, []float64{2})},
		{"sampled", sampled},
		{"gaps", point([]float64{5, 9}, nil, []float64{math.Inf(1)})},
	}, Scoring{Levels: []float64{80}})
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, r.Text()+"\n"+r.SeriesText(), "testdata/table.txt")
	for _, rows := range [][]Row{r.Methods, r.PerSeries} {
		records := r.Records(rows)
		last := records[len(records)-1]
		if len(last) != len(records[0]) || len(records) != len(rows)+1 || last[len(last)-1] != "" {
			t.Errorf("records %q", records)
		}
	}
	if got := r.Records(r.PerSeries)[1][3]; got != "1" {
		t.Errorf("MASE of the first series is %s", got)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

func TestEvaluateRefuses(t *testing.T) {
	c := []Case{{"W1", []float64{1, 2}, []float64{3, 4}}}
	for _, x := range []struct {
		of   []Forecast
		how  Scoring
		want string
	}{
		{[]Forecast{{Point: []float64{1}}}, Scoring{}, "m: series W1: 1 steps of forecasts for 2 that came"},
		{[]Forecast{{Point: []float64{1, 2}, Samples: [][]float64{{1, 2}, {3}}}}, Scoring{}, "m: series W1: 1 steps of forecasts for 2 that came"},
		{nil, Scoring{}, "m: 0 forecasts for 1 series"},
		{[]Forecast{{Quantiles: []Quantile{{10, []float64{1, 2}}}}}, Scoring{}, "W1: a forecast of the quantile 10"},
		{[]Forecast{{Intervals: []Interval{{100, []float64{1, 2}, []float64{1, 2}}}}}, Scoring{}, "W1: an interval of level 100"},
		{[]Forecast{{Point: []float64{1, 2}}}, Scoring{Levels: []float64{0}}, "a level of 0"},
		{[]Forecast{{Point: []float64{1, 2}}}, Scoring{Levels: []float64{80, 80}}, "given twice"},
		{[]Forecast{{Point: []float64{1, 2}}}, Scoring{Period: -1}, "a season of -1 steps"},
	} {
		if _, err := Evaluate(c, []Forecasts{{"m", x.of}}, x.how); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("got %v, want %q", err, x.want)
		}
	}
}
