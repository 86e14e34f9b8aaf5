package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/chart"
	"unroll/train"
)

// trainingFlags are the flags of train.
type trainingFlags struct {
	trainFlags
	out, log, plot string
	resume, watch  bool
	errors         bool
}

func trainVerb() *cobra.Command {
	f := &trainingFlags{}
	c := &cobra.Command{
		Use:   "train FILE",
		Short: "find the weights of a cell on data",
		Long: `train finds the weights that make the loss of a cell on data small, and writes them with the
cell into a model file, which forecast and backtest take. FILE is a cell's file, or the name of
one of the library. A file .txt is a text, for a cell that reads symbols, as input s in V.

Ctrl-C ends it after the step under way, with a model that can be used; however it ends, the same
call with --resume goes on, and comes to the same bits.`,
		Example: `  unroll train examples/air/air.cell --data examples/air/air.csv --scale log -o air.model
  unroll train examples/air/air.cell --data examples/air/air.csv --scale log --method lbfgs -o air.model`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.trains(c)
	add := c.Flags()
	add.StringVarP(&f.out, "output", "o", "", "the model `FILE`")
	add.BoolVar(&f.resume, "resume", false, "go on with what the model file holds")
	add.StringVar(&f.log, "log", "", "write a line of JSON for each epoch into `FILE`")
	add.StringVar(&f.plot, "plot", "", "draw the losses by epoch into `FILE`, .svg or .png; - is a sketch in\nthe terminal")
	add.BoolVar(&f.watch, "watch-gradients", false, "tell how long gradients are, by weight and by step, and which units\nare dead: before and after training")
	add.BoolVar(&f.errors, "errors", false, "print the weights with their standard errors, from the Hessian of the\nlikelihood")
	return c
}

func (f *trainingFlags) run(c *cobra.Command, path string) error {
	o, fit, err := f.fit()
	if err != nil {
		return err
	}
	if err := f.checkPlaces(path); err != nil {
		return err
	}
	cell, err := readCellOrName(c, path)
	if err != nil {
		return err
	}
	if fit.From, err = f.checkpoint(); err != nil {
		return err
	}
	alphabet := ""
	if fit.From != nil {
		alphabet = fit.From.Settings()[optionAlphabet]
	}
	table, err := f.observe(cell, o.Sizes, alphabet)
	if err != nil {
		return err
	}
	fit = f.enough(fit, len(table.Set.Series))
	if table.alphabet != "" {
		fit.Settings[optionAlphabet] = table.alphabet
	}
	fit.Calendar = calendarOf(table.Table)
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends it at once
	t := &training{f, c, cell, table, o, fit}
	return t.run(ctx)
}

// checkPlaces finds what is wrong with the files that are to be written.
func (f *trainingFlags) checkPlaces(path string) error {
	switch {
	case f.out == "":
		return usage("where is the model to go? Name a file, as in -o %s.model", strings.TrimSuffix(cellTitle(path), ".cell"))
	case f.watch && f.each:
		return usage("--watch-gradients looks at one training, and --each is one for each series; expected one of them")
	case f.plot != "" && f.each:
		return usage("--plot draws losses by epoch, and --each has none of all series; expected one of them")
	}
	if err := checkPlot(f.plot); err != nil {
		return err
	}
	return writableAll(f.out, f.log, f.plot)
}

// checkPlot finds a picture in a form that can't be drawn.
func checkPlot(name string) error {
	if name == "" || name == "-" {
		return nil
	}
	if err := chart.Check(name); err != nil {
		return usage("--plot %s: %v", name, err)
	}
	return nil
}

// training is a call of train, once all is read.
type training struct {
	*trainingFlags
	cmd   *cobra.Command
	cell  *unroll.Cell
	table *observations
	o     unroll.Options
	fit   unroll.FitOptions
}

// run trains, tells how it goes, and writes what comes of it.
func (t *training) run(ctx context.Context) error {
	if err := t.look(t.fit.From, "before training"); err != nil {
		return err
	}
	log, err := openLog(t.log, t.reached())
	if err != nil {
		return err
	}
	defer log.close()
	p := newProgress(t.cmd, &t.fit)
	var written error
	t.fit.Progress = func(member int, e train.Epoch) {
		p.epoch(member, e)
		written = errors.Join(written, log.epoch(member, e))
	}
	t.fit.Training.Step = p.step
	t.fit.Training.Every = stepsBetweenCheckpoints
	t.fit.Checkpoint = t.keeper(ctx)
	m, err := t.cell.Fit(ctx, t.table.Set, t.o, t.fit)
	p.end()
	if m == nil {
		if errors.Is(err, unroll.ErrResume) {
			return fmt.Errorf("--resume: %w; give the same as then, or train anew without --resume", err)
		}
		return err
	}
	if bad := errors.Join(written, m.WriteFile(t.out)); bad != nil {
		return errors.Join(err, bad)
	}
	if bad := t.draw(m); bad != nil {
		return errors.Join(err, bad)
	}
	if err != nil {
		return t.stopped(ctx, err)
	}
	if err := t.summary(m); err != nil {
		return err
	}
	if t.errors {
		if err := t.estimates(ctx, t.cmd.OutOrStdout(), t.table.Table, m); err != nil {
			return err
		}
	}
	return t.look(m.Model, "after training")
}

// stopped is the error of a training that didn't come to its end.
func (t *training) stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; %s holds what there is, and the same call with --resume goes on", t.out)
	}
	return fmt.Errorf("%w; %s holds the weights from before", err, t.out)
}

