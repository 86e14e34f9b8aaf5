package backtest

import (
	"fmt"
	"math"
)

// tally adds up the metrics of forecasts, of any number of windows.
type tally struct {
	how     Scoring
	columns []column
	ids     []string // of the series
	methods []string
	sums    [][][]sum // by method, series and column
	missing [][]bool  // by method and series: a forecast wasn't whole
	flat    []bool    // by series: a history had no scale
	law     []source  // by method
}

// sum is a sum of n numbers.
type sum struct {
	of float64
	n  int
}

func (s sum) mean() float64 { return s.of / float64(s.n) } // NaN of none

// source is what the distribution of a forecast was given as.
type source int

const (
	points source = iota
	quantiles
	samples
)

func newTally(ids, methods []string, how Scoring) *tally {
	t := &tally{how: how, columns: columns(how.Levels), ids: ids, methods: methods, flat: make([]bool, len(ids)), law: make([]source, len(methods))}
	for range methods {
		of := make([][]sum, len(ids))
		for i := range of {
			of[i] = make([]sum, len(t.columns))
		}
		t.sums = append(t.sums, of)
		t.missing = append(t.missing, make([]bool, len(ids)))
	}
	return t
}

// add scores the forecasts of method m, one for each case; the cases are those of the ids.
func (t *tally) add(m int, cases []Case, of []Forecast) error {
	if len(of) != len(cases) {
		return fmt.Errorf("%d forecasts for %d series", len(of), len(cases))
	}
	for i, c := range cases {
		if err := of[i].fits(c); err != nil {
			return err
		}
		if !of[i].whole(c.Actual) {
			t.missing[m][i] = true
			continue
		}
		t.score(m, i, newScored(c, of[i], t.how.period()))
	}
	return nil
}

func (t *tally) score(m, i int, s scored) {
	t.flat[i] = t.flat[i] || math.IsNaN(s.scale)
	switch {
	case s.sorted != nil:
		t.law[m] = samples
	case s.law.at != nil:
		t.law[m] = quantiles
	}
	for k, col := range t.columns {
		if col.one == nil {
			continue
		}
		if v := col.one(s); !math.IsNaN(v) {
			t.sums[m][i][k].of += v
			t.sums[m][i][k].n++
		}
	}
}

// series is the mean of a column over the windows of a series.
func (t *tally) series(m, i int) func(name string) float64 {
	return func(name string) float64 {
		if m < 0 || t.missing[m][i] {
			return math.NaN()
		}
		return t.sums[m][i][t.index(name)].mean()
	}
}

// all is the mean over the series of their means: over those of which the method `of` has all forecasts.
func (t *tally) all(m, of int) func(name string) float64 {
	return func(name string) float64 {
		var out sum
		for i := range t.ids {
			if v := t.series(m, i)(name); !math.IsNaN(v) && !t.missing[of][i] {
				out.of += v
				out.n++
			}
		}
		return out.mean()
	}
}

func (t *tally) index(name string) int {
	for k, c := range t.columns {
		if c.name == name {
			return k
		}
	}
	panic("backtest: no metric is called " + name)
}

// scores are the numbers of a row; those that there aren't are left out.
func (t *tally) scores(mean, reference func(string) float64) map[string]float64 {
	out := map[string]float64{}
	for _, c := range t.columns {
		v := math.NaN()
		switch {
		case c.hide:
		case c.of != nil:
			v = c.of(mean, reference)
		default:
			v = mean(c.name)
		}
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			out[c.name] = v
		}
	}
	return out
}

// reference is the index of Naive2 among the methods, -1 if it isn't there.
func (t *tally) reference() int {
	for m, name := range t.methods {
		if name == Naive2 {
			return m
		}
	}
	return -1
}
