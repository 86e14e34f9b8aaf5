package graph

import (
	"math/big"
	"strings"

	"unroll/lang"
	"unroll/op"
)

// program is a file after elaboration: a flat list of equations with full names.
type program struct {
	table   *op.Table
	choices Choices
	file    *lang.File

	sizes    map[string]*size
	inputs   map[string]*input
	states   map[string]*state
	weights  map[string]*weight
	eqs      map[string]*equation
	alias    map[string]string        // another name of the same thing: h1.h of h1
	declared map[string][][]dimension // shapes that a series was declared with
	cells    map[string]*lang.Cell
	lost     []lang.UseItem // what could not be used

	inputOrder  []*input
	weightOrder []*weight
	eqOrder     []*equation
	observes    []*observe
	losses      []*lossTerm

	assumed map[string]int
	calls   int
	exprs   int // expressions made so far
	errs    lang.Errors
	shaky   bool // a name or a size is wrong, so that what is said of shapes could mislead
}

type size struct {
	name  string
	value int // 0 until it is known
	at    lang.Pos
	deflt lang.Expr
	busy  bool
}

type input struct {
	name      string
	shape     []dimension
	classes   int
	known     bool
	perSeries bool
	at        lang.Pos
	forecast  *observe // the first `~` about it
}

// dimension is a declared dimension and where it was declared.
type dimension struct {
	n  int
	at lang.Pos
	by string
}

type state struct {
	name  string
	start *expr
	at    lang.Pos
}

type weight struct {
	name      string
	dims      []dimension // nil: inferred
	scalar    bool        // declared `a[]`
	lo, hi    *big.Rat
	perSeries bool
	fixed     bool
	start     *expr
	draw      string
	drawArgs  []*big.Rat
	at        lang.Pos
}

type equation struct {
	name    string
	x       *expr
	at      lang.Pos
	hidden  bool // made by unroll: an argument of a cell that is just a name
	series  bool // has a value at each time
	unknown bool // something in it is wrong, and has been reported
	alone   *aloneness
}

type observe struct {
	text   string
	at     lang.Pos
	left   *expr
	family *op.Family
	args   []*expr
	after  []*expr
	when   *expr
	input  *input
	leaf   *expr // where it stands on the left, furthest ahead
	first  bool
}

type lossTerm struct {
	text string
	at   lang.Pos
	x    *expr
	when *expr
}

func (p *program) errorf(at lang.Pos, format string, args ...any) {
	if p.errs.TooMany() {
		return
	}
	p.errs = append(p.errs, lang.Errorf(at, format, args...))
}

// real resolves an alias: `h1.h` is `h1` where the call `h1 = lstm(x)` stands alone.
func (p *program) real(name string) string {
	for range 50 {
		if p.knows(name) {
			return name
		}
		if to, ok := p.alias[name]; ok {
			name = to
			continue
		}
		// A dotted name may have an alias as its beginning.
		i := strings.LastIndexByte(name, '.')
		if i < 0 {
			return name
		}
		head := p.real(name[:i])
		if head == name[:i] {
			return name
		}
		name = head + name[i:]
	}
	return name
}

// knows tells whether a full name stands for something.
func (p *program) knows(name string) bool {
	return p.inputs[name] != nil || p.weights[name] != nil || p.eqs[name] != nil
}

// known lists everything that has a name.
func (p *program) names() []string {
	var all []string
	for n := range p.sizes {
		all = append(all, n)
	}
	for n := range p.inputs {
		all = append(all, n)
	}
	for n := range p.weights {
		all = append(all, n)
	}
	for n := range p.eqs {
		all = append(all, n)
	}
	return all
}
