package explain

import (
	"slices"

	"unroll/grad"
	"unroll/graph"
	"unroll/notation"
	"unroll/op"
)

// inner is a value within an equation that a derivative needs a name for: what a function is given.
type inner struct {
	node  *graph.Node
	owner *graph.Node // the equation that it stands in
}

// nameInner names what the functions in the equations are given, where a derivative passes: a_t for
// the argument of a relu.
func (p *paper) nameInner(d *grad.Derivative) []inner {
	mirrored := map[*graph.Node]bool{}
	for _, n := range d.Graph.Nodes {
		mirrored[n.Mirror] = true
	}
	var all []inner
	seen := map[*graph.Node]bool{}
	for _, n := range p.g.Names {
		for _, a := range p.givenIn(n.Args[0], seen) {
			if mirrored[a] {
				all = append(all, inner{a, n})
			}
		}
	}
	p.nameAll(all)
	return all
}

// givenIn are the arguments of functions of one number within an expression, the outermost last.
func (p *paper) givenIn(n *graph.Node, seen map[*graph.Node]bool) []*graph.Node {
	if seen[n] || p.names[n] != nil || n.Kind != graph.Row {
		return nil
	}
	seen[n] = true
	var all []*graph.Node
	for _, a := range n.Args {
		all = append(all, p.givenIn(a, seen)...)
	}
	if n.Row.Local() != "" && n.Args[0].Kind == graph.Row && n.Args[0].Scope >= graph.Steps && p.names[n.Args[0]] == nil && !p.isWhere(n.Args[0]) {
		all = append(all, n.Args[0])
	}
	return all
}

func (p *paper) isWhere(n *graph.Node) bool { return n.Row.Name == "where" }

// nameAll gives few values a letter each, and many the letter a with the equation's name below it, b
// for a second one of an equation.
func (p *paper) nameAll(all []inner) {
	const few = 3
	taken := map[string]bool{"t": true, "L": true}
	for n := range p.names {
		taken[n.Name], taken[last(n.Name)] = true, true
	}
	letters := freeLetters(taken)
	for i, in := range all {
		if len(all) <= few && i < len(letters) {
			base := notation.Symbol(letters[i])
			if in.node.Shape.Len() > 1 {
				base = notation.Vec(base)
			}
			p.givens[in.node] = timed(base)
			continue
		}
		below := p.short[in.owner.Name]
		apart := slices.DeleteFunc(slices.Clone(letters), func(c string) bool { return taken[c+below] || taken[c+"_"+below] }) // from a weight bf
		p.givens[in.node] = p.belowOf(append(apart, "pre"), in, count(all[:i], in.owner))
	}
}

// count is how many values an equation holds.
func count(all []inner, owner *graph.Node) int {
	n := 0
	for _, in := range all {
		if in.owner == owner {
			n++
		}
	}
	return n
}

// belowOf is a letter with the name of an equation below it; where there are no more letters, with a prime.
func (p *paper) belowOf(letters []string, in inner, before int) symbol {
	var base notation.Math = notation.Ident{Name: letters[before%len(letters)]}
	for range before / len(letters) {
		base = notation.Script{Base: base, Sup: notation.Sign{Text: "′", Kind: notation.Dots}}
	}
	if in.node.Shape.Len() > 1 {
		base = notation.Vec(base)
	}
	return timed(notation.Script{Base: base, Sub: p.base(in.owner)})
}

func freeLetters(taken map[string]bool) []string {
	var free []string
	for _, c := range "abpqrsefgkmnzαβ" {
		if !taken[string(c)] {
			free = append(free, string(c))
		}
	}
	if len(free) == 0 {
		free = []string{"pre"}
	}
	return free
}

// nameAdjoints names the derivatives of the loss: δh_t by the equation h, δa_t by an inner value.
func (p *paper) nameAdjoints(d *grad.Derivative) {
	for of, a := range d.Adjoint {
		if a.Kind == graph.Name && (p.names[of] != nil || p.givens[of] != nil) {
			p.names[a] = p.delta(of)
		}
	}
	for _, n := range d.Graph.Nodes {
		if n.Mirror != nil && n.Mirror.Kind != graph.Name && p.givens[n.Mirror] != nil && p.names[n] == nil {
			p.names[n] = p.delta(n.Mirror)
		}
	}
}

// delta is the symbol of the derivative of the loss by what has a name.
func (p *paper) delta(of *graph.Node) symbol {
	name := p.names[of]
	if name == nil {
		name = p.givens[of]
	}
	return func(time notation.Math) notation.Math {
		return notation.Row{delta, name(time)}
	}
}

var delta = notation.Math(notation.Sign{Text: "δ", Kind: notation.Prefix})

// findPrimes finds the local derivatives that stand in a graph as nodes of their own, relu'(a).
func (p *paper) findPrimes(g *graph.Graph, table *op.Table) {
	m := graph.Continue(g, table)
	made := len(m.Nodes())
	for _, n := range g.Nodes[:made] {
		if n.Kind != graph.Row || n.Row.Local() == "" {
			continue
		}
		local := m.Rule(n.Row.Name, n.Row.Local(), map[string]*graph.Node{"y": n, n.Row.Args[0]: n.Args[0]})
		if local.ID <= made && p.names[local] == nil && wantsPrime(local, n) {
			p.primes[local] = n
		}
	}
}

// wantsPrime tells whether a local derivative reads better as f'(a): not where it is a function of a
// itself, as cos(a), or the value, as of exp.
func wantsPrime(local, of *graph.Node) bool {
	return local != of && local.Kind == graph.Row && len(local.Row.Args) > 1 && local.Row.Name != "over" && local.Row.Name != "/"
}
