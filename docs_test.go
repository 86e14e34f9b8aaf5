package unroll_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unroll"
	"unroll/graph"
	"unroll/internal/golden"
	"unroll/lang"
	"unroll/series"
)

// blocks are the fenced blocks of a kind in a document, with the line at which each begins.
func blocks(t *testing.T, path, kind string) map[int]string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int]string{}
	start := 0
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case start > 0 && line == "```":
			start = 0
		case start > 0:
			out[start] += line + "\n"
		case line == "```"+kind:
			start = i + 2
		}
	}
	if len(out) == 0 {
		t.Errorf("%s has no block of %s", path, kind)
	}
	return out
}

// TestCellsOfDocuments builds every cell that a document shows, and its derivative.
func TestCellsOfDocuments(t *testing.T) {
	for _, path := range []string{"README.md", "docs/language.md"} {
		for line, text := range blocks(t, path, "cell") {
			t.Run(fmt.Sprintf("%s:%d", path, line), func(t *testing.T) { buildCell(t, text) })
		}
	}
}

func buildCell(t *testing.T, text string) {
	cell, err := unroll.Parse("document.cell", text)
	if err != nil {
		t.Fatal(err)
	}
	run, err := cell.Bind(series.Set{}, unroll.Options{Assume: true, Steps: 3})
	if err != nil {
		t.Fatal(err)
	}
	d, err := run.Derivative()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []*graph.Graph{run.Graph(), d.Graph} {
		if err := graph.Verify(g); err != nil {
			t.Error(err)
		}
	}
}

// TestGeneratedParts holds what documents contain against what the program works by: the tables of
// docs/language.md, the layout of cells, and what the commands of the others print. With -update it
// writes them.
func TestGeneratedParts(t *testing.T) {
	for _, path := range []string{"README.md", "docs/explain.md", "docs/language.md"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := laidOut(t, string(text))
		if path == "docs/language.md" {
			got = withTables(t, got)
		}
		golden.Check(t, withOutputs(t, got), path)
	}
}

// laidOut has every cell of a document in standard layout.
func laidOut(t *testing.T, text string) string {
	parts := strings.Split(text, "```cell\n")
	for i, part := range parts[1:] {
		cell, rest, _ := strings.Cut(part, "```\n")
		f, err := lang.Parse(&lang.Source{Name: "document.cell", Text: cell})
		if err != nil {
			t.Fatal(err)
		}
		parts[i+1] = lang.Print(f, false) + "```\n" + rest
	}
	return strings.Join(parts, "```cell\n")
}

// TestDependencies wants each module that go.mod requires directly to stand in the document that
// says what it is for.
func TestDependencies(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	required := map[string]bool{}
	for l := range strings.Lines(string(mod)) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(l), "require "))
		if len(fields) >= 2 && strings.Contains(fields[0], ".") && strings.HasPrefix(fields[1], "v") {
			required[fields[0]] = true
			if !strings.Contains(l, "// indirect") && !strings.Contains(string(doc), "`"+fields[0]+"`") {
				t.Errorf("docs/dependencies.md doesn't say what %s is for", fields[0])
			}
		}
	}
	for l := range strings.Lines(string(doc)) {
		if _, rest, ok := strings.Cut(l, "| `"); ok {
			if module, _, _ := strings.Cut(rest, "`"); !required[module] {
				t.Errorf("docs/dependencies.md speaks of %s, which go.mod doesn't require", module)
			}
		}
	}
}

// TestLinks wants every relative link of a document to lead somewhere.
func TestLinks(t *testing.T) {
	docs, _ := filepath.Glob("docs/*.md")
	for _, path := range append(docs, "README.md", "ARCHITECTURE.md", "CHANGELOG.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, part := range strings.Split(string(text), "](")[1:] {
			target, _, _ := strings.Cut(part, ")")
			target, _, _ = strings.Cut(target, "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), target)); err != nil {
				t.Errorf("%s links to %s, which isn't there", path, target)
			}
		}
	}
}
