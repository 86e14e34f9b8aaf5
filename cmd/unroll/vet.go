package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/graph"
	"unroll/lang"
)

func vetVerb() *cobra.Command {
	f, proof := &runFlags{}, false
	c := &cobra.Command{
		Use:   "vet FILE",
		Short: "checks a file, and says what each of its names is",
		Long: `vet checks a file and lists its names: what each is, its shape, whether it has one value, one
a series or one at each step, and its place in the computation. It needs no data: a size that
only data can tell is assumed, and vet says so.

With --prove it holds the derivative by every weight against derivatives that are found in
other ways, exactly where the equations are rational, on small data that it draws itself,
fed in every way that there is. It says what it compared, and remarks on what is legal and
perhaps not meant. Other draws come with another --seed.`,
		Example: `  unroll vet examples/sheet/layer.cell --size H=16
  unroll vet --prove examples/sheet/sheet.cell`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			if proof {
				return f.prove(c, args[0])
			}
			cell, g, err := f.graph(c, args[0])
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), vetText(cell, g))
			return err
		},
	}
	c.Flags().BoolVar(&proof, "prove", false, "prove the derivative of the cell")
	f.chooses(c)
	return c
}

// prove proves a file, and prints the report. A run in which something differs has failed.
func (f *runFlags) prove(c *cobra.Command, path string) error {
	for _, name := range []string{"input", "data", "name", "fill", "feed", "feedback"} {
		if f.given(name) {
			return usage("--prove draws its own data and feeds it in every way; leave out --%s", name)
		}
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	if !f.given("seed") {
		o.Seed = 1
	}
	cell, err := readCell(c, path)
	if err != nil {
		return err
	}
	r, err := cell.Prove(o)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(c.OutOrStdout(), r.String()); err != nil {
		return err
	}
	if !r.Proved() {
		return errSilent
	}
	return nil
}

// vetText is all that vet says of a file.
func vetText(cell *unroll.Cell, g *graph.Graph) string {
	t := &grid{}
	t.add("name", "kind", "shape", "values", "computed")
	vetSizes(t, cell.File(), g)
	for _, in := range g.Inputs {
		t.add(in.Name, "input", in.Shape.String(), scopeOf(in), inputNote(in))
	}
	for _, w := range g.Weights {
		t.add(w.Name, "weight", w.Node.Shape.String(), w.Node.Scope.String(), weightNote(w))
	}
	places := placesOf(g)
	for _, n := range g.Names {
		t.add(n.Name, kindOf(g, n), n.Shape.String(), n.Scope.String(), places[n])
	}
	var b strings.Builder
	b.WriteString(g.Cell + "\n\n" + t.String() + "\n")
	for _, line := range remarks(g) {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// vetSizes lists the sizes of the file; those of cells belong to their calls.
func vetSizes(t *grid, f *lang.File, g *graph.Graph) {
	for _, s := range f.Stmts {
		sizes, ok := s.(*lang.Size)
		if !ok {
			continue
		}
		for _, it := range sizes.Items {
			note := ""
			switch n, assumed := g.Assumed[it.Name]; {
			case assumed:
				note = fmt.Sprintf("assumed to be %d", n)
			case it.Default != nil:
				note = lang.PrintExpr(it.Default) + " unless --size says otherwise"
			}
			t.add(it.Name, "size", "a number", graph.Global.String(), note)
		}
	}
}

func scopeOf(in *graph.Column) string {
	if in.PerSeries {
		return graph.Series.String()
	}
	return graph.Times.String()
}

func inputNote(in *graph.Column) string {
	var all []string
	if in.Classes > 0 {
		all = append(all, fmt.Sprintf("integers 0..%d", in.Classes-1))
	}
	if in.Known {
		all = append(all, "known ahead")
	}
	if in.Forecast {
		all = append(all, "forecast")
	}
	return strings.Join(all, ", ")
}

func weightNote(w *graph.Param) string {
	n := w.Node.Shape.Len()
	note := plural(n, "parameter")
	if w.Fixed {
		note = fmt.Sprintf("%d fixed", n)
	}
	if w.PerSeries {
		note += " a series"
	}
	return note
}

func kindOf(g *graph.Graph, n *graph.Node) string {
	for _, s := range g.States {
		if s.Node == n {
			return "state"
		}
	}
	return "equation"
}

// remarks are the sentences below the table.
func remarks(g *graph.Graph) []string {
	all := []string{counted(g)}
	switch {
	case g.Cause != "":
		all = append(all, fmt.Sprintf("The first step is t = %d, because of %s in line %d.", g.T0, g.Cause, g.CausePos.Line))
	default:
		all = append(all, fmt.Sprintf("The first step is t = %d.", g.T0))
	}
	if g.Loss == nil {
		all = append(all, "There is no loss: nothing is observed with ~, and there is no loss term.")
	}
	for _, name := range slices.Sorted(maps.Keys(g.Assumed)) {
		all = append(all, fmt.Sprintf("Only data can tell %s: %d is assumed here.", name, g.Assumed[name]))
	}
	if len(g.Open) > 0 {
		all = append(all, "Numbers only because nothing says that they are arrays: "+some(g.Open)+".")
	}
	return all
}

// counted is how many numbers are trained, and how many are fixed.
func counted(g *graph.Graph) string {
	var one, each, fixed int
	for _, w := range g.Weights {
		n := w.Node.Shape.Len()
		switch {
		case w.Fixed:
			fixed += n
		case w.PerSeries:
			each += n
		default:
			one += n
		}
	}
	text := plural(one, "parameter")
	if each > 0 {
		text += fmt.Sprintf(", and %d for each series", each)
	}
	if fixed > 0 {
		text += fmt.Sprintf("; %d fixed", fixed)
	}
	return text + "."
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// some lists names, the first of them if they are many.
func some(names []string) string {
	const most = 20
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
