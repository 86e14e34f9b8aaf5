package unroll_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unroll"
	"unroll/internal/randcell"
	"unroll/series"
)

// tester is what *testing.T and *rapid.T have.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Fatal(args ...any)
}

// streamed are the equations of a run that can be streamed, and why the others can't.
func streamed(t tester, run *unroll.Run, history bool) (names []string, why map[string]string) {
	t.Helper()
	why = map[string]string{}
	for _, n := range run.Graph().Names {
		c, err := run.Compile(unroll.EngineOptions{Forward: true, Keep: []string{n.Name}})
		if err != nil {
			t.Fatal(err)
		}
		if history {
			var e *unroll.Engine
			if e, err = c.Engine(); err == nil {
				_, err = e.Stream()
			}
		} else {
			_, err = c.Stream()
		}
		if err != nil {
			why[n.Name] = err.Error()
			continue
		}
		names = append(names, n.Name)
	}
	return names, why
}

// cut is a run's data up to a time, with what is known ahead.
func cut(run *unroll.Run, times int) series.Set {
	var out series.Set
	for _, s := range run.Data().Series {
		c := s
		c.Columns = maps.Clone(s.Columns)
		for _, in := range run.Graph().Inputs {
			if col := s.Columns[in.Name]; !in.Known && !in.PerSeries {
				c.Columns[in.Name] = col.Slice(0, min(times, col.Len()))
			}
		}
		out.Series = append(out.Series, c)
	}
	return out
}

// valuesAt are what a stream takes at a time of data.
func valuesAt(s *unroll.Stream, set series.Set, t int) []float64 {
	var all []float64
	for _, one := range set.Series {
		for _, name := range s.Inputs() {
			a := one.Columns[name].At(t)
			for i := range a.Len() {
				all = append(all, a.Float64(i))
			}
		}
	}
	return all
}

// holdStream steps a stream through the rest of a run's data, and holds every value to the engine's, bit for bit.
// It gives how many were compared.
func holdStream(t tester, what string, run *unroll.Run, s *unroll.Stream, e *unroll.Engine, names []string, from, to int) int {
	t.Helper()
	compared := 0
	e.Run()
	want := map[string][][]series.Array{}
	for _, name := range names {
		all, err := e.Values(name)
		if err != nil {
			t.Fatal(err)
		}
		want[name] = all
	}
	for at := from; at < to; at++ {
		values := valuesAt(s, run.Data(), at)
		if err := s.Step(values...); err != nil && strings.Contains(err.Error(), "missing") && slices.ContainsFunc(values, math.IsNaN) {
			return compared // which no step of the whole run reads, but a later one would
		} else if err != nil {
			t.Fatalf("%s at t = %d: %v", what, at, err)
		}
		for _, name := range names {
			for k := range run.Data().Series {
				got := s.Value(name, k)
				if at < run.Graph().T0 {
					continue
				}
				w := want[name][k][at-run.Graph().T0]
				for i, x := range got {
					compared++
					if y := w.Float64(i); math.Float64bits(x) != math.Float64bits(y) && !(math.IsNaN(x) && math.IsNaN(y)) {
						t.Fatalf("%s: %s at t = %d, series %d, entry %d: the stream has %v, the engine %v", what, name, at, k, i, x, y)
					}
				}
			}
		}
	}
	return compared
}

// setWeights gives an engine the run's weights, also those that start at something of the data.
func setWeights(t tester, e *unroll.Engine, run *unroll.Run) {
	t.Helper()
	for name, values := range run.Weights() {
		if err := e.SetWeight(name, values...); err != nil {
			t.Fatal(err)
		}
	}
}

// holdStreams holds a stream from the first step on, and one that begins in the middle, to the whole run.
func holdStreams(t tester, what string, run *unroll.Run, o unroll.EngineOptions) (compared int) {
	t.Helper()
	set := run.Data()
	times := math.MaxInt
	for _, s := range set.Series {
		for _, in := range run.Graph().Inputs {
			if !in.PerSeries {
				times = min(times, s.Len(in.Name))
			}
		}
	}
	if times == math.MaxInt || times <= run.Graph().T0 {
		return 0
	}
	names, _ := streamed(t, run, false)
	for _, history := range []bool{false, true} {
		more, why := streamed(t, run, history)
		if history && len(more) < len(names) {
			t.Errorf("%s: with a history only %v are streamed, without it %v", what, more, names)
		}
		for name, text := range why {
			if !strings.Contains(text, "one step at a time") && !strings.Contains(text, "before the first step") {
				t.Errorf("%s: %s isn't streamed: %s", what, name, text)
			}
		}
		if len(names) == 0 {
			continue
		}
		o.Keep, o.Forward = names, true
		c, err := run.Compile(o)
		if err != nil {
			t.Fatal(err)
		}
		e, err := c.Bind(cut(run, times))
		if err != nil {
			t.Fatal(err)
		}
		setWeights(t, e, run)
		from := 0
		s, err := c.Stream()
		if history {
			from = (run.Graph().T0 + times + 1) / 2
			var early *unroll.Engine
			if early, err = c.Bind(cut(run, from)); err == nil {
				setWeights(t, early, run)
				s, err = early.Stream()
			}
		}
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		compared += holdStream(t, what, run, s, e, names, from, times)
	}
	return compared
}

// TestStream: of every cell of the library in its example, in both kinds of numbers, what can be computed one step at a
// time is, bit for bit, what a whole run gives.
func TestStream(t *testing.T) {
	for name := range references(t) {
		run := readReference(t, checksDir+name+".json").bind(t, name, 20)
		for _, o := range []unroll.EngineOptions{{}, {Float64: true}} {
			if n := holdStreams(t, name, run, o); n == 0 && name != "bidirectional" {
				t.Errorf("%s: nothing was streamed", name)
			}
		}
	}
}

// TestStreamRandom does the same with random cells.
func TestStreamRandom(t *testing.T) {
	const enough = 40 // cells; they take long, as each equation is tried for itself
	compared, cells := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		if cells == enough {
			return
		}
		c := randcell.Draw(rt, randcell.Any)
		if c.Training {
			rt.Skip()
		}
		cell, err := unroll.Parse("random.cell", c.Text)
		if err != nil {
			rt.Fatal(err)
		}
		run, err := cell.Bind(c.Data, unroll.Options{Feed: c.Feed, Sizes: c.Sizes})
		if err != nil {
			rt.Skip(err)
		}
		for name, values := range c.Weights {
			if err := run.Set(name, values...); err != nil {
				rt.Fatal(err)
			}
		}
		n := holdStreams(rt, c.Text, run, unroll.EngineOptions{Float64: rapid.Bool().Draw(rt, "float64")})
		compared += n
		if n > 0 {
			cells++
		}
	})
	t.Logf("%d values of %d cells", compared, cells)
	if cells < enough/2 {
		t.Errorf("only %d cells were streamed", cells)
	}
}
