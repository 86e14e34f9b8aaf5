package prove_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unroll/cells"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
	"unroll/prove"
)

// library finds the cells that a file uses.
func library(name string, _ bool) (*lang.Source, error) { return cells.Source(name) }

// provedText proves a file that is given as text.
func provedText(t testing.TB, name, text string, c graph.Choices) (*prove.Report, error) {
	t.Helper()
	f, err := lang.Parse(&lang.Source{Name: name, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if c.Use == nil {
		c.Use = library
	}
	return prove.Cell(f, c, 1)
}

// mustProve wants a file to be proved.
func mustProve(t testing.TB, name, text string, c graph.Choices) *prove.Report {
	t.Helper()
	r, err := provedText(t, name, text, c)
	switch {
	case err != nil:
		t.Fatalf("%s: %v", name, err)
	case !r.Proved():
		t.Fatalf("%s\n%s", r, text)
	}
	return r
}

// compared counts the derivatives of a report by how they were compared.
func compared(r *prove.Report) string {
	count := map[prove.Method]int{}
	for _, l := range r.Lines {
		count[l.With] += l.Derivatives
	}
	var parts []string
	for m := prove.Fractions; m <= prove.Differences; m++ {
		if count[m] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[m], m))
		}
	}
	return strings.Join(parts, ", ")
}

// runs lists the runs of a report, each once.
func runs(r *prove.Report) []string {
	var out []string
	for _, l := range r.Lines {
		text := strings.TrimSpace(l.Feed + " " + l.Feedback)
		if l.Gaps {
			text += " gaps"
		}
		if l.Training {
			text += " training"
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// planted is the table with one rule changed.
func planted(name string, args, arg int, rule string) *op.Table {
	table := op.Standard()
	table.Lookup(name, args).Deriv[arg] = rule
	return table
}
