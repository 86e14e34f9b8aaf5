package main

import (
	"io"
	"strconv"

	"unroll"
	"unroll/chart"
	"unroll/data"
)

// picture draws what is forecast: a panel for each series, and each entry of its inputs.
func (f *forecastFlags) picture(w io.Writer, m *unroll.Model, table *data.Table, result *unroll.Forecast) error {
	targets, _ := m.Cell().Targets()
	c := chart.Forecast{}
	for at, s := range result.Series {
		i := at % len(table.Set.Series)
		c.Series = append(c.Series, panels(s, table, i, table.Set.Series[i].Observed(targets...), len(targets) > 1)...)
	}
	if f.plot == "-" {
		_, err := io.WriteString(w, c.Sketch(sketchWidth, sketchHeight))
		return err
	}
	picture, err := c.Picture(f.plot)
	if err != nil {
		return err
	}
	return writeWhole(f.plot, picture)
}

// panels are those of one input of the i-th series, which ends before a time: one for each entry.
func panels(s unroll.ForecastSeries, table *data.Table, i, end int, several bool) []chart.Series {
	own := table.Set.Series[i]
	var all []chart.Series
	for entry := range s.Point[0] {
		one := chart.Series{Name: s.ID, Line: entryOf(s.Point, entry)}
		if several {
			one.Name += ", " + s.Input
		}
		if len(s.Point[0]) > 1 {
			one.Name += " [" + strconv.Itoa(entry) + "]"
		}
		now := make([]float64, len(s.Point[0]))
		for t := range end {
			own.Columns[s.Input].Read(t, now)
			one.History = append(one.History, now[entry])
		}
		for _, b := range s.Bands {
			one.Bands = append(one.Bands, chart.Band{Level: b.Level, Lo: entryOf(b.Lo, entry), Hi: entryOf(b.Hi, entry)})
		}
		one.Label = func(t int) string { return table.Calendars[i].Label(own.Skipped + t) }
		all = append(all, one)
	}
	return all
}

func entryOf(rows [][]float64, entry int) []float64 {
	out := make([]float64, len(rows))
	for t, row := range rows {
		out[t] = row[entry]
	}
	return out
}
