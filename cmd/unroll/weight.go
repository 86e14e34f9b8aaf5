package main

import (
	"slices"
	"strings"

	"unroll"
	"unroll/graph"
	"unroll/op"
	"unroll/series"
	"unroll/weights"
)

// readWeights reads the values of --weight: of each name one, or one a series.
func (f *runFlags) readWeights() (map[string][]series.Array, error) {
	all := map[string][]series.Array{}
	for _, s := range f.weights {
		name, text, err := pair("weight", s, "u=2/3")
		if err != nil {
			return nil, err
		}
		if all[name] != nil {
			return nil, usage("--weight %s is given twice; give it once, and the values of several series as in --weight '%s=1/2;1/3'", name, name)
		}
		for _, part := range strings.Split(text, ";") {
			a, bad := parseArray(part)
			if bad != nil {
				return nil, usage("--weight %s: %v", s, bad)
			}
			all[name] = append(all[name], a)
		}
	}
	return all, nil
}

// boundTo joins a cell with data and with the weights of the call. A call without which all would be
// well is wrong.
func (f *runFlags) boundTo(cell *unroll.Cell, set series.Set, o unroll.Options) (*unroll.Run, error) {
	given, err := f.readWeights()
	if err != nil {
		return nil, err
	}
	for name, values := range given {
		o.Weights[name] = values[0]
	}
	r, err := cell.Bind(set, o)
	if err == nil {
		return r, setEach(r, given)
	}
	if o.Weights = nil; len(given) > 0 {
		if _, without := cell.Bind(set, o); without == nil {
			return nil, usage("--weight: %s", withHelp(err, "give a value that fits"))
		}
	}
	if g, bad := cell.Graph(o); bad == nil {
		err = placed(g, err)
	}
	return nil, err
}

// withHelp is an error in words, with what to do if it doesn't say that.
func withHelp(err error, help string) string {
	if msg := err.Error(); strings.Contains(msg, "; ") {
		return msg
	}
	return err.Error() + "; " + help
}

// setEach gives each series of the data its own values of weights.
func setEach(r *unroll.Run, given map[string][]series.Array) error {
	for _, w := range r.Graph().Weights {
		values := slices.Clone(given[w.Name])
		if len(values) < 2 {
			continue
		}
		switch n := len(r.Data().Series); {
		case !w.PerSeries:
			return usage("--weight %s has %d values, and the cell one for all series; give one, or write weight %s per series in the cell", w.Name, len(values), w.Name)
		case len(values) != n:
			return usage("--weight %s has %d values for %d series; give one for all, or one a series", w.Name, len(values), n)
		}
		for i, a := range values {
			if values[i] = shaped(a, w.Node.Shape); !inside(w, values[i]) {
				return usage("--weight %s: %s is outside the interval of %s; give a value inside it", w.Name, a, w.Name)
			}
		}
		if err := r.Set(w.Name, values...); err != nil {
			return usage("--weight: %s", withHelp(err, "give a value that fits"))
		}
	}
	return nil
}

// shaped gives a value the shape of its weight, if it can: a number fills an array, and a list is a row
// where a row is needed.
func shaped(a series.Array, s op.Shape) series.Array {
	switch {
	case a.Len() == s.Len() && (s.R == 1 || s.C == 1) && (a.R == 1 || a.C == 1):
		return series.Rats(s.R, s.C, a.Rat)
	case a.Len() == 1:
		return series.Rats(s.R, s.C, slices.Repeat(a.Rat, s.Len()))
	}
	return a
}

// inside tells whether a value lies in the interval of its weight.
func inside(w *graph.Param, a series.Array) bool {
	interval := weights.Between(w.Lo, w.Hi)
	for i := range a.Len() {
		if (w.Lo != nil || w.Hi != nil) && !interval.Holds(a.Float64(i)) {
			return false
		}
	}
	return true
}
