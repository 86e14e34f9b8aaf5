package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"unroll/grad"
	"unroll/graph"
	"unroll/plan"
)

func showVerb() *cobra.Command {
	f, stage := &runFlags{}, ""
	c := &cobra.Command{
		Use:   "show FILE --stage syntax|graph|grad|plan",
		Short: "what unroll makes of a file, stage by stage",
		Long: `show prints a stage on the way from text to numbers: the syntax as a tree with the lines and
columns of its parts; the graph, its nodes in the order in which they are computed, those
together that must be; the graph with the derivative of the loss; the plan by which the engine
computes both: its loops over time, what each does in a step, and what is kept.`,
		Example: `  unroll show examples/sheet/sheet.cell --stage grad --feed observed:1
  unroll show examples/cells/lstm.cell --stage plan`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			text, err := f.stage(c, args[0], stage)
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
	f.chooses(c)
	c.Flags().StringVar(&stage, "stage", "graph", "the `STAGE`: syntax, graph, grad or plan")
	return c
}

// stage is one stage of a file as text.
func (f *runFlags) stage(c *cobra.Command, path, stage string) (string, error) {
	switch stage {
	case "syntax":
		cell, err := readCell(c, path)
		if err != nil {
			return "", err
		}
		return tree(cell.File()), nil
	case "graph":
		_, g, err := f.graph(c, path)
		if err != nil {
			return "", err
		}
		return components(g), nil
	case "grad":
		d, err := f.derivative(c, path, "")
		if err != nil {
			return "", err
		}
		return components(d.Graph), nil
	case "plan":
		return f.plan(c, path)
	}
	return "", usage("--stage %s: %s", stage, oneOf(stage, stages))
}

// stages are what show can print.
var stages = []string{"syntax", "graph", "grad", "plan"}

// plan is how the engine computes the loss and its derivative; of a file without a loss, its equations.
func (f *runFlags) plan(c *cobra.Command, path string) (string, error) {
	_, g, err := f.graph(c, path)
	if err != nil {
		return "", err
	}
	all, names := slices.Clone(g.Names), map[*graph.Node]string{}
	if g.Loss != nil {
		d, err := grad.Loss(g, nil)
		if err != nil {
			return "", err
		}
		g, all = d.Graph, []*graph.Node{d.Of}
		names[d.Of] = "L"
		for name, n := range d.Weight {
			names[n] = "d_" + name
		}
		for _, w := range g.Weights {
			all = append(all, d.Weight[w.Name])
		}
	}
	p, err := plan.New[float32](g, all, plan.Options{})
	if err != nil {
		return "", err
	}
	return p.Report(names), nil
}

// components prints a graph in the order of computation: nodes that are computed step by step stand
// together under the direction of their scan, the others under what they are computed for.
func components(g *graph.Graph) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, first step t = %d\n", g.Cell, g.T0)
	last := ""
	for _, c := range graph.Schedule(roots(g)...) {
		if title := c.Dir.String(); title != last || c.Dir != graph.Flat {
			fmt.Fprintf(&b, "\n%s\n", title)
			last = title
		}
		for _, n := range c.Nodes {
			fmt.Fprintf(&b, "  %s\n", n)
		}
	}
	return b.String()
}

// roots are the nodes that a file is about.
func roots(g *graph.Graph) []*graph.Node {
	all := append([]*graph.Node{}, g.Names...)
	for _, s := range g.Scores {
		all = append(all, s.Value, s.Forecast)
	}
	all = append(append(all, g.Loss), g.Outputs...)
	return all
}
