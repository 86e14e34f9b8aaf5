package chart

import (
	"math"
	"strconv"
)

// Curves is a chart of named lines over one x: losses by epoch, errors of several models by horizon. Y is in logarithms
// where all values are positive and the greatest is more than 30 times the least.
type Curves struct {
	Title string
	X, Y  string // what the axes are of, as "epoch" and "loss"
	Lines []Line
}

// Line is one of the curves. Values that are not finite are gaps.
type Line struct {
	Name string
	X    []float64 // nil for 1, 2, 3, …
	Y    []float64
	Best bool // whether its least value is marked
}

// steep is how many times the least value the greatest is, from which on logarithms show more.
const steep = 30

// Picture is the chart as the bytes of a file of the given name, which ends in .svg or .png.
func (c Curves) Picture(name string) ([]byte, error) {
	return newPage(c.panels(), "").encode(name)
}

// Sketch is the chart in characters, of a height in lines and a width in columns as [Forecast.Sketch] has them.
func (c Curves) Sketch(width, height int) string {
	return sketches(c.panels(), "", width, height)
}

// panels is one panel, or none if there is nothing to draw.
func (c Curves) panels() []panel {
	xs, ys := newSpread(), newSpread()
	for _, l := range c.Lines {
		for _, p := range l.points() {
			if !math.IsNaN(p.x) && !math.IsNaN(p.y) {
				xs.add(p.x)
				ys.add(p.y)
			}
		}
	}
	if ys.empty() {
		return nil
	}
	if xs.lo == xs.hi {
		xs = spread{xs.lo - 1, xs.hi + 1}
	}
	out := panel{title: c.Title, cut: math.NaN(), x: xs.numbers(c.X, .01), y: ys.numbers(c.Y, .05)}
	out.x.ticks = c.positions(out.x)
	logs := ys.lo > 0 && ys.hi/ys.lo > steep
	if logs {
		out.y = spread{math.Log10(ys.lo), math.Log10(ys.hi)}.logarithms(c.Y)
	}
	for i, l := range c.Lines {
		out.addLine(l, pens.curves[i%len(pens.curves)], logs)
	}
	return []panel{out}
}

func (p *panel) addLine(l Line, pen pen, logs bool) {
	at := l.points()
	least := -1
	for i, q := range at {
		if !math.IsNaN(q.x) && !math.IsNaN(q.y) && (least < 0 || q.y < at[least].y) {
			least = i
		}
	}
	name := ""
	if least >= 0 {
		name = "best: " + number(at[least].y) + " at " + number(at[least].x)
	}
	if logs {
		for i := range at {
			at[i].y = math.Log10(at[i].y)
		}
	}
	p.strokes = append(p.strokes, stroke{l.Name, pen, at})
	if l.Best && least >= 0 {
		p.best = &mark{name, pens.best, at[least]}
	}
}

// points are the values that can be drawn, with gaps for the others.
func (l Line) points() []point {
	out := make([]point, 0, len(l.Y))
	for i, y := range l.Y {
		x := float64(i + 1)
		if l.X != nil {
			x = math.NaN()
			if i < len(l.X) {
				x = drawn(l.X[i])
			}
		}
		out = append(out, point{x, drawn(y)})
	}
	return out
}

// positions gives the ticks along x: whole numbers if all that is drawn stands at whole numbers.
func (c Curves) positions(a axis) func(float64) []tick {
	whole := true
	for _, l := range c.Lines {
		for _, p := range l.points() {
			whole = whole && (math.IsNaN(p.x) || p.x == math.Trunc(p.x))
		}
	}
	return func(room float64) []tick {
		most := min(room/9, 8)
		if whole {
			most = min(most, a.hi-a.lo)
		}
		return numberTicks(a.lo, a.hi, most)
	}
}

func number(v float64) string { return short(strconv.FormatFloat(v, 'g', 4, 64)) }
