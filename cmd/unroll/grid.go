package main

import (
	"strings"
	"unicode/utf8"
)

// grid is lines of cells in aligned columns.
type grid struct{ rows [][]string }

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// String writes the lines, two blanks between columns.
func (g *grid) String() string {
	var wide []int
	for _, r := range g.rows {
		for j, c := range r {
			if j == len(wide) {
				wide = append(wide, 0)
			}
			wide[j] = max(wide[j], utf8.RuneCountInString(c))
		}
	}
	var b strings.Builder
	for _, r := range g.rows {
		var line strings.Builder
		for j, c := range r {
			line.WriteString(c + strings.Repeat(" ", wide[j]-utf8.RuneCountInString(c)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
