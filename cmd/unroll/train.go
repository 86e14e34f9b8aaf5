package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/data"
	"unroll/train"
)

// trainingFlags are the flags of train.
type trainingFlags struct {
	trainFlags
	out, log string
	resume   bool
}

func trainVerb() *cobra.Command {
	f := &trainingFlags{}
	c := &cobra.Command{
		Use:   "train FILE",
		Short: "find the weights of a cell on data",
		Long: `train finds the weights that make the loss of a cell on data small, and writes them with the
cell into a model file, which forecast and backtest take. FILE is a cell's file, or the name of
one of the library. Ctrl-C ends it after the step under way, with a model that can be used;
however it ends, the same call with --resume goes on, and comes to the same bits.`,
		Example: `  unroll train examples/air/air.cell --data examples/air/air.csv --scale log -o air.model
  unroll train examples/air/air.cell --data examples/air/air.csv --method lbfgs -o air.model`,
		Args: oneFile,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	f.trains(c)
	add := c.Flags()
	add.StringVarP(&f.out, "output", "o", "", "the model `FILE`")
	add.StringVar(&f.log, "log", "", "write a line of JSON for each epoch into `FILE`")
	add.BoolVar(&f.resume, "resume", false, "go on with what the model file holds")
	return c
}

func (f *trainingFlags) run(c *cobra.Command, path string) error {
	if f.out == "" {
		return usage("where is the model to go? Name a file, as in -o %s.model", strings.TrimSuffix(path, ".cell"))
	}
	o, fit, err := f.fit()
	if err != nil {
		return err
	}
	for _, p := range []string{f.out, f.log} {
		if err := writable(p); p != "" && err != nil {
			return err
		}
	}
	cell, err := readCellOrName(c, path)
	if err != nil {
		return err
	}
	table, err := f.numbers(cell, o.Sizes)
	if err != nil {
		return err
	}
	if fit.From, err = f.checkpoint(o); err != nil {
		return err
	}
	fit.Calendar = calendarOf(table)
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return f.train(ctx, c, cell, table, o, fit)
}

// train trains, tells how it goes, and writes what comes of it.
func (f *trainingFlags) train(ctx context.Context, c *cobra.Command, cell *unroll.Cell, table *data.Table, o unroll.Options, fit unroll.FitOptions) error {
	p := newProgress(c, fit.Seeds, fit.Training.Epochs)
	log, err := openLog(f.log, f.resume)
	if err != nil {
		return err
	}
	defer log.close()
	var written error
	fit.Progress = func(member int, e train.Epoch) {
		p.epoch(member, e)
		written = errors.Join(written, log.epoch(member, e))
	}
	fit.Training.Step = p.step
	last := time.Now()
	fit.Checkpoint = func(m *unroll.Model) error {
		if time.Since(last) < betweenCheckpoints && ctx.Err() == nil {
			return nil
		}
		last = time.Now()
		return m.WriteFile(f.out)
	}
	m, err := cell.Fit(ctx, table.Set, o, fit)
	p.end()
	if m == nil {
		return err
	}
	if bad := errors.Join(written, m.WriteFile(f.out)); bad != nil {
		return errors.Join(err, bad)
	}
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("stopped; %s holds what there is, and the same call with --resume goes on", f.out)
		}
		return fmt.Errorf("%w; %s holds the weights from before", err, f.out)
	}
	return f.summary(c, m)
}

// betweenCheckpoints is how long training goes on at least before it is written down again.
const betweenCheckpoints = 2 * time.Second

// summary says what came of it.
func (f *trainingFlags) summary(c *cobra.Command, m *unroll.Fitted) error {
	w := c.OutOrStdout()
	if err := sayShort(reporterOf(c), m.Short); err != nil {
		return err
	}
	if f.each {
		return f.eachSummary(w, m)
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
		if f.how.Holdout > 0 {
			what += fmt.Sprintf(", validation %s", brief4(e.Valid))
		}
		if _, err := fmt.Fprintf(w, "%s%s, epoch %d of %d; %s\n", memberName(k, len(m.Epochs)), what, e.N, len(epochs), m.Stopped[k]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%s: %s of %d series\n", f.out, cellName(m), len(m.Series()))
	return err
}

// eachSummary says how the fits of the series ended.
func (f *trainingFlags) eachSummary(w io.Writer, m *unroll.Fitted) error {
	good, bad := 0, []string{}
	for _, s := range m.Each {
		if s.Converged {
			good++
			continue
		}
		bad = append(bad, fmt.Sprintf("%s: %s", s.ID, s.Stopped))
	}
	if _, err := fmt.Fprintf(w, "%d of %d series fitted\n", good, len(m.Each)); err != nil {
		return err
	}
	for _, line := range bad {
		if _, err := fmt.Fprintf(w, "  %s\n", line); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%s: %s of %d series\n", f.out, cellName(m), len(m.Series()))
	return err
}

func cellName(m *unroll.Fitted) string { return m.Cell().File().Src.Name }

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
	return r.say(ofWarning, "%d series are too short to train on, and are left out: %s", len(ids), some(ids))
}

// checkpoint is the model from which a training goes on; nil if there is none, or it isn't to.
func (f *trainingFlags) checkpoint(o unroll.Options) (*unroll.Model, error) {
	if !f.resume {
		return nil, nil
	}
	m, err := unroll.ReadModel(f.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, reporterOf(f.cmd).say(ofNote, "there is no %s yet; training begins", f.out)
	}
	if err != nil {
		return nil, err
	}
	was, now := m.Settings(), f.settings()
	for _, name := range learned {
		if was[name] != now[name] {
			return nil, usage("--resume: %s was trained with %s, and this call has %s; give the same flags, or train anew without --resume",
				f.out, flagText(name, was[name]), flagText(name, now[name]))
		}
	}
	return m, nil
}

func flagText(name, value string) string {
	if value == "" {
		return "no --" + name
	}
	return "--" + name + " " + value
}
