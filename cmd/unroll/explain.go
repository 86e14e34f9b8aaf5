package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/eval"
	"unroll/explain"
	"unroll/grad"
)

func explainVerb() *cobra.Command {
	f, format := &runFlags{}, ""
	c := &cobra.Command{
		Use:   "explain FILE",
		Short: "the worked solution: forward pass, loss, derivatives, one step",
		Long: `explain runs a cell on data and prints the worked solution: the forward pass, the loss, the
derivatives by every equation and every weight, and one step of gradient descent. Numbers
are exact fractions wherever the equations are rational.`,
		Example: `  unroll explain examples/sheet/sheet.cell --input y=0,1,-1,2 --feed observed:1 --feedback stop
  unroll explain examples/sheet/sheet.cell --data examples/sheet/y.csv --weight u=2/3 --format json`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			write := map[string]func(*explain.Solution) error{
				"text": func(s *explain.Solution) error { return s.Text(c.OutOrStdout()) },
				"json": func(s *explain.Solution) error { return s.JSON(c.OutOrStdout()) },
			}[format]
			if write == nil {
				return usage("--format %s: expected text or json", format)
			}
			s, err := f.solve(c, args[0])
			if err != nil {
				return err
			}
			if format == "json" {
				warn(c, s)
			}
			return write(s)
		},
	}
	f.runs(c)
	c.Flags().StringVar(&format, "format", "text", "the `FORM`: text or json")
	return c
}

// warn says on standard error what JSON can only write as null, or keeps silent about.
func warn(c *cobra.Command, s *explain.Solution) {
	for _, w := range s.Warnings {
		fmt.Fprintf(c.ErrOrStderr(), "unroll: warning: %s; null in the JSON\n", w)
	}
	if s.Rounded {
		fmt.Fprintf(c.ErrOrStderr(), "unroll: numbers passed %d bits: the run was redone in float64; --exact insists on exact ones\n", eval.MaxBits)
	}
}

// solve runs a cell and gathers its worked solution.
func (f *runFlags) solve(c *cobra.Command, path string) (*explain.Solution, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	rate, err := f.learningRate()
	if err != nil {
		return nil, err
	}
	cell, err := readCell(c, path)
	if err != nil {
		return nil, err
	}
	if err := f.needData(cell, path); err != nil {
		return nil, err
	}
	r, err := f.bind(cell, o)
	if err != nil {
		return nil, err
	}
	d, v, err := evaluate(r)
	if err != nil {
		return nil, err
	}
	opt := explain.Options{File: cell.File(), Choices: r.Choices(), Data: r.Data(), Rate: rate}
	return explain.Solve(r.Graph(), d, v, r.Weights(), opt), nil
}

// bind joins a cell with the data of the call.
func (f *runFlags) bind(cell *unroll.Cell, o unroll.Options) (*unroll.Run, error) {
	set, err := f.series(cell)
	if err != nil {
		return nil, err
	}
	return cell.Bind(set, o)
}

// evaluate computes a run: with the derivative of its loss, if it has one.
func evaluate(r *unroll.Run) (*grad.Derivative, *eval.Values, error) {
	g := r.Graph()
	var d *grad.Derivative
	if g.Loss != nil {
		var err error
		if d, err = r.Derivative(); err != nil {
			return nil, nil, err
		}
		g = d.Graph
	}
	v, err := r.Eval(g)
	if err == nil {
		err = v.Undefined()
	}
	return d, v, err
}
