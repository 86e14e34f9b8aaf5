package unroll

import (
	"maps"

	"unroll/series"
	"unroll/train"
)

// Watch looks at the gradient of the first batch that Fit would take with the same data and options: where
// training begins, or, with a model that it has made, with the weights of that.
func (c *Cell) Watch(set series.Set, o Options, f FitOptions, m *Model) (*train.Report, error) {
	x, err := c.fitting(set, o, f)
	if err != nil {
		return nil, err
	}
	p, err := x.problem(x.options)
	if err != nil {
		return nil, err
	}
	if m != nil {
		p.Weights = maps.Clone(p.Weights)
		maps.Copy(p.Weights, m.file.Members[0].Weights)
	}
	how := f.Training
	how.Seed = o.Seed
	return train.Watch(p, how)
}
