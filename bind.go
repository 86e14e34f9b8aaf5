package unroll

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strings"

	"unroll/graph"
	"unroll/internal/spell"
	"unroll/series"
)

// Options are the choices of a run. The zero value feeds the observed values, and adds the scores.
type Options struct {
	Feed     string                  // "teacher" (also ""), "free", "observed:K", "sampled:P"
	Feedback string                  // "grad" (also ""), or "stop": a forecast that is fed back is a number to the derivative
	Reduce   string                  // "sum" (also ""), or "mean"
	Sizes    map[string]int          // as `--size H=16`
	Weights  map[string]series.Array // by name, in place of the file's starts; a number fills an array
	Fill     string                  // how missing values that nothing forecasts are filled: "" (an error), or one of series.Fills
	Steps    int                     // the number of steps of a cell without inputs
	Seed     uint64                  // of random starts, and of what is drawn in training
	Training bool                    // draws dropout, zoneout, noise and sampled feeds
	Exact    bool                    // stays exact however long the numbers get
	Hold     []string                // weights that aren't trained, as if the file had them fixed
	Each     bool                    // each series has weights of its own, as if it were alone
	Assume   bool                    // sizes that only data can tell are assumed, for a look without data
}

// Numbers is one series of one input: whole numbers, for a quick try.
func Numbers(name string, values ...int64) series.Set {
	s := series.Series{ID: "1", Columns: map[string]series.Column{}, Consts: map[string]series.Array{}}
	for _, v := range values {
		s.Columns[name] = s.Columns[name].Append(series.Number(big.NewRat(v, 1)))
	}
	return series.Set{Series: []series.Series{s}}
}

// Bind joins the cell with data and makes every choice of the run. The data's columns bear the names
// of the cell's inputs. The error says what is wrong in the cell (a lang.Errors) or in the data.
func (c *Cell) Bind(set series.Set, o Options) (*Run, error) {
	choices, err := o.choices()
	if err != nil {
		return nil, err
	}
	wants := c.Inputs()
	set, err = prepare(set, wants, o.Fill)
	if err != nil {
		return nil, err
	}
	choices.Use = c.use
	choices.Facts = facts(set, wants)
	g, err := graph.Build(c.file, choices)
	if err != nil {
		return nil, err
	}
	r := &Run{cell: c, graph: g, data: set, options: o, choices: choices}
	for _, name := range o.Hold {
		if !r.hasWeight(name) {
			return nil, r.noWeight(name)
		}
	}
	r.weights, err = r.startWeights()
	return r, err
}

// Check finds what is wrong in the words of the options, whatever the cell.
func (o Options) Check() error {
	if o.Fill != "" && !slices.Contains(series.Fills, o.Fill) {
		return fmt.Errorf("fill %q is not one of %s", o.Fill, strings.Join(series.Fills, ", "))
	}
	_, err := o.choices()
	return err
}

// Graph is the cell as a graph before there is data. Sizes that only data can tell are assumed.
func (c *Cell) Graph(o Options) (*graph.Graph, error) {
	choices, err := o.choices()
	if err != nil {
		return nil, err
	}
	choices.Use, choices.Assume = c.use, true
	return graph.Build(c.file, choices)
}

// choices reads the words of the options.
func (o Options) choices() (graph.Choices, error) {
	c := graph.Choices{Sizes: o.Sizes, Training: o.Training, Assume: o.Assume, Each: o.Each, Hold: o.Hold}
	if o.Steps < 0 {
		return c, fmt.Errorf("steps %d: expected a number from 1 on", o.Steps)
	}
	feed, err := parseFeed(o.Feed)
	if err != nil {
		return c, err
	}
	c.Feed = feed
	switch o.Feedback {
	case "", "grad":
	case "stop":
		c.Stop = true
	default:
		return c, fmt.Errorf("feedback %q is neither grad nor stop", o.Feedback)
	}
	switch o.Reduce {
	case "", "sum":
	case "mean":
		c.Mean = true
	default:
		return c, fmt.Errorf("reduce %q is neither sum nor mean", o.Reduce)
	}
	return c, nil
}

