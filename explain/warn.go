package explain

import (
	"fmt"
	"math"

	"unroll/series"
)

// warn looks for numbers that are undefined or infinite: a reader should hear of them, and JSON
// has no way to write them.
func (s *Solution) warn() {
	w := &warner{}
	w.values("", s.Weights)
	w.values("", s.Constants)
	w.steps("", s.Steps)
	w.steps("", s.PerSeries)
	if s.Loss != nil {
		w.look(*s.Loss, "the loss")
	}
	w.steps("the derivative by ", s.Adjoints)
	w.values("the derivative by ", s.Gradient)
	w.values("the updated ", s.Updated)
	s.undefined = *w
	switch {
	case w.count == 1:
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s is undefined or infinite", w.first))
	case w.count > 1:
		s.Warnings = append(s.Warnings, fmt.Sprintf("%d values are undefined or infinite; the first is %s", w.count, w.first))
	}
}

type warner struct {
	first string
	name  string // of the first, if it is a value at a step
	t     int
	count int
}

func (w *warner) look(a series.Array, what string) {
	for i := range a.Len() {
		if a.Has(i) && !math.IsInf(a.Float64(i), 0) || a.Exact() && a.Has(i) {
			continue
		}
		if w.count == 0 {
			w.first = what
		}
		w.count++
		return
	}
}

func (w *warner) values(before string, all []Value) {
	for _, v := range all {
		for _, a := range v.All {
			w.look(a, before+v.Name)
		}
	}
}

func (w *warner) steps(before string, all []Step) {
	for _, s := range all {
		for _, e := range append(append([]Entry{}, s.Values...), s.Scores...) {
			none := w.count == 0
			w.look(e.Value, fmt.Sprintf("%s%s at t = %d of series %s", before, e.Name, s.T, s.Series))
			if none && w.count > 0 && before == "" {
				w.name, w.t = e.Name, s.T
			}
		}
	}
}
