package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/eval"
	"unroll/explain"
	"unroll/explain/page"
	"unroll/lang"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	runFlags
	format, lang, out, picture        string
	wrt                               []string
	digits                            int
	full, jacobians, influence, watch bool
	neurons                           int      // as how wide a layer a cell of numbers is shown; 0 if nothing says
	files                             []string // that the cell was read from
}

// format is a way to print a worked solution.
type format struct {
	name, ending string
	write        func(io.Writer, *explain.Document) error // nil: of the numbers alone
}

var formats = []format{
	{"text", ".txt", page.Text},
	{"md", ".md", page.Markdown},
	{"latex", ".tex", page.LaTeX},
	{"html", ".html", page.HTML},
	{"json", ".json", nil},
}

func explainVerb() *cobra.Command {
	f := &explainFlags{}
	c := &cobra.Command{
		Use:   "explain FILE",
		Short: "the worked solution: forward pass, loss, derivatives, one step",
		Long: `explain runs a cell on data and prints the worked solution: the forward pass step by step, the
loss, the derivatives as formulas and in numbers, checks, and a step of gradient descent.
Numbers are exact fractions wherever the equations are rational.`,
		Example: `  unroll explain examples/sheet/sheet.cell --input y=0,1,-1,2 --feed observed:1 --feedback stop
  unroll explain examples/sheet/sheet.cell --data examples/sheet/y.csv --weight u=2/3 --format html`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			if f.watch {
				return f.watching(c, args[0])
			}
			return f.explain(c, args[0])
		},
	}
	f.runs(c)
	add := c.Flags()
	add.StringVar(&f.format, "format", "text", "the `FORM`: text, md, latex, html or json")
	add.StringVar(&f.lang, "lang", "en", "the language, `LANG`: en or ru")
	add.StringVarP(&f.out, "output", "o", "", "write into `FILE`; its ending says the form if --format doesn't")
	add.StringVar(&f.picture, "picture", "", "write the unrolled network as a picture into `FILE.svg`")
	add.StringSliceVar(&f.wrt, "wrt", nil, "only the weights `u,v` are moved in the step of gradient descent")
	add.IntVar(&f.digits, "digits", 4, "significant digits of numbers that aren't exact, `N`")
	add.BoolVar(&f.full, "full", false, "every step of a long series, and every series")
	add.BoolVar(&f.jacobians, "jacobians", false, "how far a change reaches: the norms of ∂h_t/∂h_k, as a heat map")
	add.BoolVar(&f.influence, "influence", false, "which input moved which error: ∂L_t/∂y_s, as a heat map")
	add.BoolVar(&f.watch, "watch", false, "write again whenever the file, a cell that it uses or the data changes")
	return c
}

// chosen is the format that is asked for: by name, or by the ending of the output.
func (f *explainFlags) chosen() (format, error) {
	for _, x := range formats {
		if f.given("format") && x.name == f.format || !f.given("format") && strings.EqualFold(filepath.Ext(f.out), x.ending) {
			return x, nil
		}
	}
	if !f.given("format") {
		return formats[0], nil
	}
	return format{}, usage("--format %s: expected text, md, latex, html or json", f.format)
}

// check finds what is wrong with the flags that no run is needed for.
func (f *explainFlags) check() error {
	switch {
	case f.lang != "en" && f.lang != "ru":
		return usage("--lang %s: expected en or ru", f.lang)
	case f.digits < 1 || f.digits > 15:
		return usage("--digits %d: expected a number from 1 to 15", f.digits)
	case f.picture != "" && !strings.EqualFold(filepath.Ext(f.picture), ".svg"):
		return usage("--picture %s: a picture is an SVG file; end its name in .svg", f.picture)
	}
	return nil
}

// explain writes the solution once.
func (f *explainFlags) explain(c *cobra.Command, path string) error {
	form, err := f.chosen()
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return err
	}
	r, err := f.bound(c, path)
	if err != nil {
		return err
	}
	opt, err := f.told(r)
	if err != nil {
		return err
	}
	if form.write == nil && f.picture == "" {
		return f.numbers(c, r, opt)
	}
	d, err := explain.Explain(r.Case(), opt)
	if err != nil {
		return err
	}
	if f.picture != "" {
		if err := f.pictures(c, d); err != nil {
			return err
		}
	}
	if form.write == nil {
		return f.numbers(c, r, opt)
	}
	return f.put(c, func(w io.Writer) error { return form.write(w, d) })
}

// told are the options of a document.
func (f *explainFlags) told(r *unroll.Run) (explain.Options, error) {
	rate, err := f.learningRate()
	if err != nil {
		return explain.Options{}, err
	}
	for _, name := range f.wrt {
		if _, ok := r.Weights()[name]; !ok {
			return explain.Options{}, usage("--wrt %s: the cell has no such weight", name)
		}
	}
	return explain.Options{
		Rate: rate, Wrt: f.wrt, Lang: f.lang, Digits: f.digits, Full: f.full, Neurons: f.neurons,
		Jacobians: f.jacobians, Influence: f.influence,
	}, nil
}

// numbers writes the solution as JSON, and says on standard error what that can only write as null.
func (f *explainFlags) numbers(c *cobra.Command, r *unroll.Run, opt explain.Options) error {
	s, err := explain.Solve(r.Case(), opt.Rate)
	if err != nil {
		return err
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(c.ErrOrStderr(), "unroll: warning: %s; null in the JSON\n", w)
	}
	if s.Rounded {
		fmt.Fprintf(c.ErrOrStderr(), "unroll: numbers passed %d bits: the run was redone in float64; --exact insists on exact ones\n", eval.MaxBits)
	}
	return f.put(c, s.JSON)
}

// bound is the cell joined with the data of the call.
func (f *explainFlags) bound(c *cobra.Command, path string) (*unroll.Run, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	if _, err := f.learningRate(); err != nil {
		return nil, err
	}
	cell, err := readCell(c, path)
	if err != nil {
		return nil, err
	}
	f.files = append(f.files, cell.Files()...)
	if err := f.needData(cell, path); err != nil {
		return nil, err
	}
	f.layerSize(cell, &o)
	return f.bind(cell, o)
}

// layerSize takes --size H out of the sizes of a cell that has no sizes: it says as how wide a layer
// the cell is shown.
func (f *explainFlags) layerSize(cell *unroll.Cell, o *unroll.Options) {
	none := !slices.ContainsFunc(cell.File().Stmts, func(s lang.Stmt) bool { _, ok := s.(*lang.Size); return ok })
	if n := o.Sizes["H"]; none && n > 0 {
		f.neurons = n
		delete(o.Sizes, "H")
	}
}

// bind joins a cell with the data of the call.
func (f *runFlags) bind(cell *unroll.Cell, o unroll.Options) (*unroll.Run, error) {
	set, err := f.series(cell)
	if err != nil {
		return nil, err
	}
	return cell.Bind(set, o)
}
