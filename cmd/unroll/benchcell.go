package main

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"

	"unroll"
	"unroll/cells"
	"unroll/data"
	"unroll/lang"
	"unroll/series"
)

// run is the cell bound to random data, and its row as far as it is known before it is measured.
func (f *benchFlags) run() (*unroll.Run, benchRow, error) {
	row := benchRow{Cell: f.cell, Batch: f.batch, Steps: f.steps}
	cell, o, hidden, err := f.source()
	if err != nil {
		return nil, row, err
	}
	set, err := f.data(wantsOf(cell, o.Sizes))
	if err != nil {
		return nil, row, err
	}
	if len(cell.Inputs()) == 0 {
		o.Steps, row.Batch = f.steps, 1
	}
	run, err := cell.Bind(set, o)
	if err != nil {
		return nil, row, err
	}
	row.Hidden = hidden
	for _, in := range run.Graph().Inputs {
		if !in.Forecast {
			row.Inputs += in.Shape.Len()
		}
	}
	if run.Graph().Loss == nil && f.backward && !f.stream {
		return nil, row, usage("%s has no loss, and so no gradient; give --backward=false", f.cell)
	}
	return run, row, nil
}

// source is the cell with its sizes: a file, or the one on a library cell's page. Its hidden size is 0 if
// it has none.
func (f *benchFlags) source() (*unroll.Cell, unroll.Options, int, error) {
	o := unroll.Options{Sizes: map[string]int{}}
	if _, err := os.Stat(f.cell); strings.HasSuffix(f.cell, ".cell") || f.cell == "-" || err == nil {
		cell, err := readCell(f.cmd, f.cell)
		if err != nil {
			return nil, o, 0, err
		}
		hidden, err := f.fileSizes(cell, o.Sizes)
		return cell, o, hidden, err
	}
	p, err := cells.Read(f.cell)
	if err != nil {
		return nil, o, 0, usage("--cell %s: %v", f.cell, err)
	}
	file, err := lang.Parse(&lang.Source{Name: f.cell + ".cell", Text: p.Use})
	if err != nil {
		return nil, o, 0, err
	}
	hidden := f.callSizes(file)
	cell, err := unroll.Parse(f.cell+".cell", lang.Print(file, false))
	return cell, o, hidden, err
}

// fileSizes gives a file's own sizes what the flags say, if they do or the file doesn't.
func (f *benchFlags) fileSizes(cell *unroll.Cell, sizes map[string]int) (hidden int, err error) {
	known := knownSizes(cell, nil)
	for _, name := range hiddenSizes {
		if !hasSize(cell, name) {
			continue
		}
		n, ok := known[name]
		if !ok || f.given("hidden") {
			sizes[name], n = f.hidden, f.hidden
		}
		hidden = max(hidden, n)
	}
	if f.given("hidden") && hidden == 0 {
		return 0, usage("--hidden: %s has no size H or N; leave it out", f.cell)
	}
	for _, st := range cell.File().Stmts {
		in, ok := st.(*lang.Input)
		if !ok || !f.given("inputs") {
			continue
		}
		for _, it := range in.Items {
			if it.Shape != nil && len(it.Shape.Dims) > 0 {
				if n, ok := it.Shape.Dims[0].(*lang.Name); ok && known[n.Name] > 0 {
					sizes[n.Name] = f.inputs
				}
			}
		}
	}
	return hidden, nil
}

// hasSize tells whether a file has a size of this name.
func hasSize(cell *unroll.Cell, name string) bool {
	for _, st := range cell.File().Stmts {
		s, ok := st.(*lang.Size)
		if ok && slices.ContainsFunc(s.Items, func(it lang.SizeItem) bool { return it.Name == name }) {
			return true
		}
	}
	return false
}

// hiddenSizes are the names that files give to the size of a state.
var hiddenSizes = []string{"H", "N"}

