package unroll

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"unroll/graph"
	"unroll/series"
	"unroll/train"
	"unroll/weights"
)

// FitOptions say how a cell is trained. The zero value goes through all data 100 times with Adam.
type FitOptions struct {
	// Training is as package train has it. Its Seed is the run's; its Progress, Checkpoint and From are Fit's
	// own, for they are about one member of several: see below.
	Training train.Options
	Scale    string            // how inputs that are forecast are scaled, each series by itself: one of series.Scales; "": not at all
	Seeds    int               // how many sets of weights are trained, from as many seeds, to be averaged in forecasts; 0: one
	Settings map[string]string // what else the model is to say of its training
	Calendar map[string]string // what the model is to keep of the data's times

	Progress   func(member int, e train.Epoch) // after each epoch, if not nil
	Checkpoint func(*Model) error              // with a model from which From goes on; see Training.Every
	From       *Model                          // a checkpoint of the same training; nil: it begins
}

// Fitted is a model, and what its training came to.
type Fitted struct {
	*Model
	Epochs  [][]train.Epoch // by member; none of one that From had finished
	Stopped []string        // by member: why it ended
	Short   []string        // series that are too short to train on
	Each    []train.Fitted  // with Options.Each: how each series' own fit ended, in the order of Series
}

// Fit finds the weights that make the cell's loss on data small. If the context is cancelled, or the loss gets
// infinite or undefined, what there is by then comes with the error. The error names the series it is about.
func (c *Cell) Fit(ctx context.Context, set series.Set, o Options, f FitOptions) (*Fitted, error) {
	x, err := c.fitting(set, o, f)
	if err != nil {
		return nil, err
	}
	for k := range max(1, f.Seeds) {
		if err := x.member(ctx, k); err != nil {
			return x.fitted(), err
		}
	}
	return x.fitted(), nil
}

// fitting is a training under way.
type fitting struct {
	cell    *Cell
	options Options
	how     FitOptions
	data    series.Set // scaled
	file    weights.Model
	out     Fitted
}

// fitting makes all ready that the members have in common.
func (c *Cell) fitting(set series.Set, o Options, f FitOptions) (*fitting, error) {
	if f.Seeds < 0 {
		return nil, fmt.Errorf("%d seeds; expected a number from 1 on", f.Seeds)
	}
	x := &fitting{cell: c, options: o, how: f}
	known := map[string]map[string]series.Scaling{}
	if f.From != nil {
		known = f.From.file.Scales
	}
	var err error
	if x.data, x.file.Scales, err = scaleSet(set, c.Inputs(), f.Scale, known, f.Training.Holdout); err != nil {
		return nil, err
	}
	heard := c.recording()
	r, err := heard.Bind(x.data, o)
	if err != nil {
		return nil, err
	}
	if r.graph.Loss == nil {
		return nil, fmt.Errorf("%s has no loss: nothing is observed with ~, so there is nothing to train", r.graph.Cell)
	}
	x.options.Sizes = allSizes(c, o.Sizes, r.choices.Facts)
	x.file.Uses = heard.uses
	x.file.Name, x.file.Text = c.file.Src.Name, c.file.Src.Text
	x.file.Sizes, x.file.Calendar = x.options.Sizes, f.Calendar
	x.file.Options = settings(o, f.Settings)
	if f.Scale != "" {
		x.file.Options["scale"] = f.Scale
	}
	for _, s := range r.data.Series {
		x.file.Series = append(x.file.Series, s.ID)
	}
	for _, w := range r.graph.Weights {
		if w.PerSeries {
			x.file.PerSeries = append(x.file.PerSeries, w.Name)
		}
	}
	x.file.Options[optionData] = fingerprint(r.data)
	if f.From != nil {
		return x, sameTraining(&f.From.file, &x.file)
	}
	return x, nil
}

