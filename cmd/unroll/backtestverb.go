package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/backtest"
	"unroll/data"
	"unroll/lang"
	"unroll/series"
)

// backtestFlags are the flags of backtest.
type backtestFlags struct {
	trainFlags
	horizon, windows, step, period int
	refit, level, test, format     string
	out                            string
	perSeries, baselines, scaled   bool
	scales                         map[string]map[string]series.Scaling
}

func backtestVerb() *cobra.Command {
	f := &backtestFlags{}
	c := &cobra.Command{
		Use:   "backtest FILE",
		Short: "how good forecasts are, beside the classical methods",
		Long: `backtest cuts the series at rolling origins, lets a cell, or a model that train has made, forecast
what came after each cut, and scores that beside Naive, sNaive, Naive2, SES, Holt, Damped, Theta and
their mean Com, as in the M4 competition. FILE is a cell's file, a model, or the name of a cell of the
library. A cell is fitted before each cut, or before the first alone. Its sizes m and h, if it has such
and --size doesn't give them, are the period and the horizon.`,
		Example: `  unroll backtest examples/air/air.cell --data examples/air/air.csv --scale log --horizon 12 --windows 3
  unroll backtest holt --data examples/air/air.csv --each --horizon 12 --level 80,95`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.trains(c)
	add := c.Flags()
	add.IntVar(&f.horizon, "horizon", 0, "forecast `N` times; else as many as the size h")
	add.IntVar(&f.windows, "windows", 1, "cut each series at `N` times")
	add.IntVar(&f.step, "step", 0, "`N` times from one cut to the next; 0: the horizon")
	add.StringVar(&f.refit, "refit", "never", "`WHEN` the cell is fitted anew: never, or every cut")
	add.StringVar(&f.level, "level", "", "bands of these `LEVELS` in percent, as 80,95")
	add.IntVar(&f.period, "period", 0, "a season has `N` times; 0: as the data's times say, or its values")
	add.StringVar(&f.test, "test", "", "what came after the data, in a `FILE` of its own")
	add.BoolVar(&f.perSeries, "per-series", false, "also a table of each series")
	add.BoolVar(&f.baselines, "baselines", true, "beside the classical methods; --baselines=false: alone")
	add.BoolVar(&f.scaled, "scaled", false, "metrics are on the scale that the model was trained on, not on that of\nthe data")
	add.StringVar(&f.format, "format", "text", "the `FORM` of the scores: text, json or csv; the last two with\n--per-series have those of each series")
	add.StringVarP(&f.out, "output", "o", "", "write the scores into `FILE`")
	return c
}

func (f *backtestFlags) run(c *cobra.Command, path string) error {
	o, fit, err := f.fit()
	if err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	cell, model, err := f.subject(c, path)
	if err != nil {
		return err
	}
	alphabet := ""
	if model != nil {
		if err := f.leaveOut(path); err != nil {
			return err
		}
		o, alphabet = model.Options(), model.Settings()[optionAlphabet]
	}
	if err := f.findHorizon(cell, o.Sizes); err != nil {
		return err
	}
	table, err := f.observe(cell, o.Sizes, alphabet)
	if err != nil {
		return err
	}
	fit = f.enough(fit, len(table.Set.Series))
	targets, _ := cell.Targets()
	if len(targets) == 0 {
		return usage("%s forecasts nothing: no input is observed with ~, such as y ~ squared(yhat)", path)
	}
	period := f.season(cell, table.Table)
	if err := f.findScales(model, table.Set); err != nil {
		return err
	}
	p, err := f.plan(cell, table, period)
	if err != nil {
		return err
	}
	forecasts := unroll.ForecastOptions{Levels: p.Levels, Seed: f.seed, Cores: f.how.Cores}
	var subject backtest.Method
	if model != nil {
		subject = model.Method(cellTitle(path), forecasts)
	} else {
		f.seasonSizes(cell, o.Sizes, period)
		subject = cell.Method(cellTitle(path), o, fit, forecasts)
	}
	methods := []backtest.Method{subject}
	if f.baselines {
		methods = append(methods, cell.Baselines(period)...)
	}
	return f.score(c, p, methods, period)
}

// check finds what is wrong in the flags.
func (f *backtestFlags) check() error {
	for _, n := range []struct {
		flag        string
		value, from int
	}{{"horizon", f.horizon, 1}, {"windows", f.windows, 1}, {"step", f.step, 0}, {"period", f.period, 0}} {
		if f.given(n.flag) && (n.value < n.from || n.value > mostAhead) {
			return wholeFrom(n.flag, n.value, n.from, mostAhead)
		}
	}
	switch {
	case f.refit != "never" && f.refit != "every":
		return usage("--refit %s: %s", f.refit, oneOf(f.refit, []string{"never", "every"}))
	case !slices.Contains(tableForms, f.format):
		return usage("--format %s: %s", f.format, oneOf(f.format, tableForms))
	case f.test != "" && (f.given("windows") || f.given("step") || f.given("horizon")):
		return usage("--test cuts each series once, at its end, and says itself what came; expected no --horizon, --windows or --step beside it")
	case f.test != "" && f.data == "":
		return usage("--test is what came after --data, and there is no --data; add --data FILE.csv")
	case f.test == "-" && f.data == "-":
		return usage("standard input holds either the data or the test part, not both; give one of them as a file")
	}
	return writableAll(f.out)
}

// tableForms are the forms of a table of scores.
var tableForms = []string{"text", "json", "csv"}

// leaveOut refuses flags that a model has decided.
func (f *backtestFlags) leaveOut(path string) error {
	for _, flag := range append([]string{"refit", "scale", "each", "size", "feed", "feedback", "reduce"}, learned...) {
		if flag != "seed" && flag != "float64" && f.given(flag) {
			return usage("%s is a model, and trained; --%s is for a cell that is to be: expected a call without it, or with the cell's file", path, flag)
		}
	}
	return nil
}

// findHorizon takes the size h of a cell, or of a model, for the horizon where the call doesn't say it.
func (f *backtestFlags) findHorizon(cell *unroll.Cell, sizes map[string]int) error {
	if f.test != "" || f.given("horizon") {
		return nil
	}
	if f.horizon = ownHorizon(cell, sizes); f.horizon == 0 {
		return usage("how many times are to be forecast? Say it, as in --horizon 12")
	}
	return nil
}

// ownHorizon is how many times a cell is made to forecast: its size h, 0 if it has none.
func ownHorizon(cell *unroll.Cell, sizes map[string]int) int {
	if h := sizes["h"]; h > 0 {
		return h
	}
	return knownSizes(cell, sizes)["h"]
}

// subject is what is tried: a cell, or a model.
func (f *backtestFlags) subject(c *cobra.Command, path string) (*unroll.Cell, *unroll.Model, error) {
	if isModel(path) {
		m, err := readModel(path)
		if err != nil {
			return nil, nil, err
		}
		return m.Cell(), m, nil
	}
	cell, err := readCellOrName(c, path)
	return cell, nil, err
}

// isModel tells whether a file is a model: what it holds begins with a length, not with text.
func isModel(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }() // it is only read
	var first [9]byte
	_, err = io.ReadFull(file, first[:])
	return err == nil && first[8] == '{'
}

