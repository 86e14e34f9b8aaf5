package explain

import (
	"maps"

	"unroll/eval"
	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
	"unroll/op"
	"unroll/series"
)

// Case is a cell with its data and every choice of the run made: what is to be explained.
type Case struct {
	File    *lang.File // the equations as written
	Graph   *graph.Graph
	Run     eval.Run // the data and the weights that the graph is run on
	Choices graph.Choices

	// Rebind is the same cell and data with other choices.
	Rebind func(graph.Choices) (Case, error)
}

// solved is a case with its derivative and the values of both.
type solved struct {
	Case
	d *grad.Derivative // nil if the cell has no loss
	v *eval.Values
}

// solve differentiates a case and computes it.
func solve(c Case) (*solved, error) {
	if c.Choices.Table == nil {
		c.Choices.Table = op.Standard()
	}
	s := &solved{Case: c}
	g := c.Graph
	if g.Loss != nil {
		d, err := grad.Loss(g, c.Choices.Table)
		if err != nil {
			return nil, err
		}
		s.d, g = d, d.Graph
	}
	v, err := eval.Eval(g, c.Run)
	if err == nil {
		err = v.Undefined()
	}
	s.v = v
	return s, err
}

// with is the loss with other weights. Forecasts that count as numbers keep the values they had.
func (s *solved) with(changed map[string][]series.Array, stopped *eval.Values) (series.Array, error) {
	run := s.Run
	run.Weights = maps.Clone(run.Weights)
	maps.Copy(run.Weights, changed)
	run.Stopped = stopped
	v, err := eval.Eval(s.Graph, run)
	if err != nil {
		return series.Array{}, err
	}
	return v.At(s.Graph.Loss, 0, 0), nil
}

// ids are the series' names.
func (s *solved) ids() []string {
	if len(s.Run.Data.Series) == 0 {
		return []string{"1"}
	}
	var ids []string
	for _, one := range s.Run.Data.Series {
		ids = append(ids, one.ID)
	}
	return ids
}
