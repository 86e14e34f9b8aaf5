package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"unroll/backtest"
)

// score says the plan, takes the methods through it, and gives what came of it.
func (f *backtestFlags) score(c *cobra.Command, p *backtest.Plan, methods []backtest.Method, period int) error {
	text := f.format == "text"
	if text {
		season := "no season"
		if period > 1 {
			season = fmt.Sprintf("a season of %d times", period)
		}
		if _, err := fmt.Fprintf(c.OutOrStdout(), "%sMetrics are for %s.\n\n", p.Text(), season); err != nil {
			return err
		}
		if err := unwritten(c.OutOrStdout().(*held).flush()); err != nil { // the plan is read while the work is done
			return err
		}
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
	defer stop()
	end := working(reporterOf(c), "fitting and forecasting …")
	r, err := backtest.Run(ctx, p, methods)
	end()
	if ctx.Err() != nil {
		return errors.New("stopped before the end; there are no scores")
	}
	if err != nil {
		return err
	}
	all, err := f.table(r)
	if err != nil {
		return err
	}
	return writeTo(c.OutOrStdout(), f.out, all)
}

// table is the result in the form that is asked for.
func (f *backtestFlags) table(r *backtest.Result) ([]byte, error) {
	var b bytes.Buffer
	switch f.format {
	case "json":
		if !f.perSeries {
			r.PerSeries = nil
		}
		e := json.NewEncoder(&b)
		e.SetIndent("", "  ")
		err := e.Encode(r)
		return b.Bytes(), err
	case "csv":
		rows := r.Methods
		if f.perSeries {
			rows = r.PerSeries
		}
		err := csv.NewWriter(&b).WriteAll(r.Records(rows))
		return b.Bytes(), err
	}
	b.WriteString(r.Text())
	if f.perSeries {
		b.WriteString("\n" + r.SeriesText())
	}
	return b.Bytes(), nil
}
