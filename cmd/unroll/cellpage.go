package main

import (
	"strings"

	"unroll/cells"
	"unroll/explain"
	"unroll/lang"
	"unroll/notation"
	"unroll/op"
)

// cellPage is what there is to read of a cell of the library: equations, weights, papers, use.
func cellPage(name string, src *lang.Source) (*explain.Document, error) {
	about, err := cells.Read(name)
	if err != nil {
		return nil, err
	}
	file, err := lang.Parse(src)
	if err != nil {
		return nil, err
	}
	all := cellsOf(file, name)
	weights, err := weightsOf(all[0], file, about.Use)
	if err != nil {
		return nil, err
	}
	paper := []explain.Part{paragraph(about.Paper)}
	for _, r := range about.Remarks {
		paper = append(paper, paragraph(r))
	}
	d := &explain.Document{Lang: "en", Title: name, Lead: explain.Text{{Words: about.Title + "."}}}
	for _, c := range all {
		d.Parts = append(d.Parts, equationsOf(c, c == all[0]))
	}
	d.Parts = append(d.Parts,
		explain.Section{ID: "weights", Title: plainText("Weights"), Level: 1, Parts: weights},
		explain.Section{ID: "paper", Title: plainText("Paper"), Level: 1, Parts: paper},
		explain.Section{ID: "use", Title: plainText("Use"), Level: 1, Parts: []explain.Part{
			explain.Para{Text: callOf(all[0])}, explain.Code{Text: strings.TrimSuffix(about.Use, "\n")},
		}})
	return d, nil
}

// cellsOf are the cells of a file, the one that it is named after first.
func cellsOf(f *lang.File, name string) []*lang.Cell {
	var first, others []*lang.Cell
	for _, st := range f.Stmts {
		if c, ok := st.(*lang.Cell); ok && c.Name == name {
			first = append(first, c)
		} else if ok {
			others = append(others, c)
		}
	}
	return append(first, others...)
}

func plainText(s string) explain.Text { return explain.Text{{Words: s}} }

func paragraph(s string) explain.Part { return explain.Para{Text: plainText(s)} }

func typed(s string) explain.Inline { return explain.Inline{Words: s, Code: true} }

// equationsOf are a cell's equations as mathematics, and what its states are before the first step.
func equationsOf(c *lang.Cell, first bool) explain.Part {
	p := cellNotation{op.Standard(), overTime(c)}
	var lines []explain.Chain
	for _, st := range c.Body {
		if e, ok := st.(*lang.Equation); ok {
			lines = append(lines, explain.Chain{Left: p.name(e.Left[0].Name, nil), Links: []explain.Link{{Sign: "=", X: p.math(e.X)}}})
		}
	}
	parts := []explain.Part{explain.Chains{Lines: lines}}
	if starts := p.starts(c); len(starts) > 0 {
		parts = append(parts, paragraph("Before the first step:"), explain.Chains{Lines: starts})
	}
	title := "Equations"
	if !first {
		title = "Equations of " + signature(c)
	}
	return explain.Section{ID: "equations-" + c.Name, Title: plainText(title), Level: 1, Parts: parts}
}

// cellNotation sets the expressions of a cell.
type cellNotation struct {
	table  *op.Table
	series map[string]bool // names that have a value at each time
}

func (p cellNotation) math(e lang.Expr) notation.Math { return notation.Expr(e, p.table, p.name) }

// name is a name with its time; of a series without one it is now.
func (p cellNotation) name(name string, at notation.Math) notation.Math {
	if at == nil && p.series[name] {
		at = notation.Time(0)
	}
	if at == nil {
		return notation.Symbol(name)
	}
	return notation.At(notation.Symbol(name), at)
}

// starts are what states are before the first step; those that are alike share a line.
func (p cellNotation) starts(c *lang.Cell) []explain.Chain {
	var all []explain.Chain
	for _, st := range c.Body {
		s, ok := st.(*lang.State)
		if !ok {
			continue
		}
		var links []explain.Link
		for k, it := range s.Items {
			links = append(links, explain.Link{Sign: "=", X: p.name(it.Name, nil)})
			if it.Shared && k < len(s.Items)-1 {
				continue
			}
			left := links[0].X
			all = append(all, explain.Chain{Left: left, Links: append(links[1:], explain.Link{Sign: "=", X: p.math(it.Start)})})
			links = nil
		}
	}
	return all
}

// overTime are the names of a cell that have a value at each time: its arguments, its states, and
// what is made of them or of t.
func overTime(c *lang.Cell) map[string]bool {
	series := map[string]bool{}
	for _, a := range c.Params {
		series[a.Name] = true
	}
	for _, st := range c.Body {
		if s, ok := st.(*lang.State); ok {
			for _, it := range s.Items {
				series[it.Name] = true
			}
		}
	}
	for more := true; more; {
		more = false
		for _, st := range c.Body {
			if e, ok := st.(*lang.Equation); ok && !series[e.Left[0].Name] && reaches(e.X, series) {
				series[e.Left[0].Name], more = true, true
			}
		}
	}
	return series
}

// summaries make a constant of a series.
var summaries = map[string]bool{"first": true, "last": true, "total": true, "average": true}

func reaches(e lang.Expr, series map[string]bool) bool {
	found := false
	lang.Walk(e, func(x lang.Expr) bool {
		switch x := x.(type) {
		case *lang.Name:
			found = found || series[x.Name] || x.Name == "t"
		case *lang.Call:
			return !summaries[x.Fn]
		}
		return true
	})
	return found
}
