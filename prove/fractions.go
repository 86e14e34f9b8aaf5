package prove

import (
	"fmt"
	"math/big"

	"unroll/internal/naive"
	"unroll/series"
)

// withFractions holds the loss and every derivative against the naive interpreter's, as fractions that
// must be equal. The error says why it can't be done.
func (t *trial) withFractions() error {
	want, err := naive.Run(t.file, t.world.data, naive.Options{
		Feed: t.feed.String(), Stop: t.stop, Mean: t.choices.Mean, Training: t.training,
		Sizes: t.choices.Sizes, Weights: t.world.weights, Steps: t.world.steps, Uniform: t.world.uniform,
	})
	if err != nil {
		return err
	}
	if want.T0 != t.graph.T0 {
		t.fault("the first step is t = %d, and should be %d", t.graph.T0, want.T0)
	}
	if got := t.values.At(t.d.Of, 0, 0).Rat[0]; got.Cmp(want.Loss) != 0 {
		t.fault("the loss is %s, and should be %s", short(got), short(want.Loss))
	}
	line := t.by(Fractions)
	for _, p := range t.graph.Weights {
		for s, a := range want.Grad[p.Name] {
			got := t.values.At(t.d.Weight[p.Name], s, 0)
			for i := range a.Len() {
				line.Derivatives, line.Of = line.Derivatives+1, line.Of+1
				if got.Rat[i].Cmp(a.Rat[i]) != 0 {
					t.fault("the derivative by %s is %s, and should be %s", entry(p.Name, s, i, a), short(got.Rat[i]), short(a.Rat[i]))
				}
			}
		}
	}
	return nil
}

// fault notes a difference, and in which run.
func (t *trial) fault(format string, args ...any) {
	t.report.Faults = append(t.report.Faults, fmt.Sprintf("%s: %s", t.choice, fmt.Sprintf(format, args...)))
}

// by is the line of the report for a method.
func (t *trial) by(m Method) *Line {
	if t.lines[m] == nil {
		line := t.base
		line.With = m
		t.lines[m] = &line
	}
	return t.lines[m]
}

// entry names an entry of a weight's copy, counted as in a file.
func entry(weight string, copy, i int, a series.Array) string {
	switch {
	case a.Len() == 1:
	case a.C == 1:
		weight += fmt.Sprintf("[%d]", i)
	default:
		weight += fmt.Sprintf("[%d, %d]", i/a.C, i%a.C)
	}
	if copy > 0 {
		weight += fmt.Sprintf(" of series %d", copy+1)
	}
	return weight
}

// short is a fraction, or its value if it is long.
func short(v *big.Rat) string {
	if s := v.RatString(); len(s) <= 24 {
		return s
	}
	f, _ := v.Float64()
	return fmt.Sprintf("≈ %.15g", f)
}