// How often training is written down: not more than every now and then, and so that it takes a part in twenty of
// the time at most.
const (
	betweenCheckpoints      = 100 * time.Millisecond
	timesTheWriting         = 20
	stepsBetweenCheckpoints = 50
)

// keeper writes what there is into the model's file, when it is time to, or the end.
func (t *training) keeper(ctx context.Context) func(*unroll.Model) error {
	next := time.Now().Add(betweenCheckpoints)
	return func(m *unroll.Model) error {
		begun := time.Now()
		if begun.Before(next) && ctx.Err() == nil {
			return nil
		}
		err := m.WriteFile(t.out)
		end := time.Now()
		next = end.Add(max(betweenCheckpoints, timesTheWriting*end.Sub(begun)))
		return err
	}
}

// summary says what came of it.
func (t *training) summary(m *unroll.Fitted) error {
	w := t.cmd.OutOrStdout()
	if err := sayShort(reporterOf(t.cmd), m.Short); err != nil {
		return err
	}
	if t.each {
		return t.eachSummary(w, m)
	}
	for k, epochs := range m.Epochs {
		if len(epochs) == 0 {
			continue
		}
		e := epochs[len(epochs)-1]
		for _, x := range epochs {
			if x.Best {
				e = x
			}
		}
		what := fmt.Sprintf("loss %s", brief4(e.Loss))
		if t.how.Holdout > 0 {
			what += fmt.Sprintf(", validation %s", brief4(e.Valid))
		}
		if _, err := fmt.Fprintf(w, "%s%s, epoch %d of %d; %s\n", memberName(k, len(m.Epochs)), what, e.N, len(epochs), m.Stopped[k]); err != nil {
			return err
		}
	}
	return t.madeOf(w, m)
}

// madeOf says what is in the model file.
func (t *training) madeOf(w io.Writer, m *unroll.Fitted) error {
	_, err := fmt.Fprintf(w, "%s: %s of %d series\n", t.out, m.Cell().File().Src.Name, len(m.Series()))
	return err
}

// eachSummary says how the fits of the series ended.
func (t *training) eachSummary(w io.Writer, m *unroll.Fitted) error {
	good, bad := 0, []string{}
	for _, s := range m.Each {
		if s.Converged {
			good++
			continue
		}
		bad = append(bad, fmt.Sprintf("%s: %s", s.ID, s.Stopped))
	}
	if len(m.Each) > 0 {
		if _, err := fmt.Fprintf(w, "%d of %d series fitted\n", good, len(m.Each)); err != nil {
			return err
		}
	}
	for _, line := range bad {
		if _, err := fmt.Fprintf(w, "  %s\n", line); err != nil {
			return err
		}
	}
	return t.madeOf(w, m)
}

func memberName(k, of int) string {
	if of < 2 {
		return ""
	}
	return fmt.Sprintf("seed %d of %d: ", k+1, of)
}

// sayShort warns of series that are left out.
func sayShort(r reporter, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if len(ids) == 1 {
		return r.say(ofWarning, "series %s is too short to train on, and is left out", ids[0])
	}
	return r.say(ofWarning, "%d series are too short to train on, and are left out: %s", len(ids), some(ids))
}