// member trains the k-th set of weights, unless it is done already.
func (x *fitting) member(ctx context.Context, k int) error {
	o := x.options
	o.Seed += uint64(k)
	how := x.how.Training
	how.Seed = o.Seed
	if from := x.how.From; from != nil && k < from.Members() {
		m := from.file.Members[k]
		if len(m.Notes) == 0 {
			x.keep(m, nil, "finished before")
			return nil
		}
		s, err := stateOf(m)
		if err != nil {
			return err
		}
		if !o.Each {
			how.From = &s
		}
	}
	p, err := x.problem(o)
	if err != nil {
		return err
	}
	how.Progress = func(e train.Epoch) {
		if x.how.Progress != nil {
			x.how.Progress(k, e)
		}
	}
	if x.how.Checkpoint != nil {
		how.Checkpoint = func(s train.State) error { return x.checkpoint(o.Seed, p.Weights, s) }
	}
	return x.train(ctx, p, how)
}

// train trains one set of weights, and keeps what there is of it also where it ends early.
func (x *fitting) train(ctx context.Context, p train.Problem, how train.Options) error {
	if x.options.Each {
		own, err := train.FitEach(ctx, p, how)
		if own == nil {
			return err
		}
		m := weights.Member{Seed: how.Seed, Weights: own.Weights}
		if err != nil {
			_, m.Notes = stored(train.State{}) // it begins anew
		}
		x.out.Each = own.Series
		x.keep(m, nil, "")
		return err
	}
	res, err := train.Fit(ctx, p, how)
	if res == nil {
		return err
	}
	m := weights.Member{Seed: how.Seed, Weights: res.Weights}
	if err != nil {
		m.State, m.Notes = stored(res.State) // it can go on from here
	}
	x.keep(m, res.Epochs, res.Stopped)
	x.out.Short = res.Short
	return err
}

// keep adds a member to what there is.
func (x *fitting) keep(m weights.Member, epochs []train.Epoch, stopped string) {
	x.file.Members = append(x.file.Members, m)
	x.out.Epochs = append(x.out.Epochs, epochs)
	x.out.Stopped = append(x.out.Stopped, stopped)
}

// problem is what is trained: the run's graph with what training draws, and the same without for validation.
func (x *fitting) problem(o Options) (train.Problem, error) {
	o.Training = true
	r, err := x.cell.Bind(x.data, o)
	if err != nil {
		return train.Problem{}, err
	}
	still := r.choices
	still.Training = false
	valid, err := graph.Build(x.cell.file, still)
	if err != nil {
		return train.Problem{}, err
	}
	p := r.training()
	p.Valid = valid
	return p, nil
}

// training is the run as package train wants it.
func (r *Run) training() train.Problem {
	run := r.evalRun()
	return train.Problem{
		Graph: r.graph, Data: r.data, Weights: r.weights,
		Mean: r.choices.Mean, Masked: run.Masked, Steps: run.Steps, Table: r.choices.Table,
	}
}

// checkpoint gives away a model of what there is, from which training can go on.
func (x *fitting) checkpoint(seed uint64, start map[string][]series.Array, s train.State) error {
	file := x.file
	m := weights.Member{Seed: seed, Weights: start}
	m.State, m.Notes = stored(s)
	file.Members = append(slices.Clone(file.Members), m)
	model, err := modelOf(file)
	if err != nil {
		return err
	}
	return x.how.Checkpoint(model)
}

// fitted is what there is.
func (x *fitting) fitted() *Fitted {
	if len(x.file.Members) == 0 {
		return nil
	}
	m, err := modelOf(x.file)
	if err != nil {
		return nil // the file was parsed and the options were read before
	}
	x.out.Model = m
	return &x.out
}

// What a member's notes say of training that isn't done.
const (
	noteStep  = "step"
	noteEpoch = "epoch"
	noteAt    = "at"
)

// stored is a state as a model file has it.
func stored(s train.State) (map[string][]float64, map[string]string) {
	return maps.Clone(s.Vectors), map[string]string{noteStep: strconv.Itoa(s.Step), noteEpoch: strconv.Itoa(s.Epoch), noteAt: strconv.Itoa(s.At)}
}

// stateOf is the state that a model file has.
func stateOf(m weights.Member) (train.State, error) {
	s := train.State{Vectors: maps.Clone(m.State)}
	for name, to := range map[string]*int{noteStep: &s.Step, noteEpoch: &s.Epoch, noteAt: &s.At} {
		n, err := strconv.Atoi(m.Notes[name])
		if err != nil {
			return s, fmt.Errorf("the model's note %q of where training stands is no number: %q", name, m.Notes[name])
		}
		*to = n
	}
	return s, s.Check()
}
