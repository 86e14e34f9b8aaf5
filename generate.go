package unroll

import (
	"context"
	"fmt"
	"math/big"

	"unroll/forecast"
)

// GenerateOptions are the choices of a text that is written on. Only Length must be given.
type GenerateOptions struct {
	Length      int     // how many symbols
	Temperature float64 // divides the logits: below 1 the likely becomes likelier; 0 is 1
	Likeliest   bool    // always the likeliest symbol: nothing is drawn
	Seed        uint64
	Float64     bool // computed in float64, in place of float32
}

// Generate writes on from the symbols that the run's data are, with a cell that forecasts classes: each symbol
// is drawn from the probabilities that the cell gives it, and read as if it had been observed. The first of the
// run's series is what comes before.
func (r *Run) Generate(ctx context.Context, o GenerateOptions) ([]int, error) {
	if o.Temperature < 0 {
		return nil, fmt.Errorf("a temperature of %v; expected a number above 0", o.Temperature)
	}
	one := *r
	one.choices.Temperature = nil
	if o.Temperature > 0 {
		one.choices.Temperature = new(big.Rat).SetFloat64(o.Temperature)
	}
	p, targets, err := one.problem(ForecastOptions{Horizon: o.Length, Float64: o.Float64}, !o.Likeliest)
	if err != nil {
		return nil, err
	}
	if in := targets[0].Input; !r.counts(in) {
		return nil, fmt.Errorf("%s isn't a symbol: nothing but an input s in V, observed as s ~ categorical(…), can be written on", in)
	}
	var out []int
	err = forecast.Samples(ctx, p, o.Seed, 1, func(target, series int, paths []forecast.Path) {
		if target == 0 && series == 0 {
			for _, x := range paths[0] {
				out = append(out, int(x))
			}
		}
	})
	return out, err
}

// counts tells whether an input is of whole numbers from 0 on.
func (r *Run) counts(input string) bool {
	for _, in := range r.graph.Inputs {
		if in.Name == input {
			return in.Classes > 0
		}
	}
	return false
}