// callSizes gives the call of the cell, in the file on its page, the hidden size: H, N or K, of a state
// that is G groups of K the K that leads to it, and P a quarter of it.
func (f *benchFlags) callSizes(file *lang.File) (hidden int) {
	for _, st := range file.Stmts {
		e, ok := st.(*lang.Equation)
		if !ok {
			continue
		}
		lang.Walk(e.X, func(x lang.Expr) bool {
			if call, ok := x.(*lang.Call); ok && call.Fn == f.cell {
				hidden = max(hidden, f.resize(call.Sizes))
			}
			return true
		})
	}
	return hidden
}

func (f *benchFlags) resize(sizes []lang.Named) (hidden int) {
	groups := slices.ContainsFunc(sizes, func(s lang.Named) bool { return s.Name == "G" })
	for i := range sizes {
		n := f.hidden
		switch name := sizes[i].Name; {
		case name == "G":
			n = min(8, f.hidden)
		case name == "K" && groups:
			n = max(1, f.hidden/8)
		case name == "P":
			n = max(1, f.hidden/4)
		case name != "K" && !slices.Contains(hiddenSizes, name):
			continue // a lag or a season, which stays what it is on the page
		}
		hidden = f.hidden
		sizes[i].X = &lang.Num{Text: strconv.Itoa(n)}
	}
	return hidden
}

const (
	benchSeed  = 1
	differ     = 16      // so many series differ; the others are the same again
	maxNumbers = 1 << 28 // of the data that differs
	maxTimes   = 1 << 26 // of all series together
)

// data is random: normal numbers for vectors, for numbers such as every family and cell takes, from 1
// to 2.
func (f *benchFlags) data(wants []data.Want) (series.Set, error) {
	if n := min(f.batch, differ) * f.steps; n > maxNumbers/(f.inputs+16) || f.batch*f.steps > maxTimes {
		return series.Set{}, usage("--batch %d, --steps %d, --inputs %d: that are more numbers than bench makes; give smaller ones, such as 64, 100 and 64", f.batch, f.steps, f.inputs)
	}
	r := rand.New(rand.NewPCG(benchSeed, 0))
	var set series.Set
	if len(wants) == 0 {
		return set, nil
	}
	for i := range f.batch {
		if i >= differ {
			s := set.Series[i%differ]
			s.ID = strconv.Itoa(i + 1)
			set.Series = append(set.Series, s)
			continue
		}
		s := series.Series{ID: strconv.Itoa(i + 1), Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
		for _, w := range wants {
			switch {
			case w.PerSeries:
				s.Consts[w.Name] = f.value(w, r)
			case w.Known:
				s.Columns[w.Name] = f.column(w, r, 2*f.steps) // what is known ahead may be read ahead
			default:
				s.Columns[w.Name] = f.column(w, r, f.steps)
			}
		}
		set.Series = append(set.Series, s)
	}
	return set, nil
}

func (f *benchFlags) column(w data.Want, r *rand.Rand, times int) series.Column {
	rows := f.rows(w)
	all := make([]float64, 0, times*rows)
	for range times {
		all = append(all, f.value(w, r).Float...)
	}
	return series.Dense(rows, 1, all)
}

// rows is how long an input's vectors are.
func (f *benchFlags) rows(w data.Want) int {
	if w.Rows == 0 {
		return f.inputs
	}
	return w.Rows
}

// value is a random value of an input.
func (f *benchFlags) value(w data.Want, r *rand.Rand) series.Array {
	n := f.rows(w)
	a := make([]float64, n)
	for i := range a {
		switch {
		case w.Classes > 0:
			a[i] = float64(r.IntN(w.Classes))
		case w.Counts:
			a[i] = float64(r.IntN(f.inputs))
		case n == 1:
			a[i] = 1 + r.Float64()
		default:
			a[i] = r.NormFloat64()
		}
	}
	return series.Floats(n, 1, a)
}
