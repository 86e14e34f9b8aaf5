// Package unroll runs, differentiates and explains recurrent networks that are written as equations.
//
// A cell is a small file:
//
//	input  y
//	state  h = 0
//	weight u, v, w = 0.5
//	h    = relu(w*h[t-1] + v*y[t-1])
//	yhat = relu(u*h)
//	y ~ squared(yhat)
//
// Parse reads it, Bind joins it with data and with the choices of a run, and the Run that comes of
// it has values, a loss and a gradient: exact fractions wherever the equations are rational.
//
//	cell, err := unroll.Parse("sheet.cell", text)
//	run, err := cell.Bind(unroll.Numbers("y", 0, 1, -1, 2), unroll.Options{})
//	loss, err := run.Loss()
//	gradient, err := run.Gradient()
//
// A Run interprets the cell, exactly and slowly. Compile makes of it what runs at the speed of the machine,
// in float32 or float64: an Engine, for the loss and its gradient, and a Stream, for one step after the other.
//
//	compiled, err := run.Compile(unroll.EngineOptions{})
//	engine, err := compiled.Engine()
//	loss := engine.Run()
//	gradient, err := engine.Grad("w")
//
// The work is done in the packages below; this one is the door to them. What a file means is in
// docs/language.md, how the packages fit together in ARCHITECTURE.md.
package unroll
