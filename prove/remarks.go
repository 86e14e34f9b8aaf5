package prove

import (
	"slices"
	"strings"

	"unroll/graph"
	"unroll/lang"
)

// remarks are what is legal in a file and probably not meant, as far as that is certain: what is read
// nowhere, and what the loss or its derivative doesn't reach in any run.
func (p *prover) remarks(f *lang.File, g *graph.Graph) []*lang.Error {
	var out lang.Errors
	out = append(out, unread(f.Stmts, nil)...)
	out = append(out, unreadSizes(f.Stmts)...)
	for _, s := range f.Stmts {
		if c, ok := s.(*lang.Cell); ok {
			out = append(out, unread(c.Body, c.Results)...)
		}
	}
	for _, w := range g.Weights {
		switch found := p.found[w.Name]; {
		case found == nowhere:
			out = append(out, lang.Errorf(w.Pos, "the loss doesn't depend on weight %s; leave it out, or put it where it is meant", w.Name))
		case found == inLoss && !w.Fixed:
			out = append(out, lang.Errorf(w.Pos, "no derivative reaches weight %s, as it stands only in comparisons, sign, floor or stop; training can't move it", w.Name))
		}
	}
	free := scoredFreely(f)
	for _, s := range g.Scores {
		if e := leak(g, s, free[s.Pos]); e != nil {
			out = append(out, e)
		}
	}
	out = append(out, p.dead(g)...)
	out = append(out, p.still(g)...)
	_ = out.Err() // sorts them
	return out
}

// presence is how far a weight was found in the runs.
type presence int

const (
	nowhere   presence = iota
	inLoss             // the loss depends on it
	derivable          // a derivative reaches it
	alive              // and was seen not to be 0
)

// unread are the inputs, equations and states of statements that nothing among them reads. Results are
// read by whoever calls.
func unread(stmts []lang.Stmt, results []lang.Target) []*lang.Error {
	r := readsOf(stmts)
	for _, t := range results {
		r.names[t.Name], r.other[t.Name] = true, true
	}
	var out []*lang.Error
	for _, s := range stmts {
		switch s := s.(type) {
		case *lang.Input:
			for _, it := range s.Items {
				if !r.names[it.Name] {
					out = append(out, lang.Errorf(it.At, "nothing reads input %s; leave it out, or read it where it is meant", it.Name))
				}
			}
		case *lang.Equation:
			if named := func(l lang.Target) bool { return r.names[l.Name] }; !slices.ContainsFunc(s.Left, named) {
				l := s.Left[0]
				out = append(out, lang.Errorf(l.At, "nothing reads %s; leave it out, or read it where it is meant", l.Name))
			}
		case *lang.State:
			for _, it := range s.Items {
				if !r.other[it.Name] {
					out = append(out, lang.Errorf(it.At, "no equation reads the state %s at another time, so its start has no part; write %s[t-1] where the last value is meant", it.Name, it.Name))
				}
			}
		}
	}
	return out
}

// unreadSizes are the sizes of a file, which cells may read as well, that nothing reads.
func unreadSizes(stmts []lang.Stmt) []*lang.Error {
	read := map[string]bool{}
	note := func(e lang.Expr) {
		if n, ok := e.(*lang.Name); ok {
			read[n.Name] = true
		}
	}
	eachExpr(stmts, note)
	for _, said := range sizesIn(stmts) {
		lang.Walk(said.x, func(e lang.Expr) bool { note(e); return true })
	}
	var out []*lang.Error
	for _, s := range stmts {
		if size, ok := s.(*lang.Size); ok {
			for _, it := range size.Items {
				if !read[it.Name] {
					out = append(out, lang.Errorf(it.At, "nothing reads size %s; write it into the shape that it is meant for", it.Name))
				}
			}
		}
	}
	return out
}

// reads are the names that expressions read, and those of them that they read at other times.
type reads struct{ names, other map[string]bool }

func readsOf(stmts []lang.Stmt) reads {
	r := reads{map[string]bool{}, map[string]bool{}}
	var own []lang.Stmt
	for _, s := range stmts {
		if _, ok := s.(*lang.Cell); !ok { // a cell sees nothing of these
			own = append(own, s)
		}
	}
	eachExpr(own, func(e lang.Expr) {
		switch e := e.(type) {
		case *lang.Name:
			first, _, _ := strings.Cut(e.Name, ".")
			r.names[e.Name], r.names[first] = true, true
		case *lang.Index:
			n, ok := lang.Unparen(e.X).(*lang.Name)
			if ok && !(e.Items[0].Hi == nil && isT(e.Items[0].Lo)) {
				if _, time := lang.TimeOf(e.Items[0].Lo); time {
					r.other[n.Name] = true
				}
			}
		}
	})
	return r
}

func isT(e lang.Expr) bool {
	n, ok := lang.Unparen(e).(*lang.Name)
	return ok && n.Name == "t"
}

// dead remarks on weights by which no derivative was seen that isn't 0, though the equations allow it.
func (p *prover) dead(g *graph.Graph) []*lang.Error {
	var out []*lang.Error
	var quiet []string
	for _, w := range g.Weights {
		switch {
		case p.found[w.Name] != derivable || w.Fixed:
		case span(p.probe) > p.longest:
			quiet = append(quiet, w.Name)
		default:
			out = append(out, lang.Errorf(w.Pos, "the derivative by weight %s was 0 in all runs; see whether its unit is dead, or what it multiplies is always 0", w.Name))
		}
	}
	if len(quiet) > 0 {
		p.note("Lags of up to %d steps are longer than the drawn series, so that by %s no derivative was seen but 0.", span(p.probe), strings.Join(quiet, ", "))
	}
	return out
}
