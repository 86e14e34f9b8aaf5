package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Forecast is a chart of forecasts: a panel for each series, with the last stretch of its history, a dashed line at the
// cut-off, and what is forecast after it.
type Forecast struct {
	Series []Series
	// Tail is how many values of the history are shown; 0 stands for four horizons, and 20 at the least.
	Tail int
}

// Series is one series and its forecast. Values that are not finite are gaps.
type Series struct {
	Name    string
	History []float64 // up to the cut-off
	Line    []float64 // the forecast: its first value is one step after the last of History
	Bands   []Band    // over the same steps as Line; any order
	Came    []float64 // what really came, over the same steps; nil if it isn't known
	// Label writes a time: that of History[i], and for i from len(History) on the times of the forecast. Without it
	// steps are counted from 1.
	Label func(i int) string
}

// Band is where a value is expected with some probability.
type Band struct {
	Level  float64 // in percent: 80 for a band that 4 of 5 values should be in
	Lo, Hi []float64
}

const (
	mostPanels   = 12 // of a page
	mostSketches = 3  // of a terminal
	leastTail    = 20 // values of history
)

// Picture is the chart as the bytes of a file of the given name, which ends in .svg or .png. It shows up to 12 series and
// says how many more there are.
func (f Forecast) Picture(name string) ([]byte, error) {
	return newPage(f.panels(mostPanels), f.more(mostPanels)).encode(name)
}

// Sketch is the chart in characters: each of up to three series in a drawing of the given height in lines, 6 at the least,
// and as wide as given in columns, between 40 and 200.
func (f Forecast) Sketch(width, height int) string {
	return sketches(f.panels(mostSketches), f.more(mostSketches), width, height)
}

func (f Forecast) panels(most int) []panel {
	var out []panel
	for _, s := range f.Series[:min(most, len(f.Series))] {
		out = append(out, s.panel(f.Tail))
	}
	return out
}

// more says what is not shown of many series.
func (f Forecast) more(most int) string {
	if n := len(f.Series) - most; n > 0 {
		return fmt.Sprintf("and %d more series", n)
	}
	return ""
}

func (s Series) panel(tail int) panel {
	n, ahead := len(s.History), s.horizon()
	if tail <= 0 {
		tail = max(4*ahead, leastTail)
	}
	first := max(0, n-tail)
	p := panel{title: s.Name, cut: math.NaN()}
	if ahead > 0 && n > 0 {
		p.cut = float64(n) - .5
	}
	values := newSpread()
	p.add(&values, "history", pens.ink, first, s.History[first:])
	p.add(&values, "forecast", pens.forecast, n, s.Line)
	p.add(&values, "what came", pens.came, n, s.Came)
	for i, b := range s.widestFirst() {
		p.addBand(&values, b, n, tints[min(i+max(0, 2-len(s.Bands)), len(tints)-1)])
	}
	p.y = values.numbers("", .05)
	p.x = s.times(first, n+ahead-1)
	return p
}

// horizon is how many steps there are after the cut-off.
func (s Series) horizon() int {
	out := max(len(s.Line), len(s.Came))
	for _, b := range s.Bands {
		out = max(out, min(len(b.Lo), len(b.Hi)))
	}
	return out
}

func (s Series) widestFirst() []Band {
	out := slices.Clone(s.Bands)
	slices.SortStableFunc(out, func(a, b Band) int {
		switch {
		case a.Level > b.Level:
			return -1
		case a.Level < b.Level:
			return 1
		}
		return 0
	})
	return out
}

// times is the axis of the times first to last, with half a step at both ends.
func (s Series) times(first, last int) axis {
	label := s.Label
	if label == nil {
		label = func(i int) string { return strconv.Itoa(i + 1) }
	}
	if last < first {
		return axis{lo: 0, hi: 1, ticks: func(float64) []tick { return nil }}
	}
	return axis{lo: float64(first) - .5, hi: float64(last) + .5,
		ticks: func(room float64) []tick { return timeTicks(label, first, last, room) }}
}

// add puts a line into the panel whose first value has the index from.
func (p *panel) add(s *spread, name string, pen pen, from int, values []float64) {
	if len(values) == 0 {
		return
	}
	at := make([]point, len(values))
	for i, v := range values {
		at[i] = point{float64(from + i), drawn(v)}
		s.add(at[i].y)
	}
	p.strokes = append(p.strokes, stroke{name, pen, at})
}

func (p *panel) addBand(s *spread, b Band, from int, t tint) {
	out := band{name: strconv.FormatFloat(b.Level, 'g', 6, 64) + " %", tint: t}
	for i := range min(len(b.Lo), len(b.Hi)) {
		lo, hi := drawn(b.Lo[i]), drawn(b.Hi[i])
		if !math.IsNaN(lo) && !math.IsNaN(hi) {
			s.add(lo, hi)
		}
		out.x, out.lo, out.hi = append(out.x, float64(from+i)), append(out.lo, lo), append(out.hi, hi)
	}
	p.bands = append(p.bands, out)
}
