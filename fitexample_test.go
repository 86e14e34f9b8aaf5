package unroll_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"unroll"
	"unroll/backtest"
	"unroll/train"
)

// growth is a series that grows by a tenth at each time, and a cell whose weight is to find that.
func growth() (*unroll.Cell, unroll.FitOptions) {
	cell, err := unroll.Parse("growth.cell", "input y\nweight a[] = 1\nyhat = a*y[t-1]\ny ~ squared(yhat)\n")
	if err != nil {
		panic(err)
	}
	return cell, unroll.FitOptions{Training: train.Options{Descent: train.Descent{Method: "lbfgs"}}}
}

// A weight is found, told epoch by epoch.
func ExampleCell_Fit() {
	cell, how := growth()
	epochs := 0
	how.Progress = func(int, train.Epoch) { epochs++ }
	m, err := cell.Fit(context.Background(), unroll.Numbers("y", 1000, 1100, 1210, 1331), unroll.Options{}, how)
	if err != nil {
		panic(err)
	}
	fmt.Printf("a = %.3f; %v; epochs told: %t\n", m.Weights(0)["a"][0].Float64(0), m.Stopped, epochs > 0)
	// Output: a = 1.100; [converged]; epochs told: true
}

// A context that is cancelled ends training after the step under way, with a model that can be used.
func ExampleCell_Fit_cancelled() {
	cell, how := growth()
	how.Training.Method = "adam"
	ctx, cancel := context.WithCancel(context.Background())
	how.Progress = func(_ int, e train.Epoch) {
		if e.N == 2 {
			cancel()
		}
	}
	m, err := cell.Fit(ctx, unroll.Numbers("y", 1000, 1100, 1210, 1331), unroll.Options{}, how)
	fmt.Println(err)
	fmt.Println(m.Stopped)
	// Output:
	// training stopped in epoch 3: context canceled
	// [interrupted]
}

// A model is written, read and forecasts.
func ExampleModel_Forecast() {
	cell, how := growth()
	data := unroll.Numbers("y", 1000, 1100, 1210, 1331)
	fitted, err := cell.Fit(context.Background(), data, unroll.Options{}, how)
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "growth.model")
	if err := fitted.WriteFile(path); err != nil {
		panic(err)
	}
	m, err := unroll.ReadModel(path)
	if err != nil {
		panic(err)
	}
	f, err := m.Forecast(context.Background(), data, unroll.ForecastOptions{Horizon: 2})
	if err != nil {
		panic(err)
	}
	for _, row := range f.Series[0].Point {
		fmt.Printf("%.0f\n", row[0])
	}
	// Output:
	// 1464
	// 1611
}

// A cell is tried on what came after a cut, beside a method that knows nothing.
func ExampleCell_Method() {
	cell, how := growth()
	data := unroll.Numbers("y", 1000, 1100, 1210, 1331, 1464, 1611)
	p, err := backtest.NewPlan(data, backtest.Options{Targets: []string{"y"}, Horizon: 2, Windows: 1})
	if err != nil {
		panic(err)
	}
	methods := append([]backtest.Method{cell.Method("growth", unroll.Options{}, how, unroll.ForecastOptions{})}, cell.Baselines(1)[0])
	r, err := backtest.Run(context.Background(), p, methods)
	if err != nil {
		panic(err)
	}
	for _, m := range r.Methods {
		fmt.Printf("%-6s %.2f\n", m.Method, m.Scores["sMAPE"])
	}
	// Output:
	// growth 0.02
	// Naive  14.28
}

// A model goes on step by step: each value that comes is held against its forecast.
func ExampleModel_Bind() {
	cell, how := growth()
	data := unroll.Numbers("y", 1000, 1100, 1210, 1331)
	m, err := cell.Fit(context.Background(), data, unroll.Options{}, how)
	if err != nil {
		panic(err)
	}
	run, err := m.Bind(data, 0)
	if err != nil {
		panic(err)
	}
	c, err := run.Compile(unroll.EngineOptions{Float64: true, Keep: []string{"yhat"}})
	if err != nil {
		panic(err)
	}
	s, err := c.Stream()
	if err != nil {
		panic(err)
	}
	for t, y := range []float64{2000, 2200, 2500} {
		if err := s.Step(y); err != nil {
			panic(err)
		}
		if t == 0 {
			continue // nothing came before
		}
		fmt.Printf("%.0f, where %.0f was expected\n", y, s.Value("yhat", 0)[0])
	}
	// Output:
	// 2200, where 2200 was expected
	// 2500, where 2420 was expected
}
