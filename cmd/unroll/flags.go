package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"unroll"
	"unroll/internal/spell"
	"unroll/series"
)

// runFlags are the flags of every verb that runs a cell, or looks at it as a run would.
type runFlags struct {
	inputs, names, weights, sizes []string
	data, feed, feedback, fill    string
	id, time, target              string
	reduce                        string
	steps                         int
	exact                         bool
	seed                          uint64
	skipped                       int // the most times that stand before a first observed value
	cmd                           *cobra.Command
}

// maxSteps is more than the reference interpreter could run.
const maxSteps = 200_000

// chooses adds the flags that decide what graph is made of a cell, and those of the data, which decide
// too.
func (f *runFlags) chooses(c *cobra.Command) {
	f.reads(c)
	f.makes(c)
}

// runs adds the flags that only a run has to those of chooses, beside their like.
func (f *runFlags) runs(c *cobra.Command) {
	f.reads(c)
	c.Flags().IntVar(&f.steps, "steps", 0, "a cell without inputs runs `N` steps")
	c.Flags().StringArrayVar(&f.weights, "weight", nil, "a weight's value, as `u=2/3`, b=[1,2] or W=[[1,2],[3,4]];\n; between the values of series")
	f.makes(c)
	c.Flags().BoolVar(&f.exact, "exact", false, "stay exact however long the numbers get")
}

// reads adds the flags of the data.
func (f *runFlags) reads(c *cobra.Command) {
	f.cmd = c
	add := c.Flags()
	add.SortFlags = false
	add.StringArrayVar(&f.inputs, "input", nil, "values of an input, as `y=0,1,-1,2`; exact numbers such as 1/3;\n; between series; nothing between two commas is a missing value")
	add.StringVar(&f.data, "data", "", "a `FILE` of CSV or Parquet, plain or packed by gzip, with a column\nfor each input; or each column, or each line, is a series; - is\nstandard input")
	add.StringArrayVar(&f.names, "name", nil, "the column of an input, as `y=value`; a vector's columns, as x=a,b")
	add.StringVar(&f.id, "id", "", "the `COLUMN` that tells series apart; else unique_id, series or id")
	add.StringVar(&f.time, "time", "", "the `COLUMN` of times; else ds, t, time or date")
	add.StringVar(&f.target, "target", "", "the `COLUMN` of the first input; else that of its name, or y")
	add.StringVar(&f.fill, "fill", "", "`HOW` times that a table lacks between others are filled, and\nmissing inputs that nothing forecasts: none (what is missing stays\nso), forward or previous, linear, mean, zero or 0, or masked (read\nas 0, and observed(x) still says that they are missing)")
}

// makes adds the flags of how a graph is made.
func (f *runFlags) makes(c *cobra.Command) {
	add := c.Flags()
	f.feeds(c)
	add.Uint64Var(&f.seed, "seed", 0, "the seed `N` of random starts; given, the run is one of\ntraining: dropout, zoneout, noise and sampled feeds are drawn")
}

// feeds adds the flags of sizes, of what is fed and of what becomes of the scores.
func (f *runFlags) feeds(c *cobra.Command) {
	add := c.Flags()
	add.StringArrayVar(&f.sizes, "size", nil, "a size, as `H=16`")
	add.StringVar(&f.feed, "feed", "teacher", "which y the equations see where y is also forecast, `HOW`:\nteacher, free, observed:K or sampled:P")
	add.StringVar(&f.feedback, "feedback", "grad", "`HOW` a forecast that is fed back is differentiated: grad, or\nstop if it is a number to the derivative")
	add.StringVar(&f.reduce, "reduce", "sum", "`HOW` scores become a loss: sum or mean")
}

// options turns the flags into the options of a run.
func (f *runFlags) options() (unroll.Options, error) {
	o := unroll.Options{
		Feed: f.feed, Feedback: f.feedback, Reduce: f.reduce, Fill: f.fill, Steps: f.steps, Exact: f.exact, Seed: f.seed,
		Training: f.given("seed"), Sizes: map[string]int{}, Weights: map[string]series.Array{},
	}
	if err := o.Check(); err != nil {
		return o, usage("--%v", err)
	}
	if f.given("steps") && (f.steps < 1 || f.steps > maxSteps) {
		return o, usage("--steps %d: expected a number from 1 to %d", f.steps, maxSteps)
	}
	if err := f.readSizes(o.Sizes); err != nil {
		return o, err
	}
	_, err := f.readWeights()
	return o, err
}

func (f *runFlags) readSizes(into map[string]int) error {
	for _, s := range f.sizes {
		name, text, err := pair("size", s, "H=16")
		if err != nil {
			return err
		}
		n, bad := strconv.Atoi(text)
		if bad != nil || n < 1 {
			return usage("--size %s: a size is a whole number from 1 on, as in H=16", s)
		}
		if into[name] > 0 {
			return usage("--size %s is given twice; give it once", name)
		}
		into[name] = n
	}
	return nil
}

func (f *runFlags) given(flag string) bool {
	g := f.cmd.Flags().Lookup(flag)
	return g != nil && g.Changed
}

// columns are the mapped columns by input.
func (f *runFlags) columns() (map[string][]string, error) {
	all := map[string][]string{}
	for _, s := range f.names {
		name, text, err := pair("name", s, "y=value")
		if err != nil {
			return nil, err
		}
		for _, column := range strings.Split(text, ",") {
			all[name] = append(all[name], strings.TrimSpace(column))
		}
	}
	return all, nil
}

// word is the value of a flag that is one of a few words.
type word struct {
	value string
	among []string
}

// String is the word.
func (w *word) String() string { return w.value }

// Type is what help calls the value of a flag that says nothing else.
func (w *word) Type() string { return "word" }

// Set takes a word that is among them.
func (w *word) Set(s string) error {
	if !slices.Contains(w.among, s) {
		return errors.New(oneOf(s, w.among))
	}
	w.value = s
	return nil
}

// oneOf says which word was meant, or which there are.
func oneOf(s string, among []string) string {
	if near := spell.Nearest(s, among); near != "" {
		return "did you mean " + near + "?"
	}
	return "expected " + listed(among)
}

// listed are words of which one is wanted.
func listed(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// pair cuts a flag's value at its first =. Names are compared in NFC, as in a file.
func pair(flag, s, example string) (name, value string, err error) {
	name, value, ok := strings.Cut(s, "=")
	name, value = norm.NFC.String(strings.TrimSpace(name)), strings.TrimSpace(value)
	if !ok || name == "" || value == "" {
		return "", "", usage("--%s %s: expected a name and its value, as in --%s %s", flag, s, flag, example)
	}
	return name, value, nil
}
