package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/signal"
	"strconv"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/data"
	"unroll/series"
)

// scoreFlags are the flags of score.
type scoreFlags struct {
	trainFlags
	folds int
	out   string
}

func scoreVerb() *cobra.Command {
	f := &scoreFlags{}
	c := &cobra.Command{
		Use:   "score MODEL",
		Short: "how well a model tells what is observed: its score, and the accuracy of classes",
		Long: `score holds what a model forecasts, at each step or of each series, against what the data have. It
prints the mean score of what stands on the left of the first ~, and of classes how many are right.
Given a cell in place of a model, --folds 5 leaves out a fifth of the series at a time, trains on the
others, and scores those left out.`,
		Example: `  unroll score air.model --data examples/air/air.csv
  unroll score air.model --data examples/air/air.csv --diagnostics short`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.trains(c)
	add := c.Flags()
	add.IntVar(&f.folds, "folds", 0, "of a cell: leave out each `N`-th of the series in turn, for which it is\nscored when it has been trained on the others")
	add.StringVarP(&f.out, "output", "o", "", "write the class of each series, and its probabilities, into `FILE`")
	return c
}

func (f *scoreFlags) run(c *cobra.Command, path string) error {
	if err := writableAll(f.out); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
	defer stop()
	scored, err := f.scored(ctx, c, path)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s: %s scored, mean score %s", scored.Input, plural(scored.Entries, "value"), brief4(scored.Mean))
	if scored.Classes {
		text += fmt.Sprintf(", %d right: accuracy %.4f", scored.Right, scored.Accuracy())
	}
	if _, err := fmt.Fprintln(c.OutOrStdout(), text); err != nil || f.out == "" {
		return err
	}
	if len(scored.Series) == 0 {
		return usage("--output: only classes of whole series are written, and %s isn't one", scored.Input)
	}
	var b bytes.Buffer
	if err := writeTable(f.out, &b, classColumns(scored)); err != nil {
		return err
	}
	return writeTo(c.OutOrStdout(), f.out, b.Bytes())
}

// scored scores a model, or a cell by folds.
func (f *scoreFlags) scored(ctx context.Context, c *cobra.Command, path string) (*unroll.Scored, error) {
	if isModel(path) {
		if f.folds > 0 {
			return nil, usage("--folds trains a cell, and %s is a model", path)
		}
		m, err := readModel(path)
		if err != nil {
			return nil, err
		}
		table, err := f.observe(m.Cell(), m.Options().Sizes, m.Settings()[optionAlphabet])
		if err != nil {
			return nil, err
		}
		return m.Score(ctx, table.Set)
	}
	if f.folds < 2 {
		return nil, usage("%s is a cell; train it first, or give --folds 5 to train it on a part of the series and score the others", path)
	}
	cell, err := readCellOrName(c, path)
	if err != nil {
		return nil, err
	}
	o, fit, err := f.fit()
	if err != nil {
		return nil, err
	}
	table, err := f.observe(cell, o.Sizes, "")
	if err != nil {
		return nil, err
	}
	return f.byFolds(ctx, cell, table.Set, o, f.enough(fit, len(table.Set.Series)))
}

// byFolds trains as often as there are folds, each time without the series that are then scored.
func (f *scoreFlags) byFolds(ctx context.Context, cell *unroll.Cell, set series.Set, o unroll.Options, fit unroll.FitOptions) (*unroll.Scored, error) {
	if len(set.Series) < f.folds {
		return nil, usage("--folds %d: there are %d series", f.folds, len(set.Series))
	}
	var all *unroll.Scored
	for k := range f.folds {
		var train, test series.Set
		for i, s := range set.Series {
			if i%f.folds == k {
				test.Series = append(test.Series, s)
			} else {
				train.Series = append(train.Series, s)
			}
		}
		m, err := cell.Fit(ctx, train, o, fit)
		if err != nil {
			return nil, err
		}
		one, err := m.Score(ctx, test)
		if err != nil {
			return nil, err
		}
		all = joined(all, one)
	}
	return all, nil
}

// joined is what two scores of different series come to.
func joined(a, b *unroll.Scored) *unroll.Scored {
	if a == nil {
		return b
	}
	n := a.Entries + b.Entries
	a.Mean = (a.Mean*float64(a.Entries) + b.Mean*float64(b.Entries)) / float64(n)
	a.Entries, a.Right = n, a.Right+b.Right
	a.Series = append(a.Series, b.Series...)
	return a
}

// classColumns are the classes of series, and how likely each is, as a table.
func classColumns(s *unroll.Scored) []data.Column {
	ids := data.Column{Name: "unique_id"}
	observed, class := data.Column{Name: s.Input + "-observed"}, data.Column{Name: s.Input}
	chances := make([]data.Column, len(s.Series[0].Probabilities))
	for i := range chances {
		chances[i].Name = s.Input + "=" + strconv.Itoa(i)
	}
	for _, one := range s.Series {
		ids.Words = append(ids.Words, one.ID)
		was := math.NaN()
		if one.Observed >= 0 {
			was = float64(one.Observed)
		}
		observed.Numbers = append(observed.Numbers, was)
		class.Numbers = append(class.Numbers, float64(one.Forecast))
		for i, p := range one.Probabilities {
			chances[i].Numbers = append(chances[i].Numbers, p)
		}
	}
	return append([]data.Column{ids, class, observed}, chances...)
}
