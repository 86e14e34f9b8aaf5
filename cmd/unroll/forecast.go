package main

import (
	"bytes"
	"fmt"
	"io"
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
		Example: `  unroll forecast air.model --data examples/air/air.csv --horizon 12
  unroll forecast air.model --data examples/air/air.csv --horizon 12 --level 80,95 --plot air.svg`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.reads(c)
	add := c.Flags()
	add.IntVar(&f.horizon, "horizon", 0, "forecast `N` times")
	add.StringVar(&f.level, "level", "", "bands of these `LEVELS` in percent, as 80,95")
	add.IntVar(&f.samples, "samples", 0, "also `N` sampled paths of each series, a row for each time of each")
	add.IntVar(&f.paths, "paths", 0, "make bands of `N` paths; 0: 1000")
	add.Uint64Var(&f.seed, "seed", 0, "the seed `N` of the paths")
	add.BoolVar(&f.float64, "float64", false, "numbers are float64, in place of float32")
	add.IntVar(&f.cores, "cores", 0, "how many cores are taken at most, `N`; 0: all there are")
	add.StringVarP(&f.out, "output", "o", "", "write the table into `FILE`: CSV, packed if it ends in .gz, or Parquet\nif in .parquet")
	add.StringVar(&f.plot, "plot", "", "draw the end of the data and the forecast into `FILE`, .svg or .png;\n- is a sketch in the terminal")
	return c
}

func (f *forecastFlags) run(c *cobra.Command, path string) error {
	if f.horizon < 1 {
		return usage("--horizon %d: how many times are to be forecast? Give a number from 1 on", f.horizon)
	}
	o := unroll.ForecastOptions{Horizon: f.horizon, Samples: f.samples, Paths: f.paths, Seed: f.seed, Float64: f.float64, Cores: f.cores}
	var err error
	if f.level != "" {
		if o.Levels, err = numbers("level", f.level); err != nil {
			return err
		}
	}
	for _, p := range []string{f.out, f.plot} {
		if p == "" || p == "-" {
			continue
		}
		if err := writable(p); err != nil {
			return err
		}
	}
	m, err := readModel(path)
	if err != nil {
		return err
	}
	table, err := f.numbers(m.Cell(), m.Options().Sizes)
	if err != nil {
		return err
	}
	result, err := m.Forecast(c.Context(), table.Set, o)
	if err != nil {
		return err
	}
	if err := f.write(c.OutOrStdout(), m, table, result); err != nil {
		return err
	}
	return f.picture(c, table, result)
}

// readModel reads a model file.
func readModel(path string) (*unroll.Model, error) {
	m, err := unroll.ReadModel(path)
	if err == nil {
		return m, nil
	}
	if strings.EqualFold(filepath.Ext(path), ".cell") {
		return nil, usage("%s is a cell; train it first: unroll train %s --data FILE.csv -o FILE.model", path, path)
	}
	return nil, cantRead(path, err, "a model file")
}

// write writes the table where it is to go.
func (f *forecastFlags) write(w io.Writer, m *unroll.Model, table *data.Table, result *unroll.Forecast) error {
	columns := forecastColumns(m, table, result, f.samples)
	if f.out == "" || f.out == "-" {
		return data.Write("", w, columns)
	}
	var b bytes.Buffer
	if err := writeTable(f.out, &b, columns); err != nil {
		return err
	}
	return writeWhole(f.out, b.Bytes())
}

// forecastColumns are the forecasts as a long table. With samples each path has rows of its own.
func forecastColumns(m *unroll.Model, table *data.Table, result *unroll.Forecast, samples int) []data.Column {
	targets, _ := m.Cell().Targets()
	n := len(table.Set.Series)
	ends := lengths(table.Set, targets)
	spans := make([]data.Span, 0, n)
	for i, s := range table.Set.Series {
		for range max(1, samples) {
			spans = append(spans, data.Span{ID: s.ID, Calendar: table.Calendars[i], From: s.Skipped + ends[i], To: s.Skipped + ends[i] + len(result.Series[i].Point)})
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

// picture draws what is forecast.
func (f *forecastFlags) picture(_ *cobra.Command, _ *data.Table, _ *unroll.Forecast) error {
	if f.plot == "" {
		return nil
	}
	return fmt.Errorf("--plot: not yet")
}
