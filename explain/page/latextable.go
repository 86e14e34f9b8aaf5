package page

import (
	"fmt"
	"strings"

	"unroll/explain"
)

// table is a table a little smaller than the text. One that is too wide for the page is set in
// blocks, each beginning with the first column; a wide cell is wrapped.
func (t tex) table(table explain.Table) string {
	var b strings.Builder
	if len(table.Caption) > 0 {
		b.WriteString(t.text(table.Caption) + "\n\n")
	}
	b.WriteString("{\\small\n")
	g := gridOf(table, paperTable, setCell)
	for _, block := range g.blocks(paperTable, paperGap) {
		b.WriteString(t.block(&g, table, append([]int{0}, block...)))
	}
	return b.String() + "}"
}

// tallTable is how many lines a table has at most that isn't continued on the next page: longtable knows
// the widths of its columns only when pdflatex is run again.
const tallTable = 30

// block is some columns of a table. A long one is continued on the next page unless it stands in a box.
func (t tex) block(g *grid, table explain.Table, columns []int) string {
	if len(g.wide) == 0 {
		return ""
	}
	var spec, rows []string
	for _, j := range columns {
		spec = append(spec, g.spec(j))
	}
	head := t.row(g.rows[0], columns) + "\\midrule\n"
	left := fmt.Sprintf("\\multicolumn{%d}{@{}l}{$\\cdots$ %s}", len(columns), t.text(table.LeftSay))
	for i, r := range g.rows[1:] {
		if table.Left > 0 && i == table.LeftAt {
			rows = append(rows, left+" \\\\\n")
		}
		rows = append(rows, t.row(r, columns))
	}
	if table.Left > 0 && table.LeftAt >= len(g.rows)-1 {
		rows = append(rows, left+" \\\\\n")
	}
	name, again := "longtable", "\\endhead\n"
	if t.boxed || t.lines(g.rows, columns) <= tallTable {
		name, again = "tabular", ""
	}
	return fmt.Sprintf("\\begin{%s}{@{}%s@{}}\n\\toprule\n%s%s%s\\bottomrule\n\\end{%s}\n\n",
		name, strings.Join(spec, ""), head, again, strings.Join(rows, ""), name)
}

// lines is how tall rows are, in lines: a matrix counts with its rows.
func (t tex) lines(rows [][]explain.Text, columns []int) int {
	all := 0
	for _, r := range rows {
		tallest := 0
		for _, j := range columns {
			tallest = max(tallest, strings.Count(t.text(r[j]), `\\`))
		}
		all += 1 + tallest
	}
	return all
}

// spec is the kind of column j: one that has cells of several lines has a width.
func (g *grid) spec(j int) string {
	if g.width(j, 10*paperTable) == g.wide[j] && g.wide[j] < paperTable/2 {
		return "l"
	}
	return fmt.Sprintf(">{\\raggedright\\arraybackslash}p{%.1fem}", 0.52*float64(min(g.wide[j], paperTable-10)))
}

// row is a row of a table. A formula that is wider than any line is made smaller.
func (t tex) row(r []explain.Text, columns []int) string {
	var cells []string
	for _, j := range columns {
		cell := t.text(r[j])
		if len(r[j]) == 1 && r[j][0].Math != nil {
			cell = `\fit{0.7\linewidth}{` + cell + "}"
		}
		if strings.Contains(cell, `\frac`) {
			cell += `\tall`
		}
		cells = append(cells, cell)
	}
	// What begins with a bracket would be read as an argument of the line before.
	out := "{}" + strings.Join(cells, " & ") + " \\\\\n"
	if strings.Contains(out, `matrix}`) {
		out += "\\addlinespace[3pt]\n" // brackets would touch those of the next row
	}
	return out
}
