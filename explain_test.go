package unroll_test

import (
	"bytes"
	"fmt"
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

// explained tells a run and prints it in a form.
func explained(run *unroll.Run, form string, opt explain.Options) error {
	d, err := explain.Explain(run.Case(), opt)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := printers[form](&b, d); err != nil {
		return err
	}
	if b.Len() == 0 {
		return fmt.Errorf("%s prints nothing", form)
	}
	return nil
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
			if filepath.Base(path) == "esrnn.cell" {
				t.Skip("80 steps of a large network: nothing that one would read")
			}
			set, sizes := sketchData(cell, filepath.Base(path))
			run, err := cell.Bind(set, unroll.Options{Sizes: sizes, Steps: 4, Seed: 1})
			if err != nil {
				t.Fatal(snippets(err))
			}
			form := []string{"text", "markdown", "latex", "html"}[len(filepath.Base(path))%4]
			if err := explained(run, form, explain.Options{Lang: "ru"}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAnyCellIsExplained: so has any cell that a person could write.
func TestAnyCellIsExplained(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := randcell.Draw(t, randcell.Any)
		run, err := bindCell(c)
		if err != nil {
			t.Skip(err)
		}
		if _, err := run.Loss(); err != nil {
			t.Skip(err)
		}
		form := rapid.SampledFrom([]string{"text", "markdown", "latex", "html"}).Draw(t, "form")
		opt := explain.Options{Full: rapid.Bool().Draw(t, "full"), Lang: rapid.SampledFrom([]string{"en", "ru"}).Draw(t, "lang")}
		if err := explained(run, form, opt); err != nil {
			t.Fatal(err)
		}
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
