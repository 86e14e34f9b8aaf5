package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
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
	perSeries                      bool
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
  unroll backtest holt --data examples/air/air.csv --each --horizon 12`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.trains(c)
	add := c.Flags()
	add.IntVar(&f.horizon, "horizon", 0, "forecast `N` times")
	add.IntVar(&f.windows, "windows", 1, "cut each series at `N` times")
	add.IntVar(&f.step, "step", 0, "`N` times from one cut to the next; 0: the horizon")
	add.StringVar(&f.refit, "refit", "never", "`WHEN` the cell is fitted anew: never, or every cut")
	add.StringVar(&f.level, "level", "", "bands of these `LEVELS` in percent, as 80,95")
	add.IntVar(&f.period, "period", 0, "a season has `N` times; 0: as the data's times say, or its values")
	add.StringVar(&f.test, "test", "", "what came after the data, in a `FILE` of its own")
	add.BoolVar(&f.perSeries, "per-series", false, "also a table of each series")
	add.StringVar(&f.format, "format", "text", "the `FORM`: text or json")
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
	if model != nil {
		o = model.Options()
	}
	table, err := f.numbers(cell, o.Sizes)
	if err != nil {
		return err
	}
	period := f.season(cell, table)
	if model == nil {
		f.seasonSizes(cell, o.Sizes, period)
	}
	p, err := f.plan(c, cell, table, period)
	if err != nil {
		return err
	}
	forecasts := unroll.ForecastOptions{Levels: p.Levels, Seed: f.seed, Cores: f.how.Cores}
	var subject backtest.Method
	if model != nil {
		subject = model.Method(cellTitle(path), forecasts)
	} else {
		subject = cell.Method(cellTitle(path), o, fit, forecasts)
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
	defer stop()
	return f.score(ctx, c, p, append([]backtest.Method{subject}, cell.Baselines(period)...))
}

// check finds what is wrong in the flags.
func (f *backtestFlags) check() error {
	switch {
	case f.horizon < 1 && f.test == "":
		return usage("--horizon %d: how many times are to be forecast? Give a number from 1 on", f.horizon)
	case f.horizon < 0 || f.windows < 1 || f.step < 0 || f.period < 0:
		return usage("--horizon, --windows, --step and --period are numbers from 1 on")
	case f.refit != "never" && f.refit != "every":
		return usage("--refit %s: %s", f.refit, oneOf(f.refit, []string{"never", "every"}))
	case f.format != "text" && f.format != "json":
		return usage("--format %s: %s", f.format, oneOf(f.format, []string{"text", "json"}))
	case f.test != "" && (f.given("windows") || f.given("step")):
		return usage("--test cuts each series once, at its end; leave --windows and --step out")
	}
	return nil
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

// plan says where the series are cut, and prints it.
func (f *backtestFlags) plan(c *cobra.Command, cell *unroll.Cell, table *data.Table, period int) (*backtest.Plan, error) {
	targets, known := cell.Targets()
	o := backtest.Options{
		Targets: targets, Known: known, Horizon: f.horizon, Windows: f.windows, Step: f.step, Refit: f.refit == "every",
		Scoring: backtest.Scoring{Period: period}, Label: labels(table),
	}
	var err error
	if f.level != "" {
		if o.Levels, err = numbers("level", f.level); err != nil {
			return nil, err
		}
	}
	var p *backtest.Plan
	if f.test != "" {
		later := *f
		later.data = f.test
		test, err := later.numbers(cell, nil)
		if err != nil {
			return nil, err
		}
		p, err = backtest.NewTestPlan(table.Set, test.Set, o)
		if err != nil {
			return nil, err
		}
		f.horizon = p.Horizon
	} else if p, err = backtest.NewPlan(table.Set, o); err != nil {
		return nil, err
	}
	if f.format != "text" {
		return p, nil
	}
	season := "no season"
	if period > 1 {
		season = fmt.Sprintf("a season of %d times", period)
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s%s.\n\n", p.Text(), "Metrics are for "+season)
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

// score takes the methods through the plan, and prints what came of it.
func (f *backtestFlags) score(ctx context.Context, c *cobra.Command, p *backtest.Plan, methods []backtest.Method) error {
	end := working(reporterOf(c), "fitting and forecasting …")
	r, err := backtest.Run(ctx, p, methods)
	end()
	if err != nil {
		return err
	}
	w := c.OutOrStdout()
	if f.format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	text := r.Text()
	if f.perSeries {
		text += "\n" + r.SeriesText()
	}
	_, err = io.WriteString(w, text)
	return err
}
