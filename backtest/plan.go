package backtest

import (
	"fmt"
	"math"
	"slices"

	"unroll/series"
)

// Options say how a backtest is made.
type Options struct {
	Targets []string // inputs that are forecast
	Known   []string // inputs known ahead: a history goes on with them for the horizon
	Horizon int      // how many steps are forecast
	Windows int      // how many cut-offs; 0 counts as 1
	Step    int      // from one cut-off to the next; 0: the horizon
	Refit   bool     // methods are fitted at every cut-off, not at the first alone
	Least   int      // values that a history has at the first cut-off, at least; 2 if it is less
	Scoring
	Scales map[string]map[string]series.Scaling // metrics are on these scales, by series and target; nil: on that of the data
	Label  func(id string, t int) string        // what time t of a series is called, from 0 on; nil: numbers from 1
}

// Plan is a backtest before it is run: where each series is cut.
type Plan struct {
	Options
	LeftOut []string // series that are too short, by their names

	why    string             // they are
	set    series.Set         // those that are left
	ids    [][]string         // by series: what is forecast of it
	tracks [][][]float64      // by series: that over time, on the scale of the metrics
	scales [][]series.Scaling // by series: how each of that is scaled; nil if it isn't
	cuts   [][]int            // by window and series: how many times of it are history
	ends   []int              // by series: how many times it has in all
}

// NewPlan cuts series at rolling origins: the last cut-off of each series lies the horizon before its end, those before
// it a step earlier each. A series that is too short for the first of them is left out of all.
func NewPlan(set series.Set, o Options) (*Plan, error) {
	if o.Horizon < 1 {
		return nil, fmt.Errorf("a horizon of %d steps; expected a number from 1 on", o.Horizon)
	}
	if o.Windows < 0 || o.Step < 0 {
		return nil, fmt.Errorf("%d windows, %d steps apart; expected numbers from 1 on", o.Windows, o.Step)
	}
	o.Windows, o.Least = max(o.Windows, 1), max(o.Least, 2)
	if o.Step == 0 {
		o.Step = o.Horizon
	}
	p := &Plan{Options: o, cuts: make([][]int, o.Windows)}
	p.why = fmt.Sprintf("as shorter than %d values", p.needs())
	longest := 0
	for _, s := range set.Series {
		n := s.Observed(o.Targets...)
		longest = max(longest, n)
		if n-o.Horizon-(o.Windows-1)*o.Step < o.Least {
			p.LeftOut = append(p.LeftOut, s.ID)
			continue
		}
		p.take(s, n-o.Horizon, n)
	}
	return p, p.check(set, longest)
}

// take adds a series with its last cut-off and its end.
func (p *Plan) take(s series.Series, last, end int) {
	one := series.Set{Series: []series.Series{s}}
	p.set.Series = append(p.set.Series, s)
	p.ids = append(p.ids, trackNames(s, p.Targets))
	all := tracks(one, p.Targets)
	for k := range all {
		for len(all[k]) < end { // another target goes on for longer
			all[k] = append(all[k], math.NaN())
		}
	}
	if p.Scales != nil {
		p.scales = append(p.scales, trackScales(s, p.Targets, p.Scales[s.ID]))
		for k, scale := range p.scales[len(p.scales)-1] {
			scale.Do(all[k])
		}
	}
	p.tracks = append(p.tracks, all)
	p.ends = append(p.ends, end)
	for w := range p.Windows {
		p.cuts[w] = append(p.cuts[w], last-(p.Windows-1-w)*p.Step)
	}
}

// needs is how many values a series must have.
func (p *Plan) needs() int { return p.Least + (p.Windows-1)*p.Step + p.Horizon }

func (p *Plan) check(set series.Set, longest int) error {
	if len(p.Targets) == 0 {
		return fmt.Errorf("no input to forecast")
	}
	for _, s := range set.Series {
		for _, name := range p.Targets {
			if _, ok := s.Columns[name]; !ok {
				return fmt.Errorf("series %s has no values of %s", s.ID, name)
			}
			if _, ok := p.Scales[s.ID][name]; !ok && p.Scales != nil {
				return fmt.Errorf("series %s has no scale for %s", s.ID, name)
			}
		}
	}
	if len(p.set.Series) == 0 {
		return fmt.Errorf("no series is long enough: %s of %s, %s apart, after a history of %s need %d values, and the longest has %d; lower the horizon or the number of windows",
			plural(p.Windows, "window"), plural(p.Horizon, "step"), plural(p.Step, "step"), plural(p.Least, "value"), p.needs(), longest)
	}
	return p.Scoring.check()
}

// NewTestPlan cuts series once, at the end of the data: what came after is in a test set of its own, whose series have
// the same names and may differ in length. A series of which the test set has nothing is left out. A horizon of 0 is the
// length of the longest.
func NewTestPlan(data, test series.Set, o Options) (*Plan, error) {
	o.Windows, o.Step, o.Least = 1, 0, max(o.Least, 2)
	p := &Plan{Options: o, cuts: make([][]int, 1)}
	p.why = fmt.Sprintf("as they have less than %s or nothing in the test set", plural(o.Least, "value"))
	after := map[string]series.Series{}
	for _, s := range test.Series {
		after[s.ID] = s
	}
	longest := 0
	for _, s := range data.Series {
		n, more := s.Observed(o.Targets...), after[s.ID]
		h := more.Observed(o.Targets...)
		delete(after, s.ID)
		if n < o.Least || h < 1 {
			p.LeftOut = append(p.LeftOut, s.ID)
			continue
		}
		longest = max(longest, h)
		p.take(joined(s, more), n, n+h)
	}
	for _, s := range test.Series {
		if _, ok := after[s.ID]; ok {
			return nil, fmt.Errorf("series %s of the test set isn't in the data", s.ID)
		}
	}
	if o.Horizon == 0 {
		p.Horizon = longest
	}
	if len(p.set.Series) == 0 {
		return nil, fmt.Errorf("no series has both a history of %s and a value in the test set", plural(o.Least, "value"))
	}
	return p, p.check(data, longest)
}

// IDs are the names of what is forecast: of the series, with target and entry behind them where there are several.
func (p *Plan) IDs() []string { return slices.Concat(p.ids...) }

// Histories are the series as they were known at a cut-off, which is counted from 0.
func (p *Plan) Histories(window int) series.Set {
	var out series.Set
	for i, s := range p.set.Series {
		out.Series = append(out.Series, cut(s, p.cuts[window][i], p.Horizon, p.Known))
	}
	return out
}

// Cases are what is forecast from a cut-off, with what came: as the methods give their forecasts, series by series, in
// each target by target, and in that entry by entry.
func (p *Plan) Cases(window int) []Case {
	var out []Case
	for i, all := range p.tracks {
		n := p.cuts[window][i]
		end := min(n+p.Horizon, p.ends[i])
		for k, y := range all {
			out = append(out, Case{p.ids[i][k], slices.Clip(y[:n]), slices.Clip(y[n:end])})
		}
	}
	return out
}
