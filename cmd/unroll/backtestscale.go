package main

import (
	"unroll"
	"unroll/series"
)

// findScales are the scales of the metrics: those of a model, if --scaled asks for them.
func (f *backtestFlags) findScales(model *unroll.Model, set series.Set) error {
	if !f.scaled {
		return nil
	}
	if model == nil {
		return usage("--scaled is for a model, which knows the scale that it was trained on; train the cell first, or leave --scaled out")
	}
	scales, err := model.Scales(set)
	if err == nil && scales == nil {
		return usage("--scaled: the model was trained on the data as they are; expected a model trained with --scale, or no --scaled")
	}
	f.scales = scales
	return err
}
