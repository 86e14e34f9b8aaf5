package explain

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"unroll/grad"
	"unroll/graph"
	"unroll/notation"
	"unroll/picture"
	"unroll/series"
	"unroll/words"
)

// maxHeat is how many steps a heat map has rows for; of more, as many that are spread over all.
const maxHeat = 12

// jacobians shows how far a change of a state reaches: the norms of ∂h_t/∂h_k.
func (l *teller) jacobians() ([]Part, error) {
	s := l.section("jacobians", 1, l.say("How far a change reaches"))
	for _, n := range l.lagged() {
		p, err := l.probe(n)
		if err != nil {
			return nil, err
		}
		h, err := l.jacobianHeat(p)
		if err != nil {
			return nil, err
		}
		at := l.p.names[n](notation.Time(0))
		then := l.p.names[n](notation.Ident{Name: "k"})
		s.Parts = append(s.Parts,
			l.para("The norm of {j}: how much a small change of {then} changes {now}. Above 1 it grows on its way through time, and gradients explode; near 0 it is forgotten, and they vanish.",
				words.A("j", derivative(at, then)), words.A("then", then), words.A("now", at)),
			Figure{SVG: h.SVG(), Alt: h.Title, Table: l.heatTable(h), Caption: l.say("The largest singular value of {j}, by t (down) and k (across).", words.A("j", derivative(at, then)))})
	}
	if len(s.Parts) == 0 {
		s.Parts = []Part{l.para("No equation reads its own past, so nothing reaches from one step to another.")}
	}
	return []Part{s}, nil
}

