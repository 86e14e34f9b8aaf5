package explain

import (
	"maps"
	"slices"

	"unroll/graph"
	"unroll/notation"
	"unroll/series"
	"unroll/words"
)

// column is a column of a table: a head, and what stands at each step.
type column struct {
	head   notation.Math
	values []series.Array // nil entries of R = 0 stand for nothing
	marks  []string
}

// forwardTable is a column for each input, equation and score; the steps before the first too, as
// far as states have a start there.
func (l *teller) forwardTable(i int) Part {
	from := l.firstTime()
	cols := l.inputColumns(i, from, false)
	for _, n := range l.Graph.Names {
		if n.Scope >= graph.Steps {
			cols = append(cols, l.equationColumn(n, i, from))
		}
	}
	cols = append(cols, l.inputColumns(i, from, true)...)
	for _, sc := range l.Graph.Scores {
		if sc.Value.Scope >= graph.Steps && l.p.names[sc.Value] != nil {
			cols = append(cols, l.scoreColumn(sc, i, from))
		}
	}
	return l.table(upwards(from, l.lastTime(i)), cols)
}

func upwards(from, to int) []int {
	var all []int
	for t := from; t <= to; t++ {
		all = append(all, t)
	}
	return all
}

// inputColumns are the inputs that are scored, or those that aren't.
func (l *teller) inputColumns(i, from int, scored bool) []column {
	is := map[string]bool{}
	for _, sc := range l.Graph.Scores {
		is[sc.Input] = true
	}
	var all []column
	for _, in := range l.Graph.Inputs {
		if in.PerSeries || is[in.Name] != scored {
			continue
		}
		c := column{head: notation.At(notation.Symbol(in.Name), notation.Time(0))}
		n := l.inputNode(in.Name)
		for t := from; t <= l.lastTime(i); t++ {
			c.values = append(c.values, l.datumAt(in.Name, i, t))
			c.marks = append(c.marks, l.markOf(n, i, t))
		}
		all = append(all, c)
	}
	return all
}

func (l *teller) markOf(n *graph.Node, i, t int) string {
	if n == nil {
		return ""
	}
	return l.p.mark(n, i, t)
}

// inputNode is the leaf of an input, nil if nothing reads it.
func (l *teller) inputNode(name string) *graph.Node {
	for _, n := range l.Graph.Nodes {
		if n.Kind == graph.Input && n.Name == name {
			return n
		}
	}
	return nil
}

// equationColumn is an equation's values; before the first step those of its start.
func (l *teller) equationColumn(n *graph.Node, i, from int) column {
	c := column{head: l.bare(n)}
	for t := from; t <= l.lastTime(i); t++ {
		c.values = append(c.values, l.valueAt(n, i, t))
		c.marks = append(c.marks, l.p.mark(n, i, t))
	}
	return c
}

// valueAt is an equation's value, or its start's; nothing where it has neither.
func (l *teller) valueAt(n *graph.Node, i, t int) series.Array {
	if t >= l.Graph.T0 && t < l.v.T(i) {
		return l.v.At(n, i, t)
	}
	for _, s := range l.Graph.States {
		for _, k := range slices.Sorted(maps.Keys(s.At)) {
			if reads := t + k; s.Node != n || reads < l.Graph.T0 || reads >= l.v.T(i) {
				continue // no step reads it so
			}
			if start := s.At[k]; start.Kind == graph.Const {
				return series.Rats(start.Shape.R, start.Shape.C, start.Value)
			}
			return l.v.At(s.At[k], i, t+k)
		}
	}
	return series.Array{}
}

// datumAt is what the data has of an input; nothing outside its times.
func (l *teller) datumAt(name string, i, t int) series.Array {
	if t < 0 || t >= l.v.T(i) {
		return series.Array{}
	}
	return l.datum(name, i, t)
}

func (l *teller) scoreColumn(sc *graph.Score, i, from int) column {
	c := column{head: l.bare(sc.Value)}
	for t := from; t <= l.lastTime(i); t++ {
		a := series.Array{}
		if t >= l.Graph.T0 && t < l.v.T(i) && l.v.At(sc.Count, i, t).Float64(0) != 0 {
			a = l.v.At(sc.Value, i, t)
		}
		c.values = append(c.values, a)
		c.marks = append(c.marks, l.p.mark(sc.Value, i, t))
	}
	return c
}

// table is columns beside the times; of many times the middle is left out.
func (l *teller) table(times []int, cols []column) Part {
	t := Table{Head: []Text{formula(notation.Time(0))}}
	for _, c := range cols {
		t.Head = append(t.Head, formula(c.head))
	}
	forms := make([]form, len(cols))
	for j, c := range cols {
		forms[j] = l.p.formOf(c.values)
	}
	for r, time := range times {
		row := []Cell{{Text: formula(notation.Int(time))}}
		for j, c := range cols {
			row = append(row, l.p.tableCell(c, r, forms[j]))
		}
		t.Rows = append(t.Rows, row)
	}
	if n := len(times) - 2*edgeRows; len(times) > maxRows && !l.opt.Full {
		t.Rows = append(t.Rows[:edgeRows:edgeRows], t.Rows[edgeRows+n:]...)
		t.Left, t.LeftAt = n, edgeRows
		t.LeftSay = l.say("{n} {n|step|steps} left out; `--full` shows all", words.A("n", n))
	}
	return t
}

// tableCell is an entry of a column, in the form that fits the whole column.
func (p *paper) tableCell(c column, r int, f form) Cell {
	a := c.values[r]
	if a.R == 0 {
		return Cell{Text: Text{{Words: "–"}}}
	}
	return Cell{formula(p.signedValue(a, f)), c.marks[r]}
}
