package explain

import (
	"fmt"
	"slices"
	"strings"

	"unroll/eval"
	"unroll/graph"
	"unroll/notation"
	"unroll/op"
	"unroll/series"
)

// paper writes nodes of a graph as formulas, as on paper: at a time t that stays a letter, at a
// step that is a number, or with the values in place of the names.
type paper struct {
	numbers
	letters
	g      *graph.Graph // the graph that is read: of the run, with its derivatives
	v      *eval.Values
	table  *op.Table
	names  map[*graph.Node]symbol      // what has a name of its own
	givens map[*graph.Node]symbol      // what functions are given, which has a name in derivatives alone
	primes map[*graph.Node]*graph.Node // local derivatives, as relu'(a): the row that they are of
	short  map[string]string           // names without the call that they stand in, where that is enough
	many   bool                        // there are several series

	defines  map[*graph.Node]*graph.Node // by what an equation is, the equation: in derivatives tanh(a) goes by the name h
	deriving bool                        // what functions are given goes by its name
	form     form                        // how numbers are written
	seen     []series.Array              // the numbers written since it was last emptied
	used     []string                    // the marks of the values read since it was last emptied
	size     int                         // how many operations the formula has so far
}

// symbol is how a node is named: at a time, or without one if the time is nil.
type symbol func(time notation.Math) notation.Math

// moment is where a node is read.
type moment struct {
	series, t int
	general   bool   // t stays a letter
	letter    string // in general: another letter than t
	k         int    // in general: steps back from t
	values    bool   // values stand in the place of names
}

// general is the moment t.
var general = moment{general: true}

// back is a moment k steps earlier.
func (m moment) back(k int) moment {
	if m.general {
		m.k += k
	} else {
		m.t -= k
	}
	return m
}

// time is the moment as an index.
func (m moment) time() notation.Math {
	if m.general {
		if m.letter != "" {
			if m.k == 0 {
				return notation.Ident{Name: m.letter}
			}
			return notation.Sum(notation.Ident{Name: m.letter}, notation.Int(-m.k))
		}
		return notation.Time(-m.k)
	}
	return notation.Int(m.t)
}

// newPaper names the equations, weights and inputs of a graph.
func newPaper(s *solved, w numbers) *paper {
	p := &paper{
		numbers: w, g: s.Graph, v: s.v, table: s.Choices.Table, names: map[*graph.Node]symbol{}, givens: map[*graph.Node]symbol{},
		primes: map[*graph.Node]*graph.Node{}, many: s.v.Series() > 1,
	}
	p.nameEach()
	p.defines = map[*graph.Node]*graph.Node{}
	for _, n := range slices.Backward(s.Graph.Names) {
		if x := n.Args[0]; x.Kind == graph.Row && x.Scope == n.Scope {
			p.defines[x] = n
		}
	}
	return p
}

// nameEach names the equations, weights and inputs; vectors and matrices are bold.
func (p *paper) nameEach() {
	p.short = p.shortNames()
	overTime := map[string]bool{}
	for _, n := range p.g.Nodes {
		overTime[p.short[n.Name]] = overTime[p.short[n.Name]] || n.Scope >= graph.Steps
	}
	spelled, hidden := p.spelled(), hidden(p.g)
	p.written = map[string]bool{}
	for _, n := range p.g.Nodes {
		switch n.Kind {
		case graph.Name, graph.Weight, graph.Input:
			if hidden[n] {
				continue
			}
			base := p.base(n)
			if spelled[p.short[n.Name]] {
				base = notation.Ident{Name: p.short[n.Name]}
			}
			p.written[notation.Text(base)] = true
			if letters := strings.TrimRight(p.short[n.Name], "0123456789"); n.Scope < graph.Steps && letters != p.short[n.Name] && overTime[letters] {
				// l0 beside a series l: its 0 must not be taken for a time
				base = notation.Script{Base: notation.Symbol(letters), Sup: notation.Bracket(notation.Number{Text: p.short[n.Name][len(letters):]})}
			}
			if n.Shape.Len() > 1 {
				base = notation.Vec(base)
			}
			p.names[n] = timed(base)
		}
	}
}

// hidden are the equations that aren't the file's: forecasts that are fed back, carried to what they
// are about. They go by what they are made of.
func hidden(g *graph.Graph) map[*graph.Node]bool {
	all := map[*graph.Node]bool{}
	for _, n := range g.Nodes {
		if n.Fed == "" {
			continue
		}
		own := unstopped(n.Args[2])
		for own.Kind == graph.Shift || own.Kind == graph.Window {
			own = unstopped(own.Args[0])
		}
		if own.Kind == graph.Name && !slices.Contains(g.Names, own) {
			all[own] = true
		}
	}
	return all
}

// base is the symbol of a name, whatever its shape.
func (p *paper) base(n *graph.Node) notation.Math { return notation.Symbol(p.short[n.Name]) }

// timed is a symbol that takes a time as its index.
func timed(base notation.Math) symbol {
	return func(time notation.Math) notation.Math {
		if time == nil {
			return base
		}
		return notation.At(base, time)
	}
}

// shortNames leaves the name of a call out of h1.Wi where Wi alone can't be taken for another name.
func (p *paper) shortNames() map[string]string {
	count := map[string]int{}
	all := map[string]bool{}
	for _, n := range p.g.Nodes {
		switch n.Kind {
		case graph.Name, graph.Weight, graph.Input:
			if !all[n.Name] {
				all[n.Name] = true
				count[last(n.Name)]++
			}
		}
	}
	short := map[string]string{}
	for name := range all {
		short[name] = name
		if count[last(name)] == 1 {
			short[name] = last(name)
		}
	}
	return short
}

// last is what stands behind the dots of a name.
func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// mark names a value in a document: h.2, or h.2.a of series a where there are several. What has no
// name has no mark.
func (p *paper) mark(n *graph.Node, series, t int) string {
	name := p.names[n]
	if name == nil {
		name = p.givens[n]
	}
	if name == nil {
		return ""
	}
	m := notation.Text(name(nil))
	if n.Scope >= graph.Steps {
		m += fmt.Sprintf(".%d", t)
	}
	if p.many && n.Scope > graph.Global {
		m += fmt.Sprintf(".%d", series)
	}
	return m
}

// symbol is how a node is named here; nil if it has no name.
func (p *paper) symbol(n *graph.Node) symbol {
	if s := p.names[n]; s != nil || !p.deriving {
		return s
	}
	return p.givens[n]
}

// symbolAt is a named node at a moment.
func (p *paper) symbolAt(n *graph.Node, m moment) notation.Math {
	if n.Scope < graph.Steps {
		return p.symbol(n)(nil)
	}
	return p.symbol(n)(m.time())
}

// leaf is a node that has a name: the name, or its value.
func (p *paper) leaf(n *graph.Node, m moment) notation.Math {
	if m.values {
		return p.value(n, m)
	}
	if !m.general {
		p.used = append(p.used, p.mark(n, m.series, m.t))
	}
	return p.symbolAt(n, m)
}

// value is a node's value at a step.
func (p *paper) value(n *graph.Node, m moment) notation.Math {
	a := p.v.At(n, m.series, m.t)
	p.seen = append(p.seen, a)
	return p.write(a, p.form)
}

// template is how a row is written, with holes for its arguments.
func template(tex string) notation.Math {
	m, err := notation.Parse(tex)
	if err != nil {
		panic(fmt.Sprintf("op: the TeX %q can't be read: %v", tex, err)) // the table's tests look for it
	}
	return m
}
