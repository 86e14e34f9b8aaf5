package explain

import (
	"unroll/graph"
	"unroll/notation"
)

// letters are what the page itself writes with: each the first of its kind that no name of the cell is
// written with, so that nothing has two meanings.
type letters struct {
	written map[string]bool // how the names of the cell are written
}

// letter is the first of some letters that isn't taken.
func (l letters) letter(wanted ...string) notation.Math {
	for _, w := range wanted {
		if !l.written[w] {
			return notation.Ident{Name: w}
		}
	}
	return notation.Ident{Name: wanted[len(wanted)-1] + wanted[0]}
}

// loss is the letter of the loss.
func (l letters) loss() notation.Math { return l.letter("L", "J", "ℒ") }

// rate is the letter of the learning rate.
func (l letters) rate() notation.Math { return l.letter("η", "ρ", "ζ") }

// spelled finds names that would be written alike, as delta and δ: those keep their spelling.
func (p *paper) spelled() map[string]bool {
	by := map[string][]string{}
	seen := map[string]bool{}
	for _, n := range p.g.Nodes {
		switch name := p.short[n.Name]; n.Kind {
		case graph.Name, graph.Weight, graph.Input:
			if !seen[name] {
				seen[name] = true
				written := notation.Text(notation.Symbol(name))
				by[written] = append(by[written], name)
			}
		}
	}
	all := map[string]bool{}
	for written, names := range by {
		for _, name := range names {
			if len(names) > 1 && name != written {
				all[name] = true
			}
		}
	}
	return all
}
