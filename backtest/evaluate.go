package backtest

import (
	"fmt"
	"slices"
)

// Scoring is how forecasts are measured.
type Scoring struct {
	Period int       // values a season apart make the scale of MASE and MSIS; 0 counts as 1
	Levels []float64 // of the intervals, in percent
}

// Case is one series, cut: what was known, and what came. A NaN of Actual is left out of all metrics.
type Case struct {
	ID              string
	History, Actual []float64
}

// Forecasts are what a method says of the cases, in their order. Forecasts of more steps than came are cut; those
// without a number where one is due leave their series out of the method's means, and count as Missing.
type Forecasts struct {
	Method string
	Of     []Forecast
}

// Evaluate scores forecasts against what came. The cases may be of different lengths. OWA needs forecasts by the name
// of Naive2 among them.
func Evaluate(cases []Case, of []Forecasts, how Scoring) (*Result, error) {
	if err := how.check(); err != nil {
		return nil, err
	}
	var ids, methods []string
	for _, c := range cases {
		ids = append(ids, c.ID)
	}
	for _, f := range of {
		methods = append(methods, f.Method)
	}
	t := newTally(ids, methods, how)
	for m, f := range of {
		if err := t.add(m, cases, f.Of); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Method, err)
		}
	}
	return t.result(), nil
}

func (s Scoring) period() int { return max(s.Period, 1) }

// check returns an error if there is no scoring with the options.
func (s Scoring) check() error {
	if s.Period < 0 {
		return fmt.Errorf("a season of %d steps; expected a number from 1 on", s.Period)
	}
	for i, level := range s.Levels {
		if !(level > 0 && level < 100) {
			return fmt.Errorf("a level of %g; expected percent, more than 0 and less than 100", level)
		}
		if slices.Contains(s.Levels[:i], level) {
			return fmt.Errorf("the level %g is given twice", level)
		}
	}
	return nil
}

// fits returns an error if the forecast isn't one of the case.
func (f Forecast) fits(c Case) error {
	lengths := f.lengths()
	for _, n := range lengths {
		if n < len(c.Actual) {
			return fmt.Errorf("series %s: %d steps of forecasts for %d that came", c.ID, n, len(c.Actual))
		}
	}
	for _, q := range f.Quantiles {
		if !(q.Q > 0 && q.Q < 1) {
			return fmt.Errorf("series %s: a forecast of the quantile %g; expected one between 0 and 1", c.ID, q.Q)
		}
	}
	for _, i := range f.Intervals {
		if !(i.Level > 0 && i.Level < 100) {
			return fmt.Errorf("series %s: an interval of level %g; expected percent, more than 0 and less than 100", c.ID, i.Level)
		}
	}
	return nil
}

// whole tells whether the forecast has a number wherever one is due.
func (f Forecast) whole(actual []float64) bool {
	if len(f.lengths()) == 0 || f.Point != nil && !whole(f.Point, actual) {
		return false
	}
	for _, i := range f.Intervals {
		if !whole(i.Lo, actual) || !whole(i.Hi, actual) {
			return false
		}
	}
	for _, q := range f.Quantiles {
		if !whole(q.Values, actual) {
			return false
		}
	}
	return !slices.ContainsFunc(f.Samples, func(path []float64) bool { return !whole(path, actual) })
}
