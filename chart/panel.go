package chart

import (
	"math"
	"strings"
	"unicode"
)

// panel is one chart in numbers: what a page draws with lines, and a sketch with characters.
type panel struct {
	title   string
	x, y    axis
	bands   []band   // the widest first: those after it lie on it
	strokes []stroke // those after lie on those before
	cut     float64  // where the dashed line stands; NaN if nowhere
	best    *mark
}

// name says what the panel is, and what its upward axis is of, with an arrow after that.
func (p panel) name(arrow string) string {
	switch {
	case p.y.title == "":
		return p.title
	case p.title == "":
		return p.y.title + arrow
	}
	return p.title + " · " + p.y.title + arrow
}

// axis is a range and what is written along it.
type axis struct {
	title  string
	lo, hi float64                   // lo < hi
	ticks  func(room float64) []tick // those that fit in so many characters (along x) or lines (along y)
}

func (a axis) share(v float64) float64 { return (v - a.lo) / (a.hi - a.lo) }

type tick struct {
	at    float64
	label string
}

type point struct{ x, y float64 }

// stroke is a line through points. A point with a NaN is a gap.
type stroke struct {
	name string
	pen  pen
	at   []point
}

// band is the room between two lines over the same points of x.
type band struct {
	name   string
	tint   tint
	x      []float64
	lo, hi []float64
}

// mark is a point with a name of its own.
type mark struct {
	name string
	pen  pen
	at   point
}

// runs cuts points at their gaps.
func runs(at []point) [][]point {
	var out [][]point
	open := false
	for _, p := range at {
		switch {
		case math.IsNaN(p.x) || math.IsNaN(p.y):
			open = false
		case open:
			out[len(out)-1] = append(out[len(out)-1], p)
		default:
			out, open = append(out, []point{p}), true
		}
	}
	return out
}

// edges are the outlines of a band, one for each run without a gap: along its upper line, and back along its lower one. A
// run of one point is given some width.
func (b band) edges() [][]point {
	var out [][]point
	for i := 0; i < len(b.x); i++ {
		j := i
		for j < len(b.x) && !math.IsNaN(b.lo[j]) && !math.IsNaN(b.hi[j]) {
			j++
		}
		if j == i {
			continue
		}
		out = append(out, outline(b.x[i:j], b.lo[i:j], b.hi[i:j]))
		i = j
	}
	return out
}

func outline(x, lo, hi []float64) []point {
	if len(x) == 1 {
		x, lo, hi = []float64{x[0] - .3, x[0] + .3}, []float64{lo[0], lo[0]}, []float64{hi[0], hi[0]}
	}
	var out []point
	for i := range x {
		out = append(out, point{x[i], hi[i]})
	}
	for i := len(x) - 1; i >= 0; i-- {
		out = append(out, point{x[i], lo[i]})
	}
	return out
}

// largest is the size above which a number is no more drawn than an infinite one: differences of such overflow.
const largest = 1e300

// drawn is v, or NaN if v can't be drawn.
func drawn(v float64) float64 {
	if math.Abs(v) <= largest {
		return v
	}
	return math.NaN()
}

// clean makes text fit for a line of a picture: no control characters, and at most so many characters.
func clean(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:max(most-1, 0)]) + "…"
	}
	return s
}
