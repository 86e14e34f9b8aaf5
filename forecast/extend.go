package forecast

import (
	"fmt"
	"maps"

	"unroll/graph"
	"unroll/series"
)

// Extend gives each series the times past its end that a forecast runs over, in which what the graph
// forecasts is missing. A series ends with the last time at which any of that is observed. Of the inputs
// that are known ahead, known has the values from there on, by the series' ids; without them the data may
// be longer. It refuses a series that is too short for the graph's lags.
func Extend(g *graph.Graph, targets []Target, data, known series.Set, horizon int) (series.Set, error) {
	later := map[string]series.Series{}
	for _, s := range known.Series {
		later[s.ID] = s
	}
	out := series.Set{}
	for _, s := range data.Series {
		end := endOf(s, targets)
		for _, t := range targets {
			if first, _ := t.made(0); end+first < g.T0 {
				return out, fmt.Errorf("series %s has %d values of %s, and a forecast needs %d", s.ID, end, t.Input, g.T0-first)
			}
		}
		out.Series = append(out.Series, extended(g, s, later[s.ID], end, Steps(targets, horizon)))
	}
	return out, nil
}

// extended is one series, with so many steps after its end.
func extended(g *graph.Graph, s, later series.Series, end, steps int) series.Series {
	out := s
	out.Ahead = steps
	out.Columns = maps.Clone(s.Columns)
	for _, c := range g.Inputs {
		from, there := s.Columns[c.Name]
		given, more := later.Columns[c.Name]
		switch {
		case c.PerSeries || !there:
		case c.Known && more:
			out.Columns[c.Name] = cut(from, end)
			for _, a := range given.All() {
				out.Columns[c.Name] = out.Columns[c.Name].Append(a)
			}
		case c.Known:
		default:
			from = cut(from, end+steps)
			if c.Forecast {
				from = cut(from, end)
			}
			out.Columns[c.Name] = from.AppendMissing(end + steps - from.Len())
		}
	}
	return out
}

// cut is a column up to a time.
func cut(c series.Column, end int) series.Column { return c.Slice(0, min(end, c.Len())) }

// endOf is the time after the last at which anything that is forecast is observed.
func endOf(s series.Series, targets []Target) int {
	end := 0
	for _, t := range targets {
		end = max(end, s.Observed(t.Input))
	}
	return end
}
