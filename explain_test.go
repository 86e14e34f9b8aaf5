package unroll_test

import (
	"bytes"
	"io"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/explain"
	"unroll/explain/page"
	"unroll/internal/randcell"
)

// printers are the forms of a worked solution.
var printers = map[string]func(io.Writer, *explain.Document) error{
	"text": page.Text, "markdown": page.Markdown, "latex": page.LaTeX, "html": page.HTML,
}

// explained tells a run in both languages and prints it in every form.
func explained(t interface{ Fatal(...any) }, run *unroll.Run, opt explain.Options) {
	for _, lang := range []string{"ru"} {
		opt.Lang = lang
		d, err := explain.Explain(run.Case(), opt)
		if err != nil {
			t.Fatal("explain: ", err)
		}
		for form, write := range printers {
			var b bytes.Buffer
			if err := write(&b, d); err != nil || b.Len() == 0 {
				t.Fatal(form, err, b.Len())
			}
		}
	}
}

// TestSketchesAreExplained: every cell that people want to write has a worked solution.
func TestSketchesAreExplained(t *testing.T) {
	files, _ := filepath.Glob("testdata/sketches/*.cell")
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			cell, err := unroll.ReadFile(path)
			if err != nil {
				t.Fatal(snippets(err))
			}
			set, sizes := sketchData(cell, filepath.Base(path))
			run, err := cell.Bind(set, unroll.Options{Sizes: sizes, Steps: 4, Seed: 1})
			if err != nil {
				t.Fatal(snippets(err))
			}
			explained(t, run, explain.Options{})
		})
	}
}

// TestAnyCellIsExplained: so has any cell that a person could write.
func TestAnyCellIsExplained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randcell.Draw(t, randcell.Any)
		run, err := bindCell(c)
		if err != nil {
			t.Skip(err)
		}
		if _, err := run.Loss(); err != nil {
			t.Skip(err)
		}
		explained(t, run, explain.Options{Full: rapid.Bool().Draw(t, "full")})
	})
}

// bindCell binds a random cell as it was drawn to be run.
func bindCell(c randcell.Cell) (*unroll.Run, error) {
	cell, err := unroll.Parse("random.cell", c.Text)
	if err != nil {
		return nil, err
	}
	o := options(c)
	o.Exact, o.Weights = false, nil
	run, err := cell.Bind(c.Data, o)
	if err != nil {
		return nil, err
	}
	for name, values := range c.Weights {
		if err := run.Set(name, values...); err != nil {
			return nil, err
		}
	}
	return run, nil
}
