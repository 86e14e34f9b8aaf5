package main

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"unroll/series"
	"unroll/train"
)

// checkTraining finds what is wrong in the flags of training.
func (f *trainFlags) checkTraining() error {
	for _, check := range []func() error{f.checkWords, f.checkCounts, f.checkNumbers, f.checkTogether} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkWords finds flags that are none of a few words.
func (f *trainFlags) checkWords() error {
	for _, w := range []struct {
		flag, value string
		among       []string
	}{{"scale", f.scale, series.Scales}, {"method", f.how.Method, train.Methods}, {"schedule", f.how.Schedule, train.Schedules}} {
		if w.value == "" && !f.given(w.flag) {
			continue
		}
		if !slices.Contains(w.among, w.value) {
			return usage("--%s %s: %s", w.flag, w.value, oneOf(w.value, w.among))
		}
	}
	return nil
}

// most is more than anybody trains: more epochs, steps or windows than would end.
const most = 1_000_000_000

// checkCounts finds whole numbers that are too small or too large.
func (f *trainFlags) checkCounts() error {
	h := &f.how
	for _, n := range []struct {
		flag        string
		value, from int
		at          int // at most
	}{
		{"seeds", f.seeds, 1, 10_000}, {"epochs", h.Epochs, 1, most}, {"batch", h.Batch, 1, most}, {"window", h.Window, 0, most},
		{"holdout", h.Holdout, 0, most}, {"patience", h.Patience, 0, most}, {"cores", h.Cores, 0, 10_000}, {"warmup", h.Warmup, 0, most},
		{"wait", h.Wait, 0, most}, {"average-last", h.AverageLast, 0, most},
	} {
		if f.given(n.flag) && (n.value < n.from || n.value > n.at) {
			return wholeFrom(n.flag, n.value, n.from, n.at)
		}
	}
	return nil
}

// wholeFrom is the error of a flag that is a whole number out of its range.
func wholeFrom(flag string, value, from, to int) error {
	if to == most {
		return usage("--%s %d: expected a whole number from %d on, up to a thousand million", flag, value, from)
	}
	return usage("--%s %d: expected a whole number from %d to %d", flag, value, from, to)
}

// checkNumbers finds numbers that are out of their range, or none.
func (f *trainFlags) checkNumbers() error {
	d := &f.how.Descent
	for _, n := range []struct {
		flag  string
		value float64
		share bool // it is below 1
	}{
		{"rate", d.Rate, false}, {"momentum", d.Momentum, true}, {"beta1", d.Beta1, true}, {"beta2", d.Beta2, true},
		{"decay", d.Decay, false}, {"clip-norm", d.ClipNorm, false}, {"clip-value", d.ClipValue, false}, {"factor", d.Factor, true},
		{"final", d.Final, true}, {"ema", d.EMA, true},
	} {
		switch {
		case n.share && !(n.value >= 0 && n.value < 1):
			return usage("--%s %v: expected a number from 0 on, below 1", n.flag, n.value)
		case !(n.value >= 0 && n.value <= math.MaxFloat64):
			return usage("--%s %v: expected a number from 0 on", n.flag, n.value)
		}
	}
	return nil
}

// checkTogether finds flags that don't go together.
func (f *trainFlags) checkTogether() error {
	h := &f.how
	switch {
	case h.Carry && h.Window == 0:
		return usage("--carry goes from window to window, and there is no --window; say how many steps a window has, as in --window 100 --carry")
	case h.Patience > 0 && h.Holdout == 0:
		return usage("--patience waits for a better validation loss, and nothing is held out for one; add --holdout, as in --holdout 12 --patience %d", h.Patience)
	case h.Schedule == "plateau" && h.Holdout == 0:
		return usage("--schedule plateau looks at the validation loss, and nothing is held out for one; add --holdout, such as --holdout 12")
	case h.EMA > 0 && h.AverageLast > 0:
		return usage("give either --ema or --average-last, not both")
	case f.each && f.seeds > 1:
		return usage("--each fits every series for itself, from one seed; give either --each or --seeds, not both")
	}
	whole, why := []string{"batch", "window", "carry"}, ""
	switch {
	case h.Method == "lbfgs":
		why = "--method lbfgs takes all data at once, and a step as long as is best"
		whole = append(whole, "rate", "momentum", "beta1", "beta2", "decay", "clip-norm", "clip-value", "schedule", "ema", "average-last")
	case f.each:
		why = "--each fits every series for itself, the whole of it"
	default:
		return nil
	}
	for _, flag := range whole {
		if f.given(flag) {
			return usage("%s; it knows no --%s: expected a call without", why, flag)
		}
	}
	return nil
}

// levels reads a list of levels in percent, as 80,95.
func levels(list string) ([]float64, error) {
	if list == "" {
		return nil, nil
	}
	var all []float64
	for _, s := range strings.Split(list, ",") {
		x, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		switch {
		case err != nil:
			return nil, usage("--level %s: expected numbers with commas between them, as in --level 80,95", list)
		case !(x > 0 && x < 100):
			return nil, usage("--level %s: a level is between 0 and 100 percent, as in --level 80,95", list)
		case slices.Contains(all, x):
			return nil, usage("--level %s: %v is given twice; expected each level once", list, x)
		}
		all = append(all, x)
	}
	return all, nil
}
