package backtest

import (
	"context"
	"fmt"
)

// Run takes methods through a plan and scores what they forecast. A method sees no more of the series than was known at
// the cut-off.
func Run(ctx context.Context, p *Plan, methods []Method) (*Result, error) {
	var names []string
	for _, m := range methods {
		names = append(names, m.Name)
	}
	t := newTally(p.IDs(), names, p.Scoring)
	fitted := make([]learned, len(methods))
	for w := range p.Windows {
		cases := p.Cases(w)
		for m, method := range methods {
			of, err := p.forecast(ctx, method, &fitted[m], w)
			if err == nil {
				err = t.add(m, cases, p.onScale(of))
			}
			if err != nil {
				return nil, fmt.Errorf("%s at cut-off %d of %d: %w", method.Name, w+1, p.Windows, err)
			}
		}
	}
	return t.result(), nil
}

// learned is a method that has been fitted.
type learned struct {
	Forecaster
	all [][]Forecast // from all cut-offs, if they were made at once
}

// forecast fits a method where that is due, and lets it forecast from a cut-off.
func (p *Plan) forecast(ctx context.Context, method Method, l *learned, window int) ([]Forecast, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if l.From == nil || p.Refit {
		f, err := method.Fit(ctx, p.Histories(window), p.Horizon)
		if err != nil {
			return nil, err
		}
		l.Forecaster = f
		if f.Rolling != nil && !p.Refit && p.Windows > 1 {
			if l.all, err = f.Rolling(ctx, p.set, p.cuts, p.Horizon); err != nil {
				return nil, err
			}
		}
	}
	if l.all != nil {
		return l.all[window], nil
	}
	return l.From(ctx, p.Histories(window), p.Horizon)
}
