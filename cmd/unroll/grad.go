package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/grad"
	"unroll/graph"
	"unroll/internal/spell"
	"unroll/lang"
)

func gradVerb() *cobra.Command {
	f, of := &runFlags{}, ""
	c := &cobra.Command{
		Use:   "grad FILE",
		Short: "the derivative of a cell, as a cell",
		Long: `grad differentiates the loss of a cell through time and prints the derivative as a file of
the same language: d_u is the derivative by the weight u, d_h the one by the value of h at
each step. The file runs like any other. The choices of a run that decide what is fed, such
as --feed, are written into it; so is what data, if it is given, says of sizes and of
missing values.`,
		Example: `  unroll grad examples/sheet/sheet.cell
  unroll grad examples/sheet/sheet.cell --feed observed:1 --feedback stop`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			text, err := f.gradText(c, args[0], of)
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
	f.chooses(c)
	c.Flags().StringVar(&of, "of", "", "differentiate the constant `NAME` of the file instead of the loss")
	return c
}

// graph is the cell's graph: as the given data has it, otherwise before there is any.
func (f *runFlags) graph(c *cobra.Command, path string) (*unroll.Cell, *graph.Graph, error) {
	o, err := f.options()
	if err != nil {
		return nil, nil, err
	}
	cell, err := readCell(c, path)
	if err != nil {
		return nil, nil, err
	}
	if !f.hasData() {
		g, err := cell.Graph(o)
		return cell, g, err
	}
	r, err := f.bind(cell, o)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range r.Data().Series {
		f.skipped = max(f.skipped, s.Skipped)
	}
	return cell, r.Graph(), nil
}

// derivative is the graph of a file with the derivative of its loss, or of what name says.
func (f *runFlags) derivative(c *cobra.Command, path, name string) (*grad.Derivative, error) {
	_, g, err := f.graph(c, path)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return grad.Loss(g, nil)
	}
	n, err := equation(g, name)
	if err != nil {
		return nil, err
	}
	d, err := grad.Of(g, n, nil)
	if err != nil {
		return nil, usage("--of %s: %v; give one that has one value, as d_u of a derivative", name, err)
	}
	return d, nil
}

// equation finds an equation by its name.
func equation(g *graph.Graph, name string) (*graph.Node, error) {
	var names []string
	for _, n := range g.Names {
		if n.Name == name {
			return n, nil
		}
		if n.Scope < graph.Steps {
			names = append(names, n.Name)
		}
	}
	for _, w := range g.Weights {
		if w.Name == name {
			return nil, usage("--of %s: that is a weight, what is differentiated by; give an equation that has one value, as d_%s of a derivative", name, name)
		}
	}
	if near := spell.Nearest(name, names); near != "" {
		return nil, usage("--of %s: the cell has no such equation; did you mean %s?", name, near)
	}
	if len(names) == 0 {
		return nil, usage("--of %s: the cell has no equation of one value; leave it out", name)
	}
	return nil, usage("--of %s: the cell has no such equation; those of one value are %s", name, some(names))
}

func (f *runFlags) gradText(c *cobra.Command, path, of string) (string, error) {
	d, err := f.derivative(c, path, of)
	if err != nil {
		return "", err
	}
	var named []graph.Named
	for _, w := range d.Graph.Weights {
		named = append(named, graph.Named{Name: "d_" + w.Name, Node: d.Weight[w.Name]})
	}
	file, err := graph.Text(d.Graph, named)
	if err != nil {
		return "", err
	}
	return "# " + f.gradNote(d.Graph.Cell, of) + "\n\n" + lang.Print(file, false), nil
}

// gradNote says what the file is, and under which choices.
func (f *runFlags) gradNote(cell, of string) string {
	what := "the loss"
	if of != "" {
		what = of
	}
	note := fmt.Sprintf("The derivative of %s of %s by its weights", what, strings.ReplaceAll(cell, "\n", " "))
	var choices []string
	for _, x := range [][2]string{{"feed", f.feed}, {"feedback", f.feedback}, {"reduce", f.reduce}, {"seed", fmt.Sprint(f.seed)}} {
		if f.given(x[0]) {
			choices = append(choices, "--"+x[0]+" "+x[1])
		}
	}
	if len(choices) > 0 {
		note += ", with " + strings.Join(choices, " ")
	}
	note += "."
	if f.skipped > 0 {
		note += "\n# It is for data that begin at the first observed value: leave out the times before it."
	}
	return note
}
