package randcell

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"unroll/op"
	"unroll/series"
)

// builder holds a cell that is being written.
type builder struct {
	t      *rapid.T
	mode   Mode
	cell   Cell
	head   []string // declarations
	body   []string // the rest
	feats  map[string]bool
	wanted map[string]bool // features to make sure of
	names  map[string]int

	nSeries    int
	maxLag     int
	feed       string // the mode of the feed, without its number
	missing    bool
	loseInputs bool // values of x are missing
	fed        bool // some y that the equations see is, or may be, the model's own forecast
	y          *input
	ins        []*input
	family     op.Family
	direct     int // how many steps ahead the forecast reaches; 0: y itself

	eqs     []*equation // those that are written, in order
	cluster []*equation // states of the cluster that is being written
	view    view
	reads   reads // of what is being written
	calm    bool  // no states and no y: they would make long fractions in products
	t0      int   // at least the language's t0
	needLag int   // t0 must come to at least this
	ahead   int   // how far known inputs are read ahead
	sizes   []string
}

// view says what may be read where an expression stands.
type view struct {
	place place
	noY   bool // nothing that depends on a forecast input
	noNow bool // nothing that depends on one at the same moment
}

type place int

const (
	inForward place = iota
	inBackward
	inLater
	inConstant // constants alone: totals may be read, and weights
)

// reads is what an expression turned out to read.
type reads struct {
	onY, nowY bool
	overTime  bool // is a series
	tied      bool // holds more than inputs without states, constants and t
	lag       int  // the largest lag of an input, if not tied
}

// equation is a name that has been written.
type equation struct {
	name  string
	shape op.Shape
	state bool
	place place
	reads
	dataStart bool // its start reads data: not for times after the last
}

func newBuilder(t *rapid.T, mode Mode) *builder {
	b := &builder{t: t, mode: mode, feats: map[string]bool{}, wanted: map[string]bool{}, names: map[string]int{}}
	b.cell.Sizes = map[string]int{}
	b.cell.Weights = map[string][]series.Array{}
	return b
}

func (b *builder) feat(names ...string) {
	for _, n := range names {
		b.feats[n] = true
	}
}

// has decides whether to write a feature: always if it is wanted, otherwise so many times in a hundred.
func (b *builder) has(feature string, percent int) bool {
	return b.wanted[feature] || b.chance(percent)
}

func (b *builder) declare(format string, args ...any) {
	b.head = append(b.head, fmt.Sprintf(format, args...))
}

func (b *builder) say(format string, args ...any) {
	b.body = append(b.body, fmt.Sprintf(format, args...))
}

// name is a new name.
func (b *builder) name(stem string) string {
	b.names[stem]++
	return fmt.Sprintf("%s%d", stem, b.names[stem])
}

// equate writes an equation, and makes its name readable.
func (b *builder) equate(name string, s op.Shape, x func() string) *equation {
	b.reads = reads{}
	text := x()
	e := &equation{name: name, shape: s, place: b.view.place, reads: b.reads}
	left := name
	if s != op.Scalar && b.chance(40) {
		left += dims(s, b.dim)
	}
	b.say("%s = %s", left, bare(text))
	b.eqs = append(b.eqs, e)
	return e
}

// bare drops brackets around the whole of an expression.
func bare(x string) string {
	if !strings.HasPrefix(x, "(") || !strings.HasSuffix(x, ")") {
		return x
	}
	depth := 0
	for i, r := range x {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && i < len(x)-1 {
			return x
		}
	}
	return x[1 : len(x)-1]
}

// dim writes a dimension, as a size's name if one has that value.
func (b *builder) dim(n int) string {
	for _, s := range b.sizes {
		if b.cell.Sizes[s] == n && b.chance(50) {
			return s
		}
	}
	return fmt.Sprint(n)
}

// dims writes a shape: nothing for a number, [n] for a vector, [m, n] for a matrix.
func dims(s op.Shape, dim func(int) string) string {
	switch {
	case s == op.Scalar:
		return ""
	case s.C == 1:
		return "[" + dim(s.R) + "]"
	}
	return "[" + dim(s.R) + ", " + dim(s.C) + "]"
}

func vec(n int) op.Shape    { return op.Shape{R: n, C: 1} }
func mat(m, n int) op.Shape { return op.Shape{R: m, C: n} }
