package page

import (
	"strings"

	"unroll/explain"
)

// grid is a table with all rows of the same length, the head first.
type grid struct {
	rows [][]explain.Text
	wide []int // columns that each column of the table takes
	of   func(cell explain.Text, most int) int
}

// gridOf lays out a table whose lines have room columns: a column that is wider than a line beside
// the first one is narrowed, but not below its longest word.
func gridOf(t explain.Table, room int, of func(cell explain.Text, most int) int) grid {
	n := len(t.Head)
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	g := grid{wide: make([]int, n), of: of}
	g.add(t.Head)
	for _, r := range t.Rows {
		var texts []explain.Text
		for _, c := range r {
			texts = append(texts, c.Text)
		}
		g.add(texts)
	}
	for j := range g.wide {
		most := room
		if j == 0 && n > 1 {
			most = room / 3
		} else if j > 0 {
			most = room - g.wide[0] - tableGap
		}
		g.wide[j] = g.width(j, most)
	}
	return g
}

// tableGap is how many columns of text are between two columns of a table.
const tableGap = 2

func (g *grid) add(cells []explain.Text) {
	row := make([]explain.Text, len(g.wide))
	copy(row, cells)
	g.rows = append(g.rows, row)
}

// width is what column j takes if its cells are wrapped at most columns.
func (g *grid) width(j, most int) int {
	wide := 0
	for _, r := range g.rows {
		wide = max(wide, g.of(r[j], most))
	}
	return wide
}

// blocks are the columns that stand beside the first one on lines of room columns: all of them,
// or, in a wide table, as many as fit, and the others in further blocks below, about as wide.
func (g *grid) blocks(room, gap int) [][]int {
	out := g.filled(room, gap)
	for room--; room > 0; room-- {
		even := g.filled(room, gap)
		if len(even) > len(out) {
			break
		}
		out = even
	}
	return out
}

// filled is blocks with as many columns in each as fit.
func (g *grid) filled(room, gap int) [][]int {
	var out [][]int
	used := room
	for j := 1; j < len(g.wide); j++ {
		if used+gap+g.wide[j] > room {
			out, used = append(out, nil), g.wide[0]
		}
		out[len(out)-1] = append(out[len(out)-1], j)
		used += gap + g.wide[j]
	}
	if len(out) == 0 && len(g.wide) > 0 {
		out = append(out, nil) // the first column is all there is
	}
	return out
}

// table has its columns aligned to the left, for fractions have no point to align at. A wide one
// is written in blocks, each beginning with the first column.
func (p plain) table(t explain.Table, room int) []string {
	out := wrapped(t.Caption, room)
	g := gridOf(t, room, textCell)
	for i, block := range g.blocks(room, tableGap) {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, g.block(t, append([]int{0}, block...), room)...)
	}
	return out
}

// block is some columns of a table as lines of text.
func (g *grid) block(t explain.Table, columns []int, room int) []string {
	rule := -tableGap
	for _, j := range columns {
		rule += tableGap + g.wide[j]
	}
	var out []string
	for i, r := range g.rows {
		if t.Left > 0 && i == t.LeftAt+1 {
			out = append(out, leftOut(t, room)...)
		}
		out = append(out, g.row(r, columns)...)
		if i == 0 {
			out = append(out, strings.Repeat("─", rule))
		}
	}
	if t.Left > 0 && t.LeftAt+1 >= len(g.rows) {
		out = append(out, leftOut(t, room)...)
	}
	return out
}

// leftOut says that rows are left out.
func leftOut(t explain.Table, room int) []string {
	return wrapped(append(explain.Text{{Words: "⋯ "}}, t.LeftSay...), room)
}

// row is a row of a table, of as many lines as its longest cell.
func (g *grid) row(r []explain.Text, columns []int) []string {
	var out []string
	at := 0 // where the column begins
	for _, j := range columns {
		for i, line := range wrapped(r[j], g.wide[j]) {
			if i == len(out) {
				out = append(out, "")
			}
			out[i] = pad(out[i], at) + line
		}
		at += g.wide[j] + tableGap
	}
	if len(out) == 0 {
		out = append(out, "") // a row of nothing
	}
	return out
}
