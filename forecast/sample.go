package forecast

import (
	"context"
	"fmt"
	"math/big"
	"runtime"
	"slices"
	"sync"

	"unroll/graph"
	"unroll/kernel"
	"unroll/plan"
	"unroll/series"
	"unroll/weights"
)

// Samples draws so many paths of each target in each series, of a graph that draws, and gives them to each,
// which may be called by several goroutines at once. The paths are each's until it returns. They are a function
// of the seed, and of nothing else.
func Samples(ctx context.Context, p Problem, seed uint64, paths int, each func(target, series int, paths []Path)) error {
	r, err := p.ready(ctx)
	if err != nil {
		return err
	}
	if paths < 1 || paths > mostDrawn/p.Horizon {
		return fmt.Errorf("%d paths; expected a number from 1 to %d for this horizon", paths, mostDrawn/p.Horizon)
	}
	if err := r.fromEnd(); err != nil {
		return err
	}
	s := sampling{r, seed, paths, each}
	if r.Float64 {
		return sample[float64](ctx, s)
	}
	return sample[float32](ctx, s)
}

type sampling struct {
	*ready
	seed  uint64
	paths int
	each  func(target, series int, paths []Path)
}

// draw are the random numbers of a path, in series that begin at times since.
func draw(seed uint64, path int, since map[string]int) plan.Draw {
	return func(spec graph.DrawSpec, seriesID string, t, entry int) (*big.Rat, float64) {
		t += since[seriesID]
		s := weights.NewStream(seed, uint64(path), seriesID, spec.ID)
		if spec.Kind == graph.Gauss {
			return nil, s.Gauss(t, entry)
		}
		// An odd multiple of 2^-24: a float32 holds it, and it is neither 0 nor 1.
		return nil, (float64(s.Bits(t, entry)>>41) + 0.5) * 0x1p-23
	}
}

// rowsAtOnce is about how many copies of series go on side by side.
const rowsAtOnce = 1024

// sample draws the paths of some series at a time: side by side from where the data end, or, where that
// can't be, one path after the other over all times.
func sample[T kernel.Real](ctx context.Context, s sampling) error {
	if s.whole() {
		return sampleWhole[T](ctx, s)
	}
	few := max(1, rowsAtOnce/s.paths)
	var groups [][2]int
	for lo := 0; lo < len(s.long.Data.Series); lo += few {
		groups = append(groups, [2]int{lo, min(lo+few, len(s.long.Data.Series))})
	}
	cores := s.Cores
	if cores == 0 {
		cores = runtime.GOMAXPROCS(0)
	}
	var wait sync.WaitGroup
	work := make(chan [2]int)
	errs := make([]error, min(cores, len(groups)))
	for i := range errs {
		wait.Go(func() {
			for g := range work {
				if errs[i] == nil {
					errs[i] = sampleBranches[T](ctx, s, g[0], g[1])
				}
			}
		})
	}
	for _, g := range groups {
		work <- g
	}
	close(work)
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// whole tells whether paths can't begin where the data end: the graph reads what comes later, or a value
// that is missing before was drawn as well.
func (s sampling) whole() bool {
	for _, t := range s.targets {
		if !plan.Branching(t.Node) {
			return true
		}
	}
	return slices.ContainsFunc(s.long.Data.Series, func(one series.Series) bool { return !s.complete(one, 0) })
}

// sampleWhole draws one path after the other, each with all times.
func sampleWhole[T kernel.Real](ctx context.Context, s sampling) error {
	s.long.Draw = draw(s.seed, 0, s.since)
	b, err := bind[T](s.ready)
	if err != nil {
		return err
	}
	all := make([][][]Path, len(s.targets))
	for i, t := range s.targets {
		for range s.long.Data.Series {
			all[i] = append(all[i], empty(s.paths, s.Horizon*t.Width))
		}
	}
	for k := range s.paths {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		s.long.Draw = draw(s.seed, k, s.since)
		if err := b.Redraw(s.long); err != nil {
			return err
		}
		b.Run()
		for i, t := range s.targets {
			for one := range all[i] {
				read(b, s.ready, t, one, all[i][one][k])
			}
		}
	}
	for i := range all {
		for one, paths := range all[i] {
			s.each(i, one, paths)
		}
	}
	return nil
}

func empty(paths, length int) []Path {
	out := make([]Path, paths)
	flat := make([]float64, paths*length)
	for i := range out {
		out[i] = flat[i*length : (i+1)*length]
	}
	return out
}
