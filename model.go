package unroll

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"unroll/cells"
	"unroll/graph"
	"unroll/lang"
	"unroll/series"
	"unroll/weights"
)

// Model is a cell with the weights that Fit found on data: all that a program needs to forecast, and what a
// model file holds. It doesn't change; any number of goroutines may use it.
type Model struct {
	cell    *Cell
	options Options // of a run, with every size
	file    weights.Model
	at      map[string]int // by series id: where it stands among weights per series
}

// ReadModel reads a model file: see docs/model.md. The error says what is wrong with the file, and what to do.
func ReadModel(path string) (*Model, error) {
	f, err := weights.ReadModel(path)
	if err != nil {
		return nil, err
	}
	m, err := modelOf(*f)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", path, err)
	}
	return m, nil
}

// WriteFile writes the model file, beside and then in place of what is there: it is never half-written.
func (m *Model) WriteFile(path string) error { return m.file.WriteFile(path) }

// Cell is the cell as it was trained.
func (m *Model) Cell() *Cell { return m.cell }

// Options are the choices of a run that it was trained with. Every size is among them.
func (m *Model) Options() Options {
	o := m.options
	o.Sizes = maps.Clone(o.Sizes)
	return o
}

// Settings are what it was trained with, as flags write it.
func (m *Model) Settings() map[string]string { return maps.Clone(m.file.Options) }

// Series are the ids of the series it was trained on.
func (m *Model) Series() []string { return slices.Clone(m.file.Series) }

// Members is how many sets of weights it has: more than one if it was trained from several seeds.
func (m *Model) Members() int { return len(m.file.Members) }

// Trained is how far training has come: how many members are finished, and how many epochs of the next are done.
// Of a model that isn't a checkpoint that is all of them, and 0.
func (m *Model) Trained() (members, epochs int) {
	for _, one := range m.file.Members {
		if len(one.Notes) > 0 {
			s, _ := stateOf(one) // Fit says what is wrong with it
			return members, s.Epoch
		}
		members++
	}
	return members, 0
}

// Weights are a member's weights by name: one, or one a series in the order of Series.
func (m *Model) Weights(member int) map[string][]series.Array {
	return maps.Clone(m.file.Members[member].Weights)
}

// Bind joins a member of the model with data, in the data's own units: it is scaled as it was for training. A
// weight per series has its start in series that the model wasn't trained on.
func (m *Model) Bind(set series.Set, member int) (*Run, error) {
	if member < 0 || member >= m.Members() {
		return nil, fmt.Errorf("the model has no member %d; it has %d, counted from 0", member, m.Members())
	}
	scaled, _, err := m.scale(set)
	if err != nil {
		return nil, err
	}
	return m.bind(scaled, member)
}

// bind is Bind of data that has been scaled.
func (m *Model) bind(scaled series.Set, member int) (*Run, error) {
	o := m.options
	o.Seed = m.file.Members[member].Seed
	r, err := m.cell.Bind(scaled, o)
	if err != nil {
		return nil, err
	}
	for name, values := range m.file.Members[member].Weights {
		if slices.Contains(m.file.PerSeries, name) {
			own := slices.Clone(r.weights[name])
			for i, s := range r.data.Series {
				if k, ok := m.at[s.ID]; ok {
					own[i] = values[k]
				}
			}
			values = own
		}
		if err := r.Set(name, values...); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// modelOf is the model that a file holds.
func modelOf(f weights.Model) (*Model, error) {
	m := &Model{file: f, at: map[string]int{}}
	for i, id := range f.Series {
		m.at[id] = i
	}
	file, err := lang.Parse(&lang.Source{Name: f.Name, Text: f.Text})
	if err != nil {
		return nil, err
	}
	m.cell = &Cell{file: file, use: storedUse(f)}
	m.options, err = runOptions(f)
	return m, err
}

// storedUse finds what `use` names among what was stored with the model; a cell of the library that isn't there
// is the library's own.
func storedUse(f weights.Model) func(string, bool) (*lang.Source, error) {
	return func(name string, path bool) (*lang.Source, error) {
		if text, ok := f.Uses[useKey(name, path)]; ok {
			return &lang.Source{Name: name, Text: text}, nil
		}
		if path {
			return nil, fmt.Errorf("the model has no file %s", name)
		}
		return cells.Source(name)
	}
}

// useKey is what a file that is used is called among those stored: a path in quotes, as in `use "mine.cell"`.
func useKey(name string, path bool) string {
	if path {
		return strconv.Quote(name)
	}
	return name
}

// heard is a cell, and the texts of all that it uses, in files beside it and in the library, once it has been bound.
type heard struct {
	*Cell
	uses map[string]string
}

func (c *Cell) recording() heard {
	uses := map[string]string{}
	return heard{&Cell{file: c.file, use: func(name string, path bool) (*lang.Source, error) {
		src, err := c.use(name, path)
		if err == nil {
			uses[useKey(name, path)] = src.Text
		}
		return src, err
	}}, uses}
}

// runOptions are a run's options as a file has them, among the settings of training.
func runOptions(f weights.Model) (Options, error) {
	o := Options{
		Feed: f.Options["feed"], Feedback: f.Options["feedback"], Reduce: f.Options["reduce"], Fill: f.Options["fill"],
		Sizes: maps.Clone(f.Sizes), Each: f.Options["each"] == "true",
	}
	if held := f.Options["hold"]; held != "" {
		o.Hold = strings.Split(held, ",")
	}
	return o, o.Check()
}

// settings writes options as flags do, leaving out what is as usual.
func settings(o Options, extra map[string]string) map[string]string {
	out := map[string]string{}
	maps.Copy(out, extra)
	for name, value := range map[string]string{"feed": o.Feed, "feedback": o.Feedback, "reduce": o.Reduce, "fill": o.Fill} {
		if value != "" {
			out[name] = value
		}
	}
	if o.Each {
		out["each"] = "true"
	}
	if len(o.Hold) > 0 {
		out["hold"] = strings.Join(o.Hold, ",")
	}
	return out
}

// allSizes are the sizes of a cell's file: those that were given, and those that the data told.
func allSizes(c *Cell, given map[string]int, facts graph.Facts) map[string]int {
	sizes := maps.Clone(given)
	if sizes == nil {
		sizes = map[string]int{}
	}
	told := func(e lang.Expr, n int) {
		if name, ok := e.(*lang.Name); ok && n > 0 {
			if _, is := sizes[name.Name]; !is && !hasDefault(c.file, name.Name) {
				sizes[name.Name] = n
			}
		}
	}
	for _, st := range c.file.Stmts {
		in, ok := st.(*lang.Input)
		if !ok {
			continue
		}
		for _, it := range in.Items {
			if it.Shape != nil && len(it.Shape.Dims) > 0 {
				told(it.Shape.Dims[0], facts.Width[it.Name])
			}
			if it.In != nil {
				told(it.In, facts.Classes[it.Name])
			}
		}
	}
	return sizes
}

// hasDefault tells whether a file gives a size a number.
func hasDefault(f *lang.File, name string) bool {
	for _, st := range f.Stmts {
		s, ok := st.(*lang.Size)
		if ok && slices.ContainsFunc(s.Items, func(it lang.SizeItem) bool { return it.Name == name && it.Default != nil }) {
			return true
		}
	}
	return false
}
