package unroll_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"unroll/cells"
	"unroll/internal/golden"
)

// TestCellsDocument holds docs/cells.md to what there is: its table, and what its commands print.
func TestCellsDocument(t *testing.T) {
	text, err := os.ReadFile("docs/cells.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- cells: generated from cells and testdata/cells -->\n", "<!-- end -->"
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("docs/cells.md has no place for the table")
	}
	golden.Check(t, withOutputs(t, before+begin+cellsTable(t)+end+after), "docs/cells.md")
}

// cellsTable is a row for each cell of the library, and for the other examples.
func cellsTable(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| cell | what it is | paper | held to | example |\n| --- | --- | --- | --- | --- |\n")
	row := func(name, link, what, paper string) {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | [%s.cell](../%s%s.cell) |\n", link, what, paper, sourceOf(t, name), name, usesDir, name)
	}
	for _, name := range cells.Names() {
		p, err := cells.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		row(name, fmt.Sprintf("[%s](../cells/%s.cell)", name, name), p.Name(), p.Cite())
	}
	row("stacked", "", "two layers of `lstm`", "")
	row("bidirectional", "", "`gru_after` in both directions", "")
	return b.String()
}

// sourceOf is the source of an example's numbers.
func sourceOf(t *testing.T, name string) string {
	return fmt.Sprintf("[%s](../%s%s.json)", readReference(t, checksDir+name+".json").Source, checksDir, name)
}
