package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"unroll/graph"
	"unroll/internal/spell"
)

func showVerb() *cobra.Command {
	f, stage := &runFlags{}, ""
	c := &cobra.Command{
		Use:   "show FILE --stage syntax|graph|grad",
		Short: "what unroll makes of a file, stage by stage",
		Long: `show prints a stage on the way from text to numbers: the syntax as a tree with the lines and
columns of its parts; the graph, its nodes in the order in which they are computed, those
together that must be; the graph with the derivative of the loss.`,
		Example: `  unroll show examples/sheet/sheet.cell --stage syntax
  unroll show examples/sheet/sheet.cell --stage grad --feed observed:1`,
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
	c.Flags().StringVar(&stage, "stage", "graph", "the `STAGE`: syntax, graph or grad")
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
		return "", usage("--stage plan: there is no plan yet, a graph is interpreted as it stands; the stages are syntax, graph and grad")
	}
	help := "the stages are syntax, graph and grad"
	if near := spell.Nearest(stage, []string{"syntax", "graph", "grad"}); near != "" {
		help = "did you mean " + near + "?"
	}
	return "", usage("--stage %s: %s", stage, help)
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
