package prove

import (
	"fmt"
	"maps"
	"slices"

	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
)

// Report says what was compared, and how it came out.
type Report struct {
	Cell      string
	Seed      uint64   // of the draws: the same seed draws the same
	Sizes     []string // that were made small, as "H: 128 → 2"
	Lines     []Line
	Weights   int           // how many weights the derivatives are by
	Unsettled int           // derivatives that differences don't settle on, as they lie at a kink or near one, and that aren't compared
	Notes     []string      // what isn't covered, and why
	Faults    []string      // what differs
	Remarks   []*lang.Error // what is legal and probably wrong
}

// Line is one comparison: a run, and what its derivatives were held against.
type Line struct {
	Feed, Feedback    string // as the flags say them; Feedback is "" where it makes no difference
	Gaps, Training    bool   // some values are missing; what a cell draws is drawn
	Series            int
	Shortest, Longest int // how many steps the series have
	With              Method
	Derivatives, Of   int     // how many derivatives were compared, and how many the run has
	Largest           float64 // the largest difference, relative to the derivatives' size; 0 where they are equal
	Printed           float64 // that of the derivative printed as a file and read again
}

// Method is what derivatives are held against.
type Method int

// The methods, the strongest first.
const (
	Fractions   Method = iota // exact fractions, found straight from the text
	ComplexStep               // the complex step, in float64
	Differences               // differences, extrapolated to a step of 0
)

func (m Method) String() string {
	return [...]string{"exact fractions", "complex step", "differences"}[m]
}

// Cell proves the derivative of a cell by all its weights. Of the choices it takes the table, the
// sizes, the mean and the files that are used; what is fed it chooses itself. The error says why nothing
// could be compared.
func Cell(f *lang.File, c graph.Choices, seed uint64) (*Report, error) {
	c.Assume = true
	g, err := graph.Build(f, c)
	if err != nil {
		return nil, err
	}
	if _, err := grad.Loss(g, c.Table); err != nil {
		return nil, err // it has no loss
	}
	p, err := proved(f, c, seed)
	if err != nil {
		return nil, err
	}
	if n := len(p.undefined); n > 0 {
		p.note("Of the draws %d weren't taken, as the loss is a number there and the derivative by %s isn't: that of a root at 0, perhaps.", n, p.undefined[0].weight)
	}
	p.report.Remarks = p.remarks(f, g)
	return p.report, nil
}

// prover is the state of one proof.
type prover struct {
	file      *lang.File // with all cells in it, small, and without clip_gradient
	choices   graph.Choices
	seed      uint64
	probe     *graph.Graph // fed what is observed
	report    *Report
	kinds     map[string]kind     // of numbers on which the loss was found to be a number, by name
	found     map[string]presence // how far each weight was found in the runs
	longest   int                 // steps that a series had
	undefined []undefined         // of draws that weren't taken
	starts    bool                // a derivative was seen that isn't 0 where the weights start
}

func (p *prover) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, n := range p.report.Notes {
		if n == text {
			return
		}
	}
	p.report.Notes = append(p.report.Notes, text)
}

// proved goes through the runs, with sizes as small as leave the loss a number.
func proved(f *lang.File, c graph.Choices, seed uint64) (*prover, error) {
	var first error
	for how := everySize; how <= noSize; how++ {
		p, err := newProver(f, c, seed, how)
		if err == nil {
			err = p.all()
		}
		if err == nil {
			return p, nil
		}
		if first == nil {
			first = err
		}
		if len(p.report.Sizes) == 0 {
			break
		}
	}
	return nil, first
}

// newProver makes ready: the file in one piece, small, with every shape declared.
func newProver(f *lang.File, c graph.Choices, seed uint64, how shrinking) (*prover, error) {
	p := &prover{choices: c, seed: seed, report: &Report{Cell: f.Src.Name, Seed: seed}, found: map[string]presence{}}
	var err error
	if p.file, err = whole(f, c); err != nil {
		return p, err
	}
	if withoutClips(p.file) {
		p.note("clip_gradient is left out: what it cuts is the derivative of no value, so there is nothing to hold it against.")
	}
	p.report.Sizes = shrink(p.file, c, how)
	p.choices.Sizes, err = p.freeSizes()
	if err != nil {
		return p, err
	}
	p.choices.Assume = false
	if p.probe, err = graph.Build(p.file, p.choices); err != nil {
		return p, err
	}
	if n := entries(p.probe); n > mostEntries {
		return p, fmt.Errorf("%s has %d derivatives even when its sizes are made small, and %d are the most; give smaller sizes, as --size H=2", p.report.Cell, n, mostEntries)
	}
	declareShapes(p.file, p.probe)
	return p, nil
}

// entries are how many derivatives there are.
func entries(g *graph.Graph) int {
	n := 0
	for _, w := range g.Weights {
		n += w.Node.Shape.Len()
	}
	return n
}

const (
	mostEntries = 10_000
	manyEntries = 500 // from here on series are fewer and shorter
)

// freeSizes are the sizes that are given, and small numbers for those that only data could tell.
func (p *prover) freeSizes() (map[string]int, error) {
	g, err := graph.Build(p.file, p.choices)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	maps.Copy(out, p.choices.Sizes)
	for i, name := range slices.Sorted(maps.Keys(g.Assumed)) {
		out[name] = 2 + i%2
	}
	return out, nil
}
