package main

import (
	"fmt"

	"unroll"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

// unfit is the error of data that a solution can't be told of: it is too long, or nothing of it is
// computed, because all of it ends before the first step or nothing of what is forecast was observed.
func unfit(r *unroll.Run) error {
	g := r.Graph()
	if len(g.Inputs) == 0 {
		return nil
	}
	longest, all := 0, 0
	for _, s := range r.Data().Series {
		n := times(g, s)
		longest, all = max(longest, n), all+n
	}
	switch {
	case all > maxSteps:
		return fmt.Errorf("the data have %d times, and at most %d can be run; give a part of them", all, maxSteps)
	case longest <= g.T0:
		at, because := g.CausePos, ""
		if g.Cause != "" {
			because = ", because of " + g.Cause
		}
		return lang.Errorf(at, "the data end before the first step: that is t = %d%s, and the longest series has %s; give more times", g.T0, because, plural(longest, "time"))
	}
	return unobserved(r)
}

// unobserved is the error of data in which all that is forecast is missing.
func unobserved(r *unroll.Run) error {
	var first *graph.Column
	for _, in := range r.Graph().Inputs {
		if !in.Forecast {
			continue
		}
		if first == nil {
			first = in
		}
		for _, s := range r.Data().Series {
			if given(s, in.Name) {
				return nil
			}
		}
	}
	if first == nil {
		return nil
	}
	return lang.Errorf(first.Pos, "all of %s is missing in the data, so that nothing is scored; give what was observed", first.Name)
}

// short are warnings of the series that end before the first step.
func short(r *unroll.Run) []string {
	var all []string
	g := r.Graph()
	for _, s := range r.Data().Series {
		if n := times(g, s); len(g.Inputs) > 0 && n <= g.T0 {
			all = append(all, fmt.Sprintf("series %s has %s and ends before the first step, t = %d: nothing of it is computed", s.ID, plural(n, "time"), g.T0))
		}
	}
	return all
}

// times is how long a series is: as its inputs, or where all are known ahead as these.
func times(g *graph.Graph, s series.Series) int {
	n, known := 0, 0
	for _, in := range g.Inputs {
		if in.Known {
			known = max(known, s.Len(in.Name))
		} else {
			n = max(n, s.Len(in.Name))
		}
	}
	if n == 0 {
		return known
	}
	return n
}

// given tells whether a series has any value of an input.
func given(s series.Series, name string) bool {
	for _, a := range s.Columns[name].All() {
		if a.HasAny() {
			return true
		}
	}
	return s.Consts[name].HasAny()
}
