package main

import (
	"io"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"unroll/explain"
	"unroll/explain/page"
	"unroll/series"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	runFlags
	format, lang, out, picture, rate  string
	wrt                               []string
	digits                            int
	full, jacobians, influence, watch bool
	form                              form // what format, or the ending of out, says
}

// form is a way to print a worked solution.
type form struct {
	name, ending string
	write        func(io.Writer, *explain.Document) error // nil: of the numbers alone
}

var forms = []form{
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
		Long: `explain runs a cell on data and prints the worked solution: the equations, the forward pass
step by step, the loss, the derivatives as formulas and in numbers, checks, and a step of
gradient descent. Numbers are exact fractions wherever the equations are rational; those
that are rounded have the sign ≈. With --format json it prints the numbers alone, all of
them and unrounded.`,
		Example: `  unroll explain examples/sheet/sheet.cell --input y=0,1,-1,2 --feed observed:1 --feedback stop
  unroll explain examples/sheet/sheet.cell --data examples/sheet/y.csv --wrt u --lang ru --format html`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(args[0]); err != nil {
				return err
			}
			if f.watch {
				return f.watching(c, args[0])
			}
			return f.once(c, args[0])
		},
	}
	f.runs(c)
	add := c.Flags()
	add.Lookup("size").Usage += "; of a cell of numbers, H is how wide a layer\nit is shown as"
	add.StringVar(&f.rate, "rate", "1/10", "the learning rate, an exact number `R`")
	add.StringSliceVar(&f.wrt, "wrt", nil, "only the weights `u,v` are moved in the step of gradient descent")
	add.IntVar(&f.digits, "digits", 4, "significant digits of numbers that aren't exact, `N`")
	add.BoolVar(&f.full, "full", false, "every step of a long series, and every series")
	add.BoolVar(&f.jacobians, "jacobians", false, "how far a change reaches: the norms of ∂h_t/∂h_k, as a heat map")
	add.BoolVar(&f.influence, "influence", false, "which input moved which error: ∂L_t/∂y_s, as a heat map")
	add.StringVar(&f.format, "format", "text", "the `FORM`: text, md, latex, html or json")
	add.StringVar(&f.lang, "lang", "en", "the language, `LANG`: en or ru")
	add.StringVarP(&f.out, "output", "o", "", "write into `FILE`; if --format doesn't say the form, its ending does:\n.txt, .md, .tex, .html or .json")
	add.StringVar(&f.picture, "picture", "", "write the unrolled network as a picture into `FILE.svg`; heat maps beside it")
	add.BoolVar(&f.watch, "watch", false, "write again whenever the file, a cell that it uses or the data changes")
	return c
}

// check finds what is wrong with a call before anything is made.
func (f *explainFlags) check(path string) error {
	err := f.formByEnding()
	if f.given("format") {
		err = f.formByName()
	}
	for _, check := range []func() error{
		f.checkWords, f.checkHeat, func() error { return f.checkOutputs(path) },
		func() error { _, err := f.learningRate(); return err },
		func() error { _, err := f.options(); return err },
	} {
		if err == nil {
			err = check()
		}
	}
	return err
}

// formByName takes the form that --format names.
func (f *explainFlags) formByName() error {
	for _, x := range forms {
		if x.name == f.format {
			f.form = x
			return nil
		}
		if len(f.format) > 1 && strings.HasPrefix(x.ending, "."+f.format) {
			return usage("--format %s: did you mean %s?", f.format, x.name)
		}
	}
	return usage("--format %s: expected %s", f.format, listed(formNames()))
}

// formByEnding takes the form that the ending of the output says, and otherwise text.
func (f *explainFlags) formByEnding() error {
	f.form = forms[0]
	ending := filepath.Ext(f.out)
	if ending == "" {
		return nil
	}
	var endings []string
	for _, x := range forms {
		if strings.EqualFold(x.ending, ending) {
			f.form = x
			return nil
		}
		endings = append(endings, x.ending)
	}
	return usage("-o %s: no form has the ending %s; the endings are %s, or say the form with --format", f.out, ending, strings.Join(endings, ", "))
}

// checkWords finds what is wrong with how a solution is to be told.
func (f *explainFlags) checkWords() error {
	switch {
	case f.lang != "en" && f.lang != "ru":
		return usage("--lang %s: expected en or ru", f.lang)
	case f.digits < 1 || f.digits > 15:
		return usage("--digits %d: expected a number from 1 to 15", f.digits)
	case f.given("wrt") && (len(f.wrt) == 0 || slices.Contains(f.wrt, "")):
		return usage("--wrt %s: expected names of weights, as in --wrt u,v", strings.Join(f.wrt, ","))
	}
	return nil
}

// checkHeat refuses a heat map that nothing would show.
func (f *explainFlags) checkHeat() error {
	flag := "--jacobians"
	if !f.jacobians {
		flag = "--influence"
	}
	if (f.jacobians || f.influence) && f.form.write == nil && f.picture == "" {
		return usage("%s is a heat map, and JSON has numbers alone; take another --format, or add --picture FILE.svg", flag)
	}
	return nil
}

// checkOutputs finds what is wrong with the files that are to be written.
func (f *explainFlags) checkOutputs(path string) error {
	if f.picture != "" && !strings.EqualFold(filepath.Ext(f.picture), ".svg") {
		return usage("--picture %s: a picture is an SVG file; end its name in .svg", f.picture)
	}
	if same(f.out, f.picture) {
		return usage("-o %s --picture %s: these are one file; give it two names", f.out, f.picture)
	}
	for _, name := range []string{f.out, f.picture} {
		if name == "" || name == "-" {
			continue
		}
		if slices.ContainsFunc(f.sources(path), func(source string) bool { return same(source, name) }) {
			return usage("%s would be written over, and it is read; give another name", name)
		}
		if err := writable(name); err != nil {
			return err
		}
	}
	return nil
}

// same tells whether two names are of one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	two, too := os.Stat(b)
	return a != "" && b != "" && (filepath.Clean(a) == filepath.Clean(b) || err == nil && too == nil && os.SameFile(one, two))
}

// learningRate is the rate, exactly.
func (f *explainFlags) learningRate() (*big.Rat, error) {
	r, err := series.ParseNumber(f.rate)
	if err != nil || r == nil {
		return nil, usage("--rate %s: expected a number, as in 0.1 or 1/10", f.rate)
	}
	return r, nil
}

// once makes the solution and writes it.
func (f *explainFlags) once(c *cobra.Command, path string) error {
	end := working(reporterOf(c), "solving "+path+" …")
	s, err := f.solution(c, path)
	end()
	if err != nil {
		return err
	}
	written, err := f.write(c, s)
	if err == nil && len(written) > 0 {
		err = reporterOf(c).say(ofNote, "wrote %s", strings.Join(written, ", "))
	}
	return err
}