func parseFeed(s string) (graph.Feed, error) {
	word, arg, has := strings.Cut(s, ":")
	switch {
	case s == "", s == "teacher":
		return graph.Feed{}, nil
	case s == "free":
		return graph.Feed{Mode: graph.Free}, nil
	case word == "observed" && has:
		k, err := series.ParseNumber(arg)
		if err == nil && k != nil && k.IsInt() && k.Num().IsInt64() && k.Sign() >= 0 && k.Num().Int64() < 1<<40 {
			return graph.Feed{Mode: graph.ObservedTo, K: int(k.Num().Int64())}, nil
		}
		return graph.Feed{}, fmt.Errorf("feed %q: after observed: stands the last time that is observed, as in observed:1", s)
	case word == "sampled" && has:
		p, err := series.ParseNumber(arg)
		if err == nil && p != nil && p.Sign() >= 0 && p.Cmp(big.NewRat(1, 1)) <= 0 {
			return graph.Feed{Mode: graph.Sampled, P: p}, nil
		}
		return graph.Feed{}, fmt.Errorf("feed %q: after sampled: stands a probability, as in sampled:0.5", s)
	}
	hint := ""
	if near := spell.Nearest(word, []string{"teacher", "free", "observed", "sampled"}); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return graph.Feed{}, fmt.Errorf("feed %q is not one of teacher, free, observed:K, sampled:P%s", s, hint)
}

// prepare makes each series begin at its first observed value, and fills what is to be filled.
func prepare(set series.Set, wants []*graph.Column, fill string) (series.Set, error) {
	if err := set.Check(); err != nil {
		return set, err
	}
	out := series.Set{}
	for _, s := range set.Series {
		s, err := filled(begin(s, wants), wants, fill)
		if err != nil {
			return set, err
		}
		out.Series = append(out.Series, s)
	}
	return out, nil
}

// begin cuts a series to where an input that is forecast is first observed.
func begin(s series.Series, wants []*graph.Column) series.Series {
	first, some := 0, false
	for _, w := range wants {
		if !w.Forecast || w.PerSeries {
			continue
		}
		for t, a := range s.Columns[w.Name].All() {
			if a.HasAny() {
				if !some || t < first {
					first = t
				}
				some = true
				break
			}
		}
	}
	if first == 0 {
		return s
	}
	out := s
	out.Skipped = s.Skipped + first
	out.Columns = map[string]series.Column{}
	for name, col := range s.Columns {
		out.Columns[name] = col.Slice(min(first, col.Len()), col.Len())
	}
	return out
}

// filled fills the missing values of inputs that nothing forecasts.
func filled(s series.Series, wants []*graph.Column, how string) (series.Series, error) {
	if how == "" {
		return s, nil
	}
	out := s
	out.Columns = map[string]series.Column{}
	maps.Copy(out.Columns, s.Columns)
	for _, w := range wants {
		if w.Forecast || w.PerSeries {
			continue
		}
		col, err := series.Fill(s.Columns[w.Name], how)
		if err != nil {
			return s, err
		}
		out.Columns[w.Name] = col
	}
	return out, nil
}

// facts are what the graph must know of the data.
func facts(set series.Set, wants []*graph.Column) graph.Facts {
	f := graph.Facts{Missing: map[string]bool{}, Width: map[string]int{}, Classes: map[string]int{}}
	for _, s := range set.Series {
		for _, w := range wants {
			if !w.Known && !w.PerSeries {
				f.Longest = max(f.Longest, s.Len(w.Name))
			}
			col := s.Columns[w.Name]
			if a, ok := s.Consts[w.Name]; w.PerSeries && ok {
				col = series.Arrays(a)
			}
			if col.Len() > 0 {
				missing, classes := look(col)
				f.Missing[w.Name] = f.Missing[w.Name] || missing
				f.Width[w.Name] = col.At(0).R
				f.Classes[w.Name] = max(f.Classes[w.Name], classes)
			}
		}
	}
	return f
}

// look tells whether any value of a column is missing, and how many classes it may have: one more than the
// largest whole number.
func look(col series.Column) (missing bool, classes int) {
	now := make([]float64, col.At(0).Len())
	for t := range col.Len() {
		col.Read(t, now)
		for _, x := range now {
			switch {
			case math.IsNaN(x):
				missing = true
			case x >= 0 && x < 1<<30:
				classes = max(classes, int(x)+1)
			}
		}
	}
	return missing, classes
}
