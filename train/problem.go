package train

import (
	"fmt"

	"unroll/graph"
	"unroll/op"
	"unroll/series"
)

// Problem is what is trained: a graph, and data.
type Problem struct {
	Graph   *graph.Graph              // built with Training if anything is drawn; it has a loss
	Valid   *graph.Graph              // for validation: the same without what training draws; nil: Graph
	Data    series.Set                // as the graph reads it
	Weights map[string][]series.Array // where they start: one array each, or one a series
	Mean    bool                      // the graph was built with Mean
	Masked  bool                      // as in eval.Run
	Steps   int                       // as in eval.Run
	Table   *op.Table                 // nil: op.Standard()
}

// Options are how it is trained. The zero value takes whole series, 32 a step, for 100 epochs.
type Options struct {
	Descent

	Epochs   int    // how often all data is gone through, at most; 0: 100
	Batch    int    // series, or windows, of a step; 0: 32
	Window   int    // steps of a window of a series; 0: whole series
	Carry    bool   // windows of a series follow each other, each going on from the state of the one before
	Holdout  int    // how many times at the end of each series are kept for validation
	Patience int    // epochs without a better validation loss before it ends; 0: it goes on to the end
	Seed     uint64 // of the order of batches, and of all that is drawn
	Cores    int    // 0: as many as Go may use
	Float64  bool   // numbers are float64, in place of float32

	Progress   func(Epoch)       // after each epoch, if not nil
	Step       func(Step)        // after each step
	Checkpoint func(State) error // after each epoch, every so many steps, and when it is stopped
	Every      int               // steps between checkpoints; 0: at the ends of epochs only
	From       *State            // where it goes on; nil: at the beginning
}

// Epoch is what an epoch came to. Losses are by scored entry.
type Epoch struct {
	N       int     // counted from 1
	Steps   int     // of the epoch
	Loss    float64 // mean over its steps, each with the weights of the step
	Valid   float64 // validation loss at its end; NaN without validation
	Rate    float64 // of learning, of its last step
	Norm    float64 // of the gradient, before it is clipped: mean over its steps
	Best    bool    // its weights are the best so far
	Seconds float64 // that it took; not kept by a State
}

// Step is where training is, for who wants to show it.
type Step struct {
	Epoch, N, Of int // the epoch, and which step of how many in it: all counted from 1
	Loss         float64
}

// Result is what training came to.
type Result struct {
	Weights map[string][]series.Array // the best, or the last without validation; averages, if they are asked for
	Epochs  []Epoch
	Stopped string   // why it ended
	Short   []string // series that are too short to train on, by their IDs
	State   State
}

// filled is the options with the usual numbers in place of zeros.
func (o Options) filled() Options {
	if o.Epochs == 0 {
		o.Epochs = 100
	}
	if o.Batch == 0 {
		o.Batch = 32
	}
	return o
}

// check finds what can't be.
func (p Problem) check(o Options) error {
	if err := o.Check(); err != nil {
		return err
	}
	if p.Graph.Loss == nil {
		return fmt.Errorf("%s has no loss: nothing is observed with ~", p.Graph.Cell)
	}
	for _, n := range []struct {
		name  string
		value int
	}{{"epochs", o.Epochs}, {"batch", o.Batch}, {"window", o.Window}, {"holdout", o.Holdout}, {"patience", o.Patience}, {"cores", o.Cores}} {
		if n.value < 0 {
			return fmt.Errorf("%s is %d; expected a number from 0 on", n.name, n.value)
		}
	}
	switch {
	case o.Carry && o.Window == 0:
		return fmt.Errorf("states are carried from window to window; say how many steps a window has")
	case o.Patience > 0 && o.Holdout == 0:
		return fmt.Errorf("patience waits for a better validation loss; say how many times at the end of each series are held out for it")
	}
	return nil
}
