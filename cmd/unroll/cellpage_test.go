package main

import (
	"strings"
	"testing"

	"unroll/cells"
	"unroll/lang"
)

// TestCellPages wants a page of every cell of the library in every form: with all its equations and
// weights, and the file that uses it.
func TestCellPages(t *testing.T) {
	for _, name := range cells.Names() {
		src, err := cells.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := lang.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		d, err := cellPage(name, src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, form := range forms {
			var b strings.Builder
			if form.write == nil {
				continue
			}
			if err := form.write(&b, d); err != nil {
				t.Errorf("%s as %s: %v", name, form.name, err)
			}
			if form.name == "text" {
				holdsAll(t, file, name, b.String())
			}
		}
	}
}

// holdsAll wants a page to name every weight, to have a line for every equation, and to end in the use.
func holdsAll(t *testing.T, file *lang.File, name, page string) {
	about, err := cells.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	equations := 0
	for _, c := range cellsOf(file, name) {
		for _, st := range c.Body {
			switch st := st.(type) {
			case *lang.Weight:
				for _, it := range st.Items {
					if !strings.Contains(page, it.Name) {
						t.Errorf("%s: the page has no weight %s:\n%s", name, it.Name, page)
					}
				}
			case *lang.Equation:
				equations++
			}
		}
	}
	above, _, _ := strings.Cut(page, "\nWeights\n")
	if got := strings.Count(above, " = "); got < equations {
		t.Errorf("%s: %d of %d equations", name, got, equations)
	}
	if use := strings.ReplaceAll("\n"+strings.TrimSpace(about.Use), "\n", "\n  "); !strings.HasSuffix(strings.ReplaceAll(page, "\n\n", "\n  \n"), strings.ReplaceAll(use, "\n\n", "\n  \n")+"\n") {
		t.Errorf("%s: the page doesn't end in\n%s\nbut is\n%s", name, use, page)
	}
}

// TestCounts: what weights count, in letters and in figures.
func TestCounts(t *testing.T) {
	for _, c := range []struct {
		n       count
		letters string
		figures int
	}{
		{count{"": 3}, "3", 3},
		{count{"H": 1}, "H", 10},
		{count{"": 1, "H": 3, "D·H": 4, "H·H": 4}, "4·D·H + 4·H² + 3·H + 1", 4*20 + 400 + 31},
		{count{"D·H·H": 2, "D": 1}, "2·D·H² + D", 402},
	} {
		if got := c.n.String(); got != c.letters {
			t.Errorf("%v is %s, want %s", c.n, got, c.letters)
		}
		if got := c.n.value(map[string]int{"H": 10, "D": 2}); got != c.figures {
			t.Errorf("%v is %d, want %d", c.n, got, c.figures)
		}
	}
}
