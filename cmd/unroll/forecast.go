package main

import (
	"bytes"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/data"
)

// forecastFlags are the flags of forecast.
type forecastFlags struct {
	runFlags
	horizon, samples, paths int
	level, out, plot        string
	float64                 bool
	cores                   int
}

func forecastVerb() *cobra.Command {
	f := &forecastFlags{}
	c := &cobra.Command{
		Use:   "forecast MODEL",
		Short: "how series go on, by a model",
		Long: `forecast goes on past the end of each series of the data, with a model that train has made. It
prints a long table: unique_id, ds and a column for each input that is forecast, y; with --level 80
also y-lo-80 and y-hi-80, a band that holds what comes with that probability. Bands are made of
paths sampled from the model's distribution, of its own quantiles, or, where it has neither, of how
far it was off at earlier times of the data. Inputs that are known ahead go on in the data.`,
		Example: `  unroll train examples/air/air.cell --data examples/air/air.csv --scale log --method lbfgs -o air.model
  unroll forecast air.model --data examples/air/air.csv --horizon 12 --level 80,95 --plot air.svg`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.reads(c)
	add := c.Flags()
	add.IntVar(&f.horizon, "horizon", 0, "forecast `N` times; else as many as the model's size h")
	add.StringVar(&f.level, "level", "", "bands of these `LEVELS` in percent, as 80,95")
	add.IntVar(&f.samples, "samples", 0, "also `N` sampled paths of each series, a row for each time of each")
	add.IntVar(&f.paths, "paths", 0, "make bands of `N` paths; 0: 1000")
	add.Uint64Var(&f.seed, "seed", 0, "the seed `N` of the paths")
	add.BoolVar(&f.float64, "float64", false, "numbers are float64, in place of float32")
	add.IntVar(&f.cores, "cores", 0, "how many cores are taken at most, `N`; 0: all there are")
	add.StringVarP(&f.out, "output", "o", "", "write the table into `FILE`: CSV, packed if it ends in .gz, or Parquet\nif in .parquet")
	add.StringVar(&f.plot, "plot", "", "draw the end of the data and the forecast into `FILE`, .svg or .png;\n- is a sketch in the terminal, in place of the table")
	return c
}

func (f *forecastFlags) run(c *cobra.Command, path string) error {
	o, err := f.check()
	if err != nil {
		return err
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	if !f.given("horizon") {
		o.Horizon = ownHorizon(m.Cell(), m.Options().Sizes)
	}
	if o.Horizon < 1 {
		return usage("how many times are to be forecast? Say it, as in --horizon 12")
	}
	table, err := f.observe(m.Cell(), m.Options().Sizes, m.Settings()[optionAlphabet])
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
	defer stop()
	end := working(reporterOf(c), "forecasting …")
	result, err := m.Forecast(ctx, table.Set, o)
	end()
	if err != nil {
		return err
	}
	if f.plot != "" {
		if err := f.picture(c.OutOrStdout(), m, table.Table, result); err != nil {
			return err
		}
	}
	if f.plot == "-" && f.out == "" {
		return nil
	}
	return f.write(c.OutOrStdout(), m, table.Table, result)
}

// check finds what is wrong in the flags.
func (f *forecastFlags) check() (unroll.ForecastOptions, error) {
	o := unroll.ForecastOptions{Horizon: f.horizon, Samples: f.samples, Paths: f.paths, Seed: f.seed, Float64: f.float64, Cores: f.cores}
	for _, n := range []struct {
		flag            string
		value, from, to int
	}{{"horizon", f.horizon, 1, mostAhead}, {"samples", f.samples, 0, mostAhead}, {"paths", f.paths, 0, mostAhead}, {"cores", f.cores, 0, 10_000}} {
		if f.given(n.flag) && (n.value < n.from || n.value > n.to) {
			return o, wholeFrom(n.flag, n.value, n.from, n.to)
		}
	}
	var err error
	if o.Levels, err = levels(f.level); err != nil {
		return o, err
	}
	if err := checkPlot(f.plot); err != nil {
		return o, err
	}
	switch {
	case f.plot == "-" && f.out == "-":
		return o, usage("--plot - and -o - both go to standard output; expected one of them")
	case f.samples > 0 && f.plot != "":
		return o, usage("--plot draws forecasts and bands, and --samples is paths; give either --plot or --samples, not both")
	case f.samples > 0 && f.level != "":
		return o, usage("--level adds columns to a table of forecasts, and --samples makes one of paths; give either --level or --samples, not both")
	}
	return o, writableAll(f.out, f.plot)
}

// mostAhead is more times, or paths, than anybody forecasts.
const mostAhead = 1_000_000

// readModel reads a model file.
func readModel(path string) (*unroll.Model, error) {
	m, err := unroll.ReadModel(path)
	if err == nil {
		return m, nil
	}
	if strings.EqualFold(filepath.Ext(path), ".cell") {
		return nil, usage("%s is a cell; train it first: unroll train %s --data FILE.csv -o FILE.model", path, path)
	}
	if path == "-" {
		return nil, usage("a model is read from a file, not from standard input; name one, such as air.model")
	}
	return nil, cantRead(path, err, "a model file")
}

// write writes the table where it is to go.
func (f *forecastFlags) write(w io.Writer, m *unroll.Model, table *data.Table, result *unroll.Forecast) error {
	columns := forecastColumns(m, table, result, f.samples)
	var b bytes.Buffer
	if err := writeTable(f.out, &b, columns); err != nil {
		return err
	}
	return writeTo(w, f.out, b.Bytes())
}

// forecastColumns are the forecasts as a long table. With samples each path has rows of its own.
func forecastColumns(m *unroll.Model, table *data.Table, result *unroll.Forecast, samples int) []data.Column {
	targets, _ := m.Cell().Targets()
	n := len(table.Set.Series)
	spans := make([]data.Span, 0, n)
	for i, s := range table.Set.Series {
		from := s.Skipped + s.Observed(targets...)
		for range max(1, samples) {
			spans = append(spans, data.Span{ID: s.ID, Calendar: table.Calendars[i], From: from, To: from + len(result.Series[i].Point)})
		}
	}
	columns := data.Keys(spans)
	if samples > 0 {
		columns = append(columns, pathNumbers(spans, samples))
	}
	for at := 0; at < len(result.Series); at += n {
		columns = append(columns, inputColumns(result.Series[at:at+n], samples)...)
	}
	return columns
}

// pathNumbers count the paths of each series from 1.
func pathNumbers(spans []data.Span, samples int) data.Column {
	c := data.Column{Name: "path"}
	for i, s := range spans {
		for range s.To - s.From {
			c.Numbers = append(c.Numbers, float64(i%samples+1))
		}
	}
	return c
}

// inputColumns are the forecasts of one input in all series: a column for each of its entries, and two for each
// band; or of each path.
func inputColumns(all []unroll.ForecastSeries, samples int) []data.Column {
	var columns []data.Column
	width := len(all[0].Point[0])
	for i := range width {
		name := all[0].Input
		if width > 1 {
			name += "[" + strconv.Itoa(i) + "]"
		}
		add := func(suffix string, of func(s unroll.ForecastSeries) [][][]float64) {
			c := data.Column{Name: name + suffix}
			for _, s := range all {
				for _, rows := range of(s) {
					for _, row := range rows {
						c.Numbers = append(c.Numbers, row[i])
					}
				}
			}
			columns = append(columns, c)
		}
		if samples > 0 {
			add("", func(s unroll.ForecastSeries) [][][]float64 { return s.Paths })
			continue
		}
		add("", func(s unroll.ForecastSeries) [][][]float64 { return [][][]float64{s.Point} })
		for k, b := range all[0].Bands {
			level := strconv.FormatFloat(b.Level, 'g', -1, 64)
			add("-lo-"+level, func(s unroll.ForecastSeries) [][][]float64 { return [][][]float64{s.Bands[k].Lo} })
			add("-hi-"+level, func(s unroll.ForecastSeries) [][][]float64 { return [][][]float64{s.Bands[k].Hi} })
		}
	}
	return columns
}
