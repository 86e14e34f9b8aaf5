package explain

import (
	"fmt"
	"strings"
	"unicode"

	"unroll/series"
)

const (
	maxEntries = 4   // of a vector, or of either side of a matrix, are shown to a reader
	maxWidth   = 110 // of a table, before it goes on below
)

// table is rows of cells, the first row its head.
type table struct {
	rows   [][]string
	left   int // how many rows are left out
	leftAt int // before which row
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// cut leaves out n rows from row i on.
func (t *table) cut(i, n int) {
	t.rows = append(t.rows[:i:i], t.rows[i+n:]...)
	t.left, t.leftAt = n, i
}

// print writes the table with its columns aligned to the left, for fractions have no point to
// align at. A wide one is written in blocks, each beginning with the first column.
func (t *texter) print(tab *table) {
	wide := make([]int, len(tab.rows[0]))
	for _, r := range tab.rows {
		for j, c := range r {
			wide[j] = max(wide[j], width(c))
		}
	}
	for from := 1; ; {
		to, line := from, wide[0]
		for to < len(wide) && (to == from || line+2+wide[to] <= maxWidth) {
			line += 2 + wide[to]
			to++
		}
		t.block(tab, wide, from, to)
		if to >= len(wide) {
			return
		}
		t.b.WriteByte('\n')
		from = to
	}
}

// block writes the first column, and those from one to before another.
func (t *texter) block(tab *table, wide []int, from, to int) {
	for i, r := range tab.rows {
		if tab.left > 0 && i == tab.leftAt {
			t.line("… %d steps left out; --format json has them …", tab.left)
		}
		cells := []string{pad(r[0], wide[0])}
		for j := from; j < to; j++ {
			cells = append(cells, pad(r[j], wide[j]))
		}
		t.line("%s", strings.Join(cells, "  "))
	}
}

// width is how many columns a text takes: combining marks take none.
func width(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

func pad(s string, to int) string { return s + strings.Repeat(" ", max(0, to-width(s))) }

// cell is a value in a table: a fraction with its decimals, if they end. What is exact but too long
// to be shown so has a sign before it; that float64s are inexact goes without saying.
func cell(a series.Array) string {
	switch {
	case approximate(a):
		return "≈ " + short(a)
	case a.Len() == 1 && a.Has(0) && a.Exact():
		return strings.TrimPrefix(a.Relation(), "= ")
	}
	return short(a)
}

// approximate tells whether exact numbers are too long to be shown as they are.
func approximate(a series.Array) bool {
	for _, r := range a.Rat {
		if r != nil && !series.Short(r) {
			return true
		}
	}
	return false
}

// short is the value as text, its first entries if it is wide.
func short(a series.Array) string {
	if a.R <= maxEntries && a.C <= maxEntries {
		return a.String()
	}
	var rows []string
	for i := range min(a.R, maxEntries) {
		rows = append(rows, shortRow(a, i))
	}
	if a.R > maxEntries {
		rows = append(rows, fmt.Sprintf("… %d more", a.R-maxEntries))
	}
	return "[" + strings.Join(rows, ", ") + "]"
}

// shortRow is an entry of a vector, or a row of a matrix.
func shortRow(a series.Array, i int) string {
	if a.C == 1 {
		return a.At(i, 0).String()
	}
	var entries []string
	for j := range min(a.C, maxEntries) {
		entries = append(entries, a.At(i, j).String())
	}
	if a.C > maxEntries {
		entries = append(entries, fmt.Sprintf("… %d more", a.C-maxEntries))
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

// join lists names as a sentence does.
func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
