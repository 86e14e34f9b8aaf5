package backtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll/internal/golden"
	"unroll/series"
)

// counting has the series 1, 2, 3, … of the lengths given, and an input `known` of 100, 101, … that goes on for ten
// times more.
func counting(lengths ...int) series.Set {
	var out series.Set
	for i, n := range lengths {
		out.Series = append(out.Series, series.Series{ID: fmt.Sprint("s", i+1), Columns: map[string]series.Column{
			"y": series.Dense(1, 1, upTo(1, n)), "known": series.Dense(1, 1, upTo(100, n+10)),
		}})
	}
	return out
}

func upTo(first float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = first + float64(i)
	}
	return out
}

func mustPlan(t fataler, set series.Set, o Options) *Plan {
	t.Helper()
	p, err := NewPlan(set, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlanText(t *testing.T) {
	months := func(_ string, t int) string { return fmt.Sprintf("%d-%02d", 1949+t/12, 1+t%12) }
	var b strings.Builder
	for _, c := range []struct {
		lengths []int
		o       Options
	}{
		{[]int{30}, Options{Horizon: 6}},
		{[]int{144}, Options{Horizon: 12, Windows: 3, Label: months}},
		{[]int{40, 50, 20, 3}, Options{Horizon: 4, Windows: 3, Step: 1, Refit: true, Least: 30}},
		{[]int{40, 40}, Options{Horizon: 1, Windows: 20, Step: 1, Label: months}},
	} {
		c.o.Targets = []string{"y"}
		b.WriteString(mustPlan(t, counting(c.lengths...), c.o).Text() + "\n---\n")
	}
	golden.Check(t, b.String(), "testdata/plans.txt")
}

func TestPlanRefuses(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Horizon: 0}, "a horizon of 0 steps"},
		{Options{Horizon: 1, Windows: -1}, "-1 windows"},
		{Options{Horizon: 5, Windows: 3}, "3 windows of 5 steps, 5 steps apart, after a history of 2 values need 17 values, and the longest has 12"},
		{Options{Horizon: 5, Targets: []string{"z"}}, "s1 has no values of z"},
		{Options{Horizon: 5, Targets: []string{}}, "no input to forecast"},
		{Options{Horizon: 5, Scoring: Scoring{Levels: []float64{120}}}, "a level of 120"},
	} {
		if c.o.Targets == nil {
			c.o.Targets = []string{"y"}
		}
		if _, err := NewPlan(counting(12, 7), c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// recording is a method that forecasts the last value of y, and notes what it is shown.
type recording struct {
	fits      int
	histories []series.Set
}

func (r *recording) method() Method {
	return Method{"recording", func(context.Context, series.Set, int) (Forecaster, error) {
		r.fits++
		return Forecaster{From: func(_ context.Context, set series.Set, h int) ([]Forecast, error) {
			r.histories = append(r.histories, set)
			var out []Forecast
			for _, y := range tracks(set, []string{"y"}) {
				out = append(out, Forecast{Point: repeat(y, 1, h)})
			}
			return out, nil
		}}, nil
	}}
}

// TestRun: of series that go up by 1 the last value is off by 1, 2, 3, wherever they are cut.
func TestRun(t *testing.T) {
	for _, refit := range []bool{false, true} {
		r := &recording{}
		p := mustPlan(t, counting(20, 30, 8), Options{Targets: []string{"y"}, Known: []string{"known"}, Horizon: 3, Windows: 4, Step: 2, Refit: refit})
		got, err := Run(context.Background(), p, []Method{r.method()})
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int{false: 1, true: 4}[refit]; r.fits != want {
			t.Errorf("fitted %d times, want %d", r.fits, want)
		}
		wantScores(t, got.Methods[0].Scores, map[string]float64{"MAE": 2, "MASE": 2, "MSE": 14.0 / 3, "RMSE": math.Sqrt(14.0 / 3)})
		if len(got.PerSeries) != 2 || !slices.Equal(p.LeftOut, []string{"s3"}) {
			t.Errorf("%d series are scored and %v left out", len(got.PerSeries), p.LeftOut)
		}
		for w, set := range r.histories {
			for i, n := range []int{20, 30} {
				cut := n - 3 - (3-w)*2
				if y, known := set.Series[i].Len("y"), set.Series[i].Len("known"); y != cut || known != cut+3 {
					t.Errorf("at cut-off %d series %d has %d values, and %d known; want %d and %d", w+1, i+1, y, known, cut, cut+3)
				}
			}
		}
	}
}

// TestNoLookAhead: a method that looks for more than its history finds nothing, and what it writes behind it isn't what
// comes.
func TestNoLookAhead(t *testing.T) {
	for name, column := range map[string]series.Column{
		"dense": series.Dense(1, 1, upTo(1, 20)), "listed": series.Arrays(numbers(upTo(1, 20))...),
	} {
		looked := 0
		cheat := Method{"cheat", func(context.Context, series.Set, int) (Forecaster, error) {
			return Forecaster{From: func(_ context.Context, set series.Set, h int) ([]Forecast, error) {
				y := set.Series[0].Columns["y"]
				looked++
				if further(y, h) {
					t.Errorf("%s: a history goes on behind its end", name)
				}
				next := []float64{nan}
				if y.Read(y.Len(), next); !math.IsNaN(next[0]) {
					t.Errorf("%s: the value after the history is read: %v", name, next)
				}
				y.Append(numbers(make([]float64, h))...)
				return []Forecast{{Point: make([]float64, h)}}, nil
			}}, nil
		}}
		set := series.Set{Series: []series.Series{{ID: "1", Columns: map[string]series.Column{"y": column}}}}
		p := mustPlan(t, set, Options{Targets: []string{"y"}, Horizon: 2, Windows: 3})
		got, err := Run(context.Background(), p, []Method{cheat})
		if err != nil || looked != 3 {
			t.Fatal(looked, err)
		}
		wantScores(t, got.Methods[0].Scores, map[string]float64{"MAE": (15 + 16 + 17 + 18 + 19 + 20) / 6.0})
	}
}

// further tells whether a column can be made longer by slicing it.
func further(c series.Column, h int) (can bool) {
	defer func() { can = recover() == nil }()
	c.Slice(0, c.Len()+h)
	return true
}

func numbers(values []float64) []series.Array {
	var out []series.Array
	for _, v := range values {
		out = append(out, series.Floats(1, 1, []float64{v}))
	}
	return out
}

func TestRunSays(t *testing.T) {
	boom := errors.New("boom")
	failing := Method{"lstm", func(context.Context, series.Set, int) (Forecaster, error) { return Forecaster{}, boom }}
	short := Method{"short", func(context.Context, series.Set, int) (Forecaster, error) {
		return Forecaster{From: func(context.Context, series.Set, int) ([]Forecast, error) {
			return []Forecast{{Point: []float64{1}}}, nil
		}}, nil
	}}
	p := mustPlan(t, counting(20), Options{Targets: []string{"y"}, Horizon: 2, Windows: 3})
	for want, m := range map[string]Method{
		"lstm at cut-off 1 of 3: boom": failing, "short at cut-off 1 of 3: series s1: 1 steps of forecasts for 2 that came": short,
	} {
		if _, err := Run(context.Background(), p, []Method{m}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := Run(context.Background(), p, []Method{failing}); !errors.Is(err, boom) {
		t.Error("the cause is lost")
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(boom)
	if _, err := Run(ctx, p, []Method{short}); !errors.Is(err, boom) {
		t.Errorf("cancelled: got %v", err)
	}
}

// TestTargets: a vector and two targets are scored entry by entry.
func TestTargets(t *testing.T) {
	set := series.Set{Series: []series.Series{{ID: "a", Columns: map[string]series.Column{
		"v": series.Dense(2, 1, upTo(1, 20)), "y": series.Dense(1, 1, upTo(1, 10)), "w": series.Dense(1, 1, upTo(1, 9)),
	}}}}
	p := mustPlan(t, set, Options{Targets: []string{"v", "y", "w"}, Horizon: 2})
	if got := strings.Join(p.IDs(), ", "); got != "a v[1], a v[2], a y, a w" {
		t.Error(got)
	}
	r, err := Run(context.Background(), p, Baselines(p.Targets, 1, nil)[:1])
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{3, 3, 1.5, 1} {
		wantScores(t, r.PerSeries[i].Scores, map[string]float64{"MAE": want})
	}
}

// TestEnd: a series ends with the last value of a target, whatever comes of other inputs behind it, or is said to come.
func TestEnd(t *testing.T) {
	for name, s := range map[string]series.Series{
		"missing": {Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{1, 2, nan, 4, 5, nan, nan})}},
		"listed":  {Columns: map[string]series.Column{"y": series.Arrays(numbers(upTo(1, 5))...).AppendMissing(3)}},
		"ahead":   {Ahead: 2, Columns: map[string]series.Column{"y": series.Dense(1, 1, upTo(1, 7)), "x": series.Dense(1, 1, upTo(1, 9))}},
		"two":     {Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{1, 2, 3, 4, nan}), "z": series.Dense(1, 1, upTo(1, 5))}},
		"nothing": {Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{nan, nan})}},
	} {
		want := 5
		if name == "nothing" {
			want = 0
		}
		if got := s.Observed("y", "z"); got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
}

