package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unroll"
	"unroll/graph"
)

// measure measures a cell at one size.
func (f *benchFlags) measure() (benchRow, error) {
	end := working(reporterOf(f.cmd), fmt.Sprintf("measuring %s …", f.cell))
	defer end()
	if f.stream {
		return f.measureStream()
	}
	run, row, err := f.run()
	if err != nil {
		return row, err
	}
	o := f.engine()
	if run.Graph().Loss == nil {
		o.Keep = forecasts(run.Graph())
	}
	c, err := run.Compile(o)
	if err != nil {
		return row, err
	}
	if first := run.Graph().T0; f.steps <= first {
		return row, usage("--steps %d: the first step of %s is t = %d; give more", f.steps, f.cell, first)
	}
	e, err := c.Engine()
	if err != nil {
		return row, err
	}
	took := median(func() { e.Run() })
	ms := digits(float64(took) / float64(time.Millisecond))
	row.MS, row.GFlops, row.Bytes = &ms, digits(e.Flops()/float64(took)), e.Bytes()
	return row, nil
}

func (f *benchFlags) engine() unroll.EngineOptions {
	return unroll.EngineOptions{Float64: f.float64, Forward: !f.backward, Cores: f.cores, Memory: f.memory, Family: f.family, Without: f.without}
}

// measureStream measures one step of a stream of the forecasts, after some data.
func (f *benchFlags) measureStream() (benchRow, error) {
	const steps = 100 // timed together
	f.batch, f.steps = 1, steps
	run, row, err := f.run()
	if err != nil {
		return row, err
	}
	row.Steps = 0
	o := f.engine()
	o.Forward, o.Keep = true, forecasts(run.Graph())
	if len(o.Keep) == 0 {
		return row, usage("%s names no value that changes with time, so a stream has nothing to compute; write what is forecast as an equation, as in yhat = …, and y ~ squared(yhat)", f.cell)
	}
	c, err := run.Compile(o)
	if err != nil {
		return row, err
	}
	e, err := c.Engine()
	if err != nil {
		return row, err
	}
	s, err := e.Stream()
	if err != nil {
		return row, err
	}
	values := make([][]float64, steps)
	for t := range values {
		for _, name := range s.Inputs() {
			a := run.Data().Series[0].Columns[name].At(t)
			values[t] = append(values[t], a.Float...)
		}
	}
	took := median(func() {
		for _, x := range values {
			err = errors.Join(err, s.Step(x...))
		}
	})
	us := digits(float64(took) / float64(time.Microsecond) / steps)
	row.US, row.GFlops, row.Bytes = &us, digits(s.Flops()*steps/float64(took)), s.Bytes()
	return row, err
}

// forecasts are the equations that forecast what is observed; if there are none, all that the file itself has.
func forecasts(g *graph.Graph) []string {
	var all, some []string
	for _, n := range g.Names {
		if n.Scope < graph.Steps || strings.Contains(n.Name, ".") {
			continue
		}
		all = append(all, n.Name)
		if slices.ContainsFunc(g.Scores, func(s *graph.Score) bool { return s.Forecast == n }) {
			some = append(some, n.Name)
		}
	}
	if len(some) > 0 {
		return some
	}
	return all
}

// digits rounds to four significant digits: more are noise.
func digits(x float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64)
	if err != nil {
		return x
	}
	return short
}

const (
	leastRuns = 7
	leastTime = time.Second / 2 // of all runs together
)

// median is how long a call takes: the median of at least so many, for at least so long, after two that
// don't count.
func median(call func()) time.Duration {
	call()
	call()
	var all []time.Duration
	for total := time.Duration(0); len(all) < leastRuns || total < leastTime; {
		begin := time.Now()
		call()
		took := time.Since(begin)
		all = append(all, took)
		total += took
	}
	slices.Sort(all)
	return all[len(all)/2]
}
