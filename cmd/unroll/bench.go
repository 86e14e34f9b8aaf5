package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unroll/kernel"
	"unroll/plan"
)

// benchFlags are the flags of bench.
type benchFlags struct {
	cell                         string
	batch, steps, inputs, hidden int
	backward, stream             bool
	float64, memory              bool
	cores                        int
	family, format               string
	without                      []string
	cmd                          *cobra.Command
}

func benchVerb() *cobra.Command {
	f := &benchFlags{}
	c := &cobra.Command{
		Use:   "bench",
		Short: "how long a training step takes on this machine",
		Long: `bench runs training steps of a cell on random data and prints the median of their times: forward,
loss and all gradients. Beside it stand the speed of the matrix products, two operations for each
multiplication and addition, and the memory that a run keeps. Of a cell of the library the file on
its page is run, with other sizes; without --cell a table of usual sizes.`,
		Example: `  unroll bench --cell lstm --batch 1 --hidden 32
  unroll bench --cell gru --inputs 8 --hidden 16 --stream --format json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("unroll bench takes no arguments; name a cell as in unroll bench --cell %s", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			rows, err := f.measureAll()
			if err != nil {
				return err
			}
			return f.print(c.OutOrStdout(), rows)
		},
	}
	f.adds(c)
	return c
}

func (f *benchFlags) adds(c *cobra.Command) {
	f.cmd = c
	add := c.Flags()
	add.SortFlags = false
	add.StringVar(&f.cell, "cell", "", "a `CELL` of the library by its name, or a file")
	add.IntVar(&f.batch, "batch", 64, "how many series, `N`")
	add.IntVar(&f.steps, "steps", 100, "how many steps, `N`")
	add.IntVar(&f.inputs, "inputs", 64, "entries of a vector input whose size the file doesn't say, `N`")
	add.IntVar(&f.hidden, "hidden", 128, "the size of the state, `N`: sizes H and N, or what takes their place")
	add.BoolVar(&f.backward, "backward", true, "with the gradient; =false is the loss alone")
	add.BoolVar(&f.stream, "stream", false, "one step at a time, its state kept, in place of training")
	add.BoolVar(&f.float64, "float64", false, "numbers are float64, in place of float32")
	add.BoolVar(&f.memory, "memory", false, "less memory for more time")
	add.IntVar(&f.cores, "cores", 0, "how many cores a run takes at most, `N`; 0: all there are")
	add.StringVar(&f.family, "family", "", "the kernels, `KIND`: go, avx2 or avx512; else the best here")
	add.StringArrayVar(&f.without, "without", nil, "a `PASS` of the plan that is left out, to see its worth")
	add.StringVar(&f.format, "format", "text", "the `FORM`: text or json")
}

// maxBench is the most of each size: the graph has a limit of its own, and memory too.
const maxBench = 1 << 20

// check finds what is wrong with a call before anything is made.
func (f *benchFlags) check() error {
	for _, x := range []struct {
		flag string
		n    int
	}{{"batch", f.batch}, {"steps", f.steps}, {"inputs", f.inputs}, {"hidden", f.hidden}} {
		switch {
		case x.n < 1 || x.n > maxBench:
			return usage("--%s %d: expected a number from 1 to %d", x.flag, x.n, maxBench)
		case f.cell == "" && f.given(x.flag):
			return usage("--%s is the size of one cell; name it with --cell, as in --cell lstm", x.flag)
		}
	}
	switch {
	case f.cores < 0:
		return usage("--cores %d: expected a number from 1 on, or 0 for all", f.cores)
	case f.format != "text" && f.format != "json":
		return usage("--format %s: %s", f.format, oneOf(f.format, []string{"text", "json"}))
	case f.stream && f.memory:
		return usage("--memory saves what backward reads, and --stream only runs forward; leave one out")
	case f.stream && f.given("backward"), f.stream && f.given("steps"), f.stream && f.given("batch"):
		return usage("--stream takes one series forward, one step at a time; leave --backward, --steps and --batch out")
	}
	if f.family != "" && !slices.Contains(familyNames(), f.family) {
		return usage("--family %s: expected one that runs here: %s", f.family, strings.Join(familyNames(), ", "))
	}
	for _, name := range f.without {
		if !slices.Contains(passNames(), name) {
			return usage("--without %s: %s", name, oneOf(name, passNames()))
		}
	}
	return nil
}

func (f *benchFlags) given(flag string) bool { return f.cmd.Flags().Lookup(flag).Changed }

// familyNames are the families of kernels that run on this machine.
func familyNames() []string {
	var all []string
	for _, k := range kernel.Families() {
		all = append(all, string(k))
	}
	return all
}

func passNames() []string {
	var all []string
	for _, p := range plan.Passes {
		all = append(all, p.Name)
	}
	return all
}

// benchRow is what is measured of a cell at one size. Its JSON is a promise.
type benchRow struct {
	Cell   string   `json:"cell"`
	Batch  int      `json:"batch"`
	Steps  int      `json:"steps,omitempty"` // of a stream there is one at a time
	Inputs int      `json:"inputs"`
	Hidden int      `json:"hidden"`
	MS     *float64 `json:"ms,omitempty"` // of a training step
	US     *float64 `json:"us,omitempty"` // of a step of a stream
	GFlops float64  `json:"gflops"`
	Bytes  int      `json:"bytes"`
}

// usualSizes are batch, steps, inputs and hidden of the table, from the smallest.
var usualSizes = [][4]int{{1, 100, 1, 1}, {1, 100, 1, 32}, {32, 100, 1, 64}, {64, 100, 64, 128}, {64, 50, 256, 512}}

// usualCells are those of the table.
var usualCells = []string{"elman", "gru", "lstm", "peephole", "slstm"}

// measureAll measures one cell, or the table.
func (f *benchFlags) measureAll() ([]benchRow, error) {
	if f.cell != "" {
		row, err := f.measure()
		return []benchRow{row}, err
	}
	var all []benchRow
	for _, cell := range usualCells {
		for _, z := range usualSizes {
			one := *f
			one.cell, one.batch, one.steps, one.inputs, one.hidden = cell, z[0], z[1], z[2], z[3]
			row, err := one.measure()
			if err != nil {
				return nil, err
			}
			all = append(all, row)
		}
	}
	return all, nil
}

// print writes what was measured.
func (f *benchFlags) print(w io.Writer, rows []benchRow) error {
	if f.format == "json" {
		return json.NewEncoder(w).Encode(rows)
	}
	t := &grid{}
	took := "ms"
	if f.stream {
		took = "µs a step"
	}
	t.add("cell", "batch", "steps", "inputs", "hidden", took, "GFLOP/s", "MiB")
	for _, r := range rows {
		time := r.MS
		if f.stream {
			time = r.US
		}
		t.add(r.Cell, strconv.Itoa(r.Batch), orDash(r.Steps), orDash(r.Inputs), orDash(r.Hidden),
			brief(*time), brief(r.GFlops), brief(float64(r.Bytes)/(1<<20)))
	}
	_, err := fmt.Fprintf(w, "%s\n\n%s", f.setting(), t)
	return err
}

// setting says what the numbers depend on besides the sizes.
func (f *benchFlags) setting() string {
	family, kind, cores := f.family, "float32", f.cores
	if family == "" {
		family = string(kernel.Best())
	}
	if f.float64 {
		kind = "float64"
	}
	if cores == 0 {
		cores = runtime.GOMAXPROCS(0)
	}
	what := "training steps: forward, loss and gradient"
	switch {
	case f.stream:
		what, cores = "one step at a time, forward", 1
	case !f.backward:
		what = "forward and loss"
	}
	s := "s"
	if cores == 1 {
		s = ""
	}
	return fmt.Sprintf("%s; %s, %s, %d core%s", what, kind, family, cores, s)
}

func orDash(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

// brief is a number with three digits, or all those before the point.
func brief(x float64) string {
	if x >= 100 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}
