package randcell

import (
	"sort"
	"strings"

	"pgregory.net/rapid"

	"unroll/series"
)

// Mode says what a cell may hold.
type Mode int

const (
	// Rational: rational rows and families only, all numbers exact.
	Rational Mode = iota
	// Analytic: nothing with a kink or a jump in what is differentiated, so that a complex step
	// gives the derivative.
	Analytic
	// Any: everything.
	Any
	// Large: everything, and besides vectors longer than a processor takes at once, many series, long
	// ones, and values missing that nothing forecasts. It is for what is as fast as it should be.
	Large
)

// Cell is a drawn cell: its text, what it is run on and how.
type Cell struct {
	Text     string
	Data     series.Set
	Feed     string // teacher, free, observed:K or sampled:P
	Stop     bool   // --feedback stop
	Mean     bool   // --reduce mean
	Training bool
	Fill     string // masked, if values are missing that nothing forecasts
	Sizes    map[string]int
	Weights  map[string][]series.Array // by full name, `h1.W` of a call; one, or one a series
	Features []string                  // what it holds, sorted: those of Features, and some more
}

// Has tells whether the cell holds a feature.
func (c Cell) Has(feature string) bool {
	i := sort.SearchStrings(c.Features, feature)
	return i < len(c.Features) && c.Features[i] == feature
}

// Draw draws a cell. The parts of a cell stand in any order, so each step below writes
// statements that read only what an earlier one wrote (or, lagged, what stands beside them).
func Draw(t *rapid.T, mode Mode) Cell {
	b := newBuilder(t, mode)
	b.chooseWants()
	b.chooseRun()
	b.chooseFamily()
	b.inputs()
	b.forward()
	b.calls()
	b.backward()
	b.later()
	b.observe()
	b.losses()
	return b.finish()
}

func (b *builder) finish() Cell {
	b.data()
	b.cell.Text = strings.Join(append(b.head, b.body...), "\n") + "\n"
	for f := range b.feats {
		b.cell.Features = append(b.cell.Features, f)
	}
	sort.Strings(b.cell.Features)
	return b.cell
}
