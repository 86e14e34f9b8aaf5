package notation

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"unroll/internal/golden"
	"unroll/lang"
	"unroll/op"
)

// lines are the lines of a file that say something.
func lines(t *testing.T, path string) []string {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '%' {
			out = append(out, line)
		}
	}
	return out
}

// each writes a formula in the three ways.
func each(b *strings.Builder, source string, m Math) {
	fmt.Fprintf(b, "%s\n  %s\n  %s\n  %s\n\n", source, Text(m), TeX(m), MathML(m))
}

// Formulas of the language, of TeX, and names, as they are printed.
func TestFormulas(t *testing.T) {
	var b strings.Builder
	for _, src := range lines(t, "testdata/expressions") {
		e, err := lang.ParseExpr(&lang.Source{Text: src})
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		each(&b, src, Expr(e, op.Standard(), nil))
	}
	golden.Check(t, b.String(), "testdata/expressions.golden")

	b.Reset()
	for _, tex := range lines(t, "testdata/tex") {
		m, err := Parse(tex)
		if err != nil {
			t.Fatal(err)
		}
		each(&b, tex, m)
	}
	golden.Check(t, b.String(), "testdata/tex.golden")
}

// The rows of the table, with letters in their holes.
func TestRows(t *testing.T) {
	var b strings.Builder
	args := []Math{Symbol("a"), Symbol("b"), Symbol("c"), Symbol("m"), Symbol("n")}
	table := op.Standard()
	for _, r := range table.Rows {
		each(&b, r.Name, Fill(parsed(t, r.TeX), args...))
	}
	for _, f := range table.Families {
		each(&b, f.Name, Fill(parsed(t, f.TeX), args...))
	}
	golden.Check(t, b.String(), "testdata/rows.golden")
}

func parsed(t testing.TB, tex string) Math {
	t.Helper()
	m, err := Parse(tex)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
