package explain

import (
	"fmt"
	"math/big"
	"slices"

	"unroll/graph"
)

// Options are what a reader wants to be told.
type Options struct {
	Rate    *big.Rat // of the step of gradient descent; nil: DefaultRate
	Wrt     []string // the weights that are moved; none: all
	Lang    string   // "en" or "ru"; "": "en"
	Digits  int      // of rounded numbers; 0: 4
	Full    bool     // every step of a long series
	Neurons int      // of the layer that a cell of numbers is shown as; 0: 3

	Jacobians bool // how far a change of the state reaches: the norms of ∂h_t/∂h_k
	Influence bool // which past input moved which error
}

// DefaultRate is the learning rate of a solution that is not told one: that of most exercises on paper.
var DefaultRate = big.NewRat(1, 10)

const (
	defaultDigits  = 4
	defaultNeurons = 3
)

func (o Options) withDefaults() Options {
	if o.Rate == nil {
		o.Rate = DefaultRate
	}
	if o.Lang == "" {
		o.Lang = "en"
	}
	if o.Digits == 0 {
		o.Digits = defaultDigits
	}
	if o.Neurons == 0 {
		o.Neurons = defaultNeurons
	}
	return o
}

// check wants the weights that are to be moved to be there.
func (o Options) check(g *graph.Graph) error {
	var all []string
	for _, w := range g.Weights {
		if !w.Fixed {
			all = append(all, w.Name)
		}
	}
	for _, name := range o.Wrt {
		if !slices.Contains(all, name) {
			return fmt.Errorf("the cell has no weight %s that is learnt; it has %v", name, all)
		}
	}
	return nil
}
