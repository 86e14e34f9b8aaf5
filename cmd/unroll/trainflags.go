package main

import (
	"strings"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/train"
)

// trainFlags are the flags of every verb that trains.
type trainFlags struct {
	runFlags
	how   train.Options
	scale string
	each  bool
	hold  []string
	seeds int
}

// trains adds the flags of the data, of the graph and of training.
func (f *trainFlags) trains(c *cobra.Command) {
	f.reads(c)
	f.learns(c)
}

// learns adds the flags of how weights are found.
func (f *trainFlags) learns(c *cobra.Command) {
	add := c.Flags()
	add.StringArrayVar(&f.weights, "weight", nil, "where a weight starts, as `u=2/3`, b=[1,2] or W=[[1,2],[3,4]]")
	add.StringSliceVar(&f.hold, "hold", nil, "weights that stay where they start, `NAMES` with commas between them")
	f.feeds(c)
	add.Uint64Var(&f.seed, "seed", 0, "the seed `N` of all that is random: starts, the order of batches,\nwhat training draws")
	add.IntVar(&f.seeds, "seeds", 1, "train from `N` seeds; forecasts are the mean")
	add.StringVar(&f.scale, "scale", "none", "`HOW` each series is scaled: none, standard, max, log or mean; forecasts\nare scaled back")
	add.BoolVar(&f.each, "each", false, "every series has weights of its own, and is fitted for itself")
	f.batches(c)
	f.descends(c)
}

func (f *trainFlags) batches(c *cobra.Command) {
	add := c.Flags()
	add.IntVar(&f.how.Epochs, "epochs", usualEpochs, "go through all data `N` times, at most; not given, more often where there\nare few series, for 2,000 steps")
	add.IntVar(&f.how.Batch, "batch", 32, "`N` series, or windows of series, a step")
	add.IntVar(&f.how.Window, "window", 0, "train on windows of `N` steps; 0: whole series")
	add.BoolVar(&f.how.Carry, "carry", false, "windows of a series follow each other, each going on from the state\nof the one before")
	add.IntVar(&f.how.Holdout, "holdout", 0, "keep the last `N` times of each series for validation")
	add.IntVar(&f.how.Patience, "patience", 0, "end after `N` epochs without a better validation loss")
	add.IntVar(&f.how.Cores, "cores", 0, "how many cores are taken at most, `N`; 0: all there are")
	add.BoolVar(&f.how.Float64, "float64", false, "numbers are float64, in place of float32")
}

func (f *trainFlags) descends(c *cobra.Command) {
	add, d := c.Flags(), &f.how.Descent
	add.StringVar(&d.Method, "method", "adam", "how weights move, `HOW`: "+strings.Join(train.Methods, ", "))
	add.Float64Var(&d.Rate, "rate", 0, "the learning rate `R`; else that usual for the method")
	add.Float64Var(&d.Momentum, "momentum", 0, "of momentum, nesterov and rmsprop, `M`")
	add.Float64Var(&d.Beta1, "beta1", 0, "of adam and adamw, `B`: what is kept of the mean of gradients")
	add.Float64Var(&d.Beta2, "beta2", 0, "of adam, adamw and rmsprop, `B`: what is kept of their squares")
	add.Float64Var(&d.Decay, "decay", 0, "of weights, `D`")
	add.Float64Var(&d.ClipNorm, "clip-norm", 0, "the gradient's norm is cut to `C`")
	add.Float64Var(&d.ClipValue, "clip-value", 0, "the gradient's entries are cut to `C`")
	add.StringVar(&d.Schedule, "schedule", "constant", "how the rate changes, `HOW`: "+strings.Join(train.Schedules, ", "))
	add.IntVar(&d.Warmup, "warmup", 0, "the rate rises over the first `N` steps")
	add.IntVar(&d.Wait, "wait", 0, "step, plateau: `N` epochs before the rate falls")
	add.Float64Var(&d.Factor, "factor", 0, "step, plateau: what the rate is multiplied by, `F`")
	add.Float64Var(&d.Final, "final", 0, "cosine: the last rate, as a `SHARE` of the first")
	add.Float64Var(&d.EMA, "ema", 0, "weights are averaged over the steps, `D` of the average being kept\nat a step, such as 0.999")
	add.IntVar(&d.AverageLast, "average-last", 0, "weights are averaged over the ends of the last `N` epochs")
}

// fit turns the flags into the options of a run and of its training.
func (f *trainFlags) fit() (unroll.Options, unroll.FitOptions, error) {
	o, err := f.options()
	if err != nil {
		return o, unroll.FitOptions{}, err
	}
	o.Training, o.Each, o.Hold = false, f.each, f.hold
	if f.each && !f.given("method") {
		f.how.Method = ""
	}
	if (f.each || f.how.Method == "lbfgs") && !f.given("epochs") {
		f.how.Epochs = 0 // as many as are usual for these
	}
	fit := unroll.FitOptions{Training: f.how, Seeds: f.seeds, Scale: f.scale, Settings: f.settings()}
	if f.scale == "none" {
		fit.Scale = ""
	}
	if err := f.checkTraining(); err != nil {
		return o, fit, err
	}
	given, err := f.readWeights()
	for name, values := range given {
		if len(values) > 1 {
			return o, fit, usage("--weight %s has %d values; a weight starts from one in all series, as in --weight u=2/3", name, len(values))
		}
		o.Weights[name] = values[0]
	}
	return o, fit, err
}

const (
	usualEpochs = 100
	usualSteps  = 2000 // at least, where series are few
	mostEpochs  = 2000
)

// enough is the options with as many epochs as are usual for so many series, unless the call says how many.
func (f *trainFlags) enough(fit unroll.FitOptions, series int) unroll.FitOptions {
	if t := &fit.Training; t.Epochs == usualEpochs && !f.given("epochs") && t.Window == 0 {
		steps := max(1, (series+t.Batch-1)/t.Batch)
		t.Epochs = min(mostEpochs, max(usualEpochs, (usualSteps+steps-1)/steps))
	}
	return fit
}

// learned are the flags whose values a model keeps as settings, and which a training that is resumed must share.
var learned = []string{"method", "rate", "momentum", "beta1", "beta2", "decay", "clip-norm", "clip-value", "schedule", "warmup", "wait",
	"factor", "final", "ema", "average-last", "epochs", "batch", "window", "carry", "holdout", "patience", "float64", "seed", "seeds", "weight"}

// settings are the flags of training that were given.
func (f *trainFlags) settings() map[string]string {
	out := map[string]string{}
	for _, name := range learned {
		if name == "weight" && len(f.weights) > 0 {
			out[name] = strings.Join(f.weights, " ")
		} else if f.given(name) {
			out[name] = f.cmd.Flags().Lookup(name).Value.String()
		}
	}
	return out
}