// TestTestPlan: a test set is matched by name, may be ragged, and gives known inputs.
func TestTestPlan(t *testing.T) {
	test := series.Set{Series: []series.Series{
		{ID: "s3", Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{11, 12})}},
		{ID: "s1", Columns: map[string]series.Column{"y": series.Dense(1, 1, []float64{30, 31, 32})}},
	}}
	p, err := NewTestPlan(counting(5, 6, 7), test, Options{Targets: []string{"y"}})
	if err != nil {
		t.Fatal(err)
	}
	cases := p.Cases(0)
	if p.Horizon != 3 || len(cases) != 2 || fmt.Sprint(cases[0].Actual, cases[1].Actual, p.LeftOut) != "[30 31 32] [11 12] [s2]" {
		t.Error(p.Horizon, cases, p.LeftOut)
	}
	r, err := Run(context.Background(), p, Baselines(p.Targets, 1, nil))
	if err != nil {
		t.Fatal(err)
	}
	wantScores(t, r.Methods[0].Scores, map[string]float64{"MAE": (26 + 4.5) / 2})
	test.Series[0].ID = "x"
	if _, err := NewTestPlan(counting(5), test, Options{Targets: []string{"y"}}); err == nil || !strings.Contains(err.Error(), "series x of the test set isn't in the data") {
		t.Error(err)
	}
	if _, err := NewTestPlan(counting(5), series.Set{}, Options{Targets: []string{"y"}}); err == nil || !strings.Contains(err.Error(), "no series has both") {
		t.Error(err)
	}
}

// TestCuts: whatever the lengths, each case is a history and what followed it, and the last ends with its series.
func TestCuts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := Options{Targets: []string{"y"}, Horizon: rapid.IntRange(1, 5).Draw(t, "h"), Windows: rapid.IntRange(1, 4).Draw(t, "n"), Step: rapid.IntRange(1, 6).Draw(t, "step")}
		lengths := rapid.SliceOfN(rapid.IntRange(40, 60), 1, 4).Draw(t, "lengths")
		p := mustPlan(t, counting(lengths...), o)
		for w := range o.Windows {
			for i, c := range p.Cases(w) {
				all := append(slices.Clone(c.History), c.Actual...)
				if len(c.Actual) != o.Horizon || len(all) != lengths[i]-(o.Windows-1-w)*o.Step || !slices.Equal(all, upTo(1, len(all))) {
					t.Fatalf("cut-off %d: %v, then %v", w, c.History, c.Actual)
				}
			}
		}
	})
}
