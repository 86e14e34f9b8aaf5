package backtest

import (
	"context"
	"fmt"
	"math"
)

// Run takes methods through a plan and scores what they forecast. A method sees no more of the series than was known at
// the cut-off.
func Run(ctx context.Context, p *Plan, methods []Method) (*Result, error) {
	var names []string
	for _, m := range methods {
		names = append(names, m.Name)
	}
	t := newTally(p.IDs(), names, p.Scoring)
	err := p.walk(ctx, methods, func(m, _ int, cases []Case, of []Forecast) error { return t.add(m, cases, of) })
	if err != nil {
		return nil, err
	}
	return t.result(), nil
}

// Residuals are what came less what a method had forecast as its point: by series as Plan.IDs has them, window and step
// ahead. A NaN is one that isn't known.
func Residuals(ctx context.Context, p *Plan, method Method) ([][][]float64, error) {
	out := make([][][]float64, len(p.IDs()))
	err := p.walk(ctx, []Method{method}, func(_, _ int, cases []Case, of []Forecast) error {
		for i, c := range cases {
			out[i] = append(out[i], misses(c, of[i]))
		}
		return nil
	})
	return out, err
}

func misses(c Case, f Forecast) []float64 {
	point := f.point(f.law(f.bySteps()))
	out := make([]float64, len(c.Actual))
	for t, y := range c.Actual {
		out[t] = math.NaN()
		if t < len(point) {
			out[t] = y - point[t]
		}
	}
	return out
}

// walk goes from cut-off to cut-off, and there from method to method, and hands on what each forecasts.
func (p *Plan) walk(ctx context.Context, methods []Method, take func(m, window int, cases []Case, of []Forecast) error) error {
	fitted := make([]Forecaster, len(methods))
	for w := range p.Windows {
		cases := p.Cases(w)
		for m, method := range methods {
			of, err := p.forecast(ctx, method, &fitted[m], w)
			if err == nil {
				err = take(m, w, cases, of)
			}
			if err != nil {
				return fmt.Errorf("%s at cut-off %d of %d: %w", method.Name, w+1, p.Windows, err)
			}
		}
	}
	return nil
}

// forecast fits a method where that is due, and lets it forecast from a cut-off.
func (p *Plan) forecast(ctx context.Context, method Method, fitted *Forecaster, window int) ([]Forecast, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if *fitted == nil || p.Refit {
		f, err := method.Fit(ctx, p.Histories(window), p.Horizon)
		if err != nil {
			return nil, err
		}
		*fitted = f
	}
	return (*fitted)(ctx, p.Histories(window), p.Horizon)
}
