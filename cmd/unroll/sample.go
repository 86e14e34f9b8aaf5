package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"unroll"
	"unroll/graph"
	"unroll/op"
)

// needData refuses a run of a cell whose inputs nobody gave, or whose number of steps nobody said.
func (f *runFlags) needData(cell *unroll.Cell, path string, o unroll.Options) error {
	inputs := cell.Inputs()
	if len(inputs) > 0 && f.steps > 0 && hasLength(inputs) {
		return usage("--steps is for cells without inputs; this one runs as long as its data")
	}
	if f.hasData() || len(inputs) == 0 && f.steps > 0 {
		return nil
	}
	g, err := cell.Graph(o)
	if err != nil {
		return err
	}
	call := "unroll " + f.cmd.Name() + " " + path + " " + samples(g)
	if len(inputs) == 0 {
		return usage("%s reads no inputs, and the call doesn't say how many steps it runs; say it, as in\n    %s", path, call)
	}
	var names []string
	for _, in := range inputs {
		names = append(names, in.Name)
	}
	return usage("%s reads %s, and the call gives no data; give numbers, as in\n    %s\nor a table with columns of these names, with --data FILE.csv (--name maps others)",
		path, strings.Join(names, ", "), call)
}

// hasLength tells whether the inputs decide how long a run is.
func hasLength(inputs []*graph.Column) bool {
	return slices.ContainsFunc(inputs, func(in *graph.Column) bool { return !in.Known && !in.PerSeries })
}

// samples are flags with which a cell may run: for each input values of a few times.
func samples(g *graph.Graph) string {
	const most = 20 // times before the first step that a person would write out
	switch {
	case len(g.Inputs) == 0:
		return "--steps 10"
	case g.T0 > most:
		return "--data FILE.csv"
	}
	var all []string
	for _, in := range g.Inputs {
		all = append(all, "--input '"+in.Name+"="+sample(in, max(4, g.T0+2))+"'")
	}
	return strings.Join(all, " ")
}

// sample is what values of an input may look like.
func sample(in *graph.Column, times int) string {
	if in.PerSeries {
		return sampleAt(in.Shape, 1)
	}
	var all []string
	for t := range times {
		all = append(all, sampleAt(in.Shape, t))
	}
	return strings.Join(all, ",")
}

func sampleAt(s op.Shape, t int) string {
	if s == op.Scalar {
		return fmt.Sprint(t % 2)
	}
	var entries []string
	for i := range s.R {
		entries = append(entries, fmt.Sprint((t+i)%2))
	}
	return "[" + strings.Join(entries, ",") + "]"
}

// sizeFlags are sizes as flags.
func sizeFlags(sizes map[string]int) string {
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sizes)) {
		fmt.Fprintf(&all, " --size %s=%d", name, sizes[name])
	}
	return all.String()
}