// heatTable is a heat map as a table.
func (l *teller) heatTable(h picture.Heat) *Table {
	t := &Table{Head: []Text{{{Words: h.Down + " \\ " + h.Across}}}}
	for _, c := range h.Cols {
		t.Head = append(t.Head, Text{{Words: c.Base}})
	}
	for i, r := range h.Rows {
		row := []Cell{{Text: Text{{Words: r.Base}}}}
		for j := range h.Cols {
			cell := Cell{}
			if j < len(h.Entries[i]) && h.Entries[i][j].Text != "" {
				cell.Text = l.p.number(series.Floats(1, 1, []float64{h.Entries[i][j].Value}))
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// lagged are the equations that are read at other steps than their own.
func (l *teller) lagged() []*graph.Node {
	var all []*graph.Node
	for _, n := range l.Graph.Nodes {
		if (n.Kind == graph.Shift || n.Kind == graph.Window) && n.Args[0].Kind == graph.Name && !slices.Contains(all, n.Args[0]) {
			all = append(all, n.Args[0])
		}
	}
	return all
}

// spread are at most so many of the steps of the first series, the last among them.
func (l *teller) spread() []int {
	times := upwards(l.Graph.T0, l.v.T(0)-1)
	if len(times) <= maxHeat || l.opt.Full {
		return times
	}
	var some []int
	for i := range maxHeat {
		some = append(some, times[(i+1)*len(times)/maxHeat-1])
	}
	return some
}

func (l *teller) jacobianHeat(p *probe) (picture.Heat, error) {
	h := picture.Heat{Down: "t", Across: "k", Scale: picture.Factor, Title: l.plain("Norms of derivatives of a state by its earlier values"),
		Legend: l.plain("the norm: 1 is white, growing and vanishing are coloured")}
	times := l.spread()
	for _, k := range times {
		h.Cols = append(h.Cols, picture.Label{Base: fmt.Sprint(k)})
	}
	for _, t := range times {
		norms, err := l.normsAt(p, t, times)
		if err != nil {
			return h, err
		}
		h.Rows = append(h.Rows, picture.Label{Base: fmt.Sprint(t)})
		h.Entries = append(h.Entries, norms)
	}
	return h, nil
}

// normsAt are the norms of the derivatives of a state at t by itself at the times before; a network
// that runs backward has them at the times after.
func (l *teller) normsAt(p *probe, t int, times []int) ([]picture.Entry, error) {
	n, only := p.of.Shape.Len(), p.only()
	jacobian := map[int]*mat.Dense{}
	for e := range n {
		v, err := p.at(only, 0, t, e)
		if err != nil {
			return nil, err
		}
		for _, k := range times {
			if jacobian[k] == nil {
				jacobian[k] = mat.NewDense(n, n, nil)
			}
			a := v.At(p.d.Adjoint[p.of], 0, k)
			for j := range n {
				jacobian[k].Set(e, j, a.Float64(j))
			}
		}
	}
	var row []picture.Entry
	for _, k := range times {
		x := picture.Entry{Value: stretch(jacobian[k])}
		if k <= t || x.Value != 0 {
			x.Text = heatNumber(x.Value)
		}
		row = append(row, x)
	}
	return row, nil
}

// stretch is how much a matrix lengthens a vector at most: its largest singular value.
func stretch(m *mat.Dense) float64 {
	var values mat.SVD
	size := mat.Norm(m, 2) // the root of the sum of squares, which is no less
	if size == 0 || math.IsInf(size, 0) || !values.Factorize(m, mat.SVDNone) {
		return size
	}
	return values.Values(nil)[0]
}

// heatNumber is a number in a heat map.
func heatNumber(x float64) string {
	text, _ := numbers{digits: 2}.float(x)
	return notation.Text(signed(text))
}

// influence shows which input at which time moved which error: ∂L_t/∂y_s through the equations.
func (l *teller) influence() ([]Part, error) {
	s := l.section("influence", 1, l.say("Which input moved which error"))
	for _, sc := range l.Graph.Scores {
		if sc.Value.Scope < graph.Steps {
			continue
		}
		parts, err := l.influenceOn(sc)
		if err != nil {
			return nil, err
		}
		s.Parts = append(s.Parts, parts...)
	}
	if len(s.Parts) == 0 {
		s.Parts = []Part{l.para("No step is scored, so there are no errors to be moved.")}
	}
	return []Part{s}, nil
}

func (l *teller) influenceOn(sc *graph.Score) ([]Part, error) {
	p, err := l.probe(sc.Value)
	if err != nil {
		return nil, err
	}
	var parts []Part
	for _, in := range l.Graph.Inputs {
		n := l.inputNode(in.Name)
		if in.PerSeries || n == nil {
			continue
		}
		h, some, err := l.influenceHeat(p, n)
		if err != nil {
			return nil, err
		}
		if !some {
			continue
		}
		by := derivative(l.bare(sc.Value), notation.At(notation.Symbol(in.Name), notation.Ident{Name: "s"}))
		parts = append(parts, l.para("{d} through the equations: how the score of step t changes with the input at time s.", words.A("d", by)),
			Figure{SVG: h.SVG(), Alt: h.Title, Table: l.heatTable(h), Caption: l.say("{d}, by t (down) and s (across).", words.A("d", by))})
	}
	return parts, nil
}

// influenceHeat is the matrix of the derivatives of a score at t by an input at s, and whether there
// are any: of a vector the norm.
func (l *teller) influenceHeat(p *probe, n *graph.Node) (picture.Heat, bool, error) {
	h := picture.Heat{Down: "t", Across: "s", Scale: picture.Signed, Title: l.plain("Derivatives of the scores by the inputs"), Legend: l.plain("the derivative: 0 is white")}
	edges := grad.Contributions(p.d, p.Choices.Table)
	times := l.spread()
	var columns []int
	for s := range l.v.T(0) {
		if len(times) == l.v.T(0)-l.Graph.T0 || slices.Contains(times, s) {
			columns = append(columns, s)
			h.Cols = append(h.Cols, picture.Label{Base: fmt.Sprint(s)})
		}
	}
	some := false
	for _, t := range times {
		moved, err := p.movedBy(edges, n, t)
		if err != nil {
			return h, false, err
		}
		var row []picture.Entry
		for _, s := range columns {
			row = append(row, influenceEntry(moved[s], s <= t))
			some = some || moved[s].R > 0
		}
		h.Rows = append(h.Rows, picture.Label{Base: fmt.Sprint(t)})
		h.Entries = append(h.Entries, row)
	}
	return h, some, nil
}

// influenceEntry is an entry of the map: what comes later than the score is left blank unless it moved it.
func influenceEntry(a series.Array, before bool) picture.Entry {
	x := 0.0
	switch {
	case a.Len() == 1:
		x = a.Float64(0)
	case a.R > 0:
		x = mat.Norm(mat.NewVecDense(a.Len(), a.ToFloat().Float), 2)
	}
	if x == 0 && !before {
		return picture.Entry{}
	}
	return picture.Entry{Value: x, Text: heatNumber(x)}
}