// cellTitle is what a method is called in the table.
func cellTitle(path string) string {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	if name, _, ok := strings.Cut(name, "."); ok && name != "" {
		return name
	}
	return name
}

// season is how many times a season has: as the call says, or the times of the data, or its values.
func (f *backtestFlags) season(cell *unroll.Cell, table *data.Table) int {
	if f.period > 0 {
		return f.period
	}
	if len(table.Calendars) > 0 {
		if m := backtest.CalendarPeriod(table.Calendars[0].Unit, table.Calendars[0].N); m > 1 {
			return m
		}
	}
	targets, _ := cell.Targets()
	var histories [][]float64
	for _, s := range table.Set.Series {
		histories = append(histories, firstEntries(s.Columns[targets[0]]))
	}
	return backtest.FindPeriod(histories)
}

// firstEntries are a column's first entries, as far as they are there.
func firstEntries(c series.Column) []float64 {
	var all []float64
	for _, a := range c.All() {
		if a.Len() > 0 && a.Has(0) {
			all = append(all, a.Float64(0))
		}
	}
	return all
}

// seasonSizes gives the sizes m and h of a file what the call says of the data.
func (f *backtestFlags) seasonSizes(cell *unroll.Cell, sizes map[string]int, period int) {
	for _, st := range cell.File().Stmts {
		s, ok := st.(*lang.Size)
		if !ok {
			continue
		}
		for _, it := range s.Items {
			if _, given := sizes[it.Name]; given {
				continue
			}
			switch it.Name {
			case "m":
				sizes["m"] = period
			case "h":
				sizes["h"] = f.horizon
			}
		}
	}
}

// plan says where the series are cut.
func (f *backtestFlags) plan(cell *unroll.Cell, table *observations, period int) (*backtest.Plan, error) {
	targets, known := cell.Targets()
	o := backtest.Options{
		Targets: targets, Known: known, Horizon: f.horizon, Windows: f.windows, Step: f.step, Refit: f.refit == "every",
		Scoring: backtest.Scoring{Period: period}, Label: labels(table.Table),
		Scales: f.scales,
	}
	var err error
	if o.Levels, err = levels(f.level); err != nil {
		return nil, err
	}
	if f.test == "" {
		return backtest.NewPlan(table.Set, o)
	}
	later := *f
	later.data = f.test
	test, err := later.observe(cell, nil, table.alphabet)
	if err != nil {
		return nil, err
	}
	p, err := backtest.NewTestPlan(table.Set, test.Set, o)
	if err == nil {
		f.horizon = p.Horizon
	}
	return p, err
}

// labels write the times of series.
func labels(table *data.Table) func(id string, t int) string {
	at := map[string]int{}
	for i, s := range table.Set.Series {
		at[s.ID] = i
	}
	return func(id string, t int) string {
		i := at[id]
		return table.Calendars[i].Label(table.Set.Series[i].Skipped + t)
	}
}
