package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/data"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
)

// readText is a file's text; - is standard input.
func readText(c *cobra.Command, path string) (name, text string, err error) {
	var src *lang.Source
	if path == "-" {
		src, err = lang.ReadSource("stdin", c.InOrStdin())
	} else {
		src, err = lang.ReadSourceFile(path)
	}
	if err != nil {
		return path, "", err
	}
	return src.Name, src.Text, nil
}

func readCell(c *cobra.Command, path string) (*unroll.Cell, error) {
	name, text, err := readText(c, path)
	if err != nil {
		return nil, err
	}
	return unroll.Parse(name, text)
}

// hasData tells whether the call gives data.
func (f *runFlags) hasData() bool { return len(f.inputs) > 0 || f.data != "" }

// series reads the data of a call, for the inputs of a cell.
func (f *runFlags) series(cell *unroll.Cell) (series.Set, error) {
	wants := wantsOf(cell)
	columns, err := f.columns()
	switch {
	case err != nil:
		return series.Set{}, err
	case len(f.inputs) > 0 && f.data != "":
		return series.Set{}, usage("give either --input or --data, not both")
	case len(columns) > 0 && f.data == "":
		return series.Set{}, usage("--name maps columns of a file, and there is no --data")
	case len(wants) == 0 && f.data != "":
		return series.Set{}, usage("the cell reads no inputs, so --data has nothing to give it")
	case len(f.inputs) > 0:
		set, err := data.Inline(f.inputs, wants)
		if err != nil {
			return set, usage("%v", err)
		}
		return set, nil
	case len(wants) == 0:
		return series.Set{}, nil
	}
	return f.readData(wants, columns)
}

func (f *runFlags) readData(wants []data.Want, columns map[string][]string) (series.Set, error) {
	if f.data == "-" {
		return data.ReadCSV("stdin", f.cmd.InOrStdin(), wants, columns)
	}
	file, err := os.Open(f.data)
	if err != nil {
		return series.Set{}, err
	}
	defer func() { _ = file.Close() }() // it was only read
	return data.ReadCSV(f.data, file, wants, columns)
}

func wantsOf(cell *unroll.Cell) []data.Want {
	var all []data.Want
	for _, in := range cell.Inputs() {
		all = append(all, data.Want{Name: in.Name, Rows: in.Shape.R, Known: in.Known, PerSeries: in.PerSeries})
	}
	return all
}

// bind joins a cell with the data of the call.
func (f *runFlags) bind(cell *unroll.Cell, o unroll.Options) (*unroll.Run, error) {
	set, err := f.series(cell)
	if err != nil {
		return nil, err
	}
	return cell.Bind(set, o)
}

// needData refuses a run of a cell whose inputs nobody gave, or whose number of steps nobody said.
func (f *runFlags) needData(cell *unroll.Cell, path string) error {
	inputs := cell.Inputs()
	call := "unroll " + f.cmd.Name() + " " + path
	switch {
	case len(inputs) == 0 && f.steps == 0:
		return usage("%s reads no inputs: say how many steps it runs, as in\n    %s --steps 10", path, call)
	case len(inputs) > 0 && f.steps > 0 && hasLength(inputs):
		return usage("--steps is for cells without inputs; this one runs as long as its data")
	case len(inputs) == 0 || f.hasData():
		return nil
	}
	var names, given []string
	for _, in := range inputs {
		names = append(names, in.Name)
		given = append(given, "--input '"+in.Name+"="+sample(in)+"'")
	}
	return usage("%s reads %s, and the call gives no data. Give numbers, as in\n    %s %s\nor a table with columns of these names, with --data FILE.csv (--name maps others)",
		path, strings.Join(names, ", "), call, strings.Join(given, " "))
}

// hasLength tells whether the inputs decide how long a run is.
func hasLength(inputs []*graph.Column) bool {
	for _, in := range inputs {
		if !in.Known && !in.PerSeries {
			return true
		}
	}
	return false
}

// sample is what values of an input may look like: four times of it.
func sample(in *graph.Column) string {
	var times []string
	for t := range 4 {
		times = append(times, sampleAt(in, t))
	}
	if in.PerSeries {
		return times[1]
	}
	return strings.Join(times, ",")
}

func sampleAt(in *graph.Column, t int) string {
	if in.Shape.R == 1 {
		return fmt.Sprint(t % 2)
	}
	rows := in.Shape.R
	if rows == 0 {
		rows = 2 // the data tells
	}
	var entries []string
	for i := range rows {
		entries = append(entries, fmt.Sprint((t+i)%2))
	}
	return "[" + strings.Join(entries, ",") + "]"
}
